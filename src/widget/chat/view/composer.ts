import type { FunctionComponent, RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { countWords } from '../../widget-words.ts';
import { html } from './html.ts';
import { sendIcon } from './icons.ts';
import { locale, words } from './words.ts';

/** Characters that fit into one message. */
export const MAX_LENGTH = 1_500;
/** From here on the person is told how many are left. */
const TELL_LEFT = 100;

const grow = (area: HTMLTextAreaElement): void => {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
};

export interface ComposerProps {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly draft: string;
  readonly textSize: number;
  readonly open: boolean;
  readonly write: (draft: string) => void;
  readonly send: (text: string) => void;
}

/** Where the person writes. Enter sends, Shift and Enter begins a new line. */
export const Composer: FunctionComponent<ComposerProps> = (props) => {
  const { input, draft, write, send, textSize, open } = props;
  const [composing, setComposing] = useState(false);
  const left = MAX_LENGTH - draft.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is written and how large changes its height
  useLayoutEffect(() => {
    if (input.current && open) grow(input.current);
  }, [draft, textSize, open]);

  const submit = (event: Event): void => {
    event.preventDefault();
    const text = draft.trim();
    if (text) send(text);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // While an accent or a character is being composed, Enter belongs to the keyboard.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !composing) submit(event);
  };
  return html`<form class="composer" onSubmit=${submit}>
    <label class="unseen" for="declic-text">${words.composer.label}</label>
    <textarea
      id="declic-text"
      rows="1"
      dir="auto"
      autocomplete="off"
      enterkeyhint="send"
      maxlength=${MAX_LENGTH}
      placeholder=${words.composer.placeholder}
      aria-describedby=${left <= TELL_LEFT ? 'declic-left' : undefined}
      ref=${input}
      value=${draft}
      onInput=${(event: InputEvent) => write((event.currentTarget as HTMLTextAreaElement).value)}
      onKeyDown=${onKeyDown}
      onCompositionStart=${() => setComposing(true)}
      onCompositionEnd=${() => setComposing(false)}
    />
    <button type="submit" class="send" aria-label=${words.composer.send}>${sendIcon}</button>
    ${
      left <= TELL_LEFT &&
      html`<p class="left" id="declic-left">
        ${countWords(locale, left, words.composer.left_one, words.composer.left_other)}
      </p>`
    }
  </form>`;
};
