import type { ComponentChildren, FunctionComponent } from 'preact';
import { useRef } from 'preact/hooks';
import type { ChoiceUse } from '../choice-use.ts';
import type { Choice } from '../wire.ts';
import { html } from './html.ts';
import { checkIcon, outIcon } from './icons.ts';
import { outLink } from './rich-text.ts';
import { words } from './words.ts';

type Sayable = Choice & { readonly does: 'say' };

/**
 * The pressed button stays where the focus is: a screen reader is not interrupted, no keyboard
 * jumps up on a phone, and the next Tab leads to the next choices or to the input. What became of
 * it is in an attribute: a text added to the log would be read out.
 */
const usedButton = (choice: Sayable, chosen: boolean): ComponentChildren => html`
  <button
    type="button"
    class=${chosen ? 'choice chosen' : 'choice'}
    aria-disabled="true"
    disabled=${!chosen}
    tabindex="-1"
    aria-label=${`${choice.title}, ${chosen ? words.message.chosen : words.message.notAvailable}`}
  >
    ${chosen && checkIcon}<span>${choice.title}</span>
  </button>
`;

export interface ChoicesProps {
  readonly choices: readonly Choice[];
  readonly dir: string;
  readonly use: ChoiceUse;
  readonly choose: (choice: Sayable) => void;
}

/** The answers offered under a message; each set can be used once. */
export const Choices: FunctionComponent<ChoicesProps> = ({ choices, dir, use, choose }) => {
  const used = useRef(false);
  const press = (choice: Sayable) => () => {
    // Two quick taps come before the redraw that takes the buttons away.
    if (used.current) return;
    used.current = true;
    choose(choice);
  };
  const open = use.open && !used.current;
  const button = (choice: Choice, index: number): ComponentChildren => {
    if (choice.does === 'open') {
      return outLink(choice.url, html`<span>${choice.title}</span>${outIcon}`, 'choice out');
    }
    if (!open) return usedButton(choice, index === use.chosen);
    return html`<button type="button" class="choice" onClick=${press(choice)}>
      <span>${choice.title}</span>
    </button>`;
  };
  return html`<div
    class=${open ? 'choices' : 'choices used'}
    role="group"
    dir=${dir}
    aria-label=${open ? words.message.choices : words.message.choicesUsed}
  >
    ${choices.map(button)}
  </div>`;
};
