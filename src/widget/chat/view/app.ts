import type { FunctionComponent } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatStore } from '../chat-store.ts';
import { Composer } from './composer.ts';
import { Header } from './header.ts';
import { html } from './html.ts';
import { downIcon } from './icons.ts';
import { holdTab, writesCharacter } from './keys.ts';
import { Log } from './log.ts';
import { Notice, Writing } from './notice.ts';
import { usePanel } from './use-panel.ts';
import { useScroll } from './use-scroll.ts';
import { words } from './words.ts';

export interface AppProps {
  readonly store: ChatStore;
  readonly open: boolean;
  /** Changes each time somebody asks for the focus; 0 when nobody has. */
  readonly focusWish: number;
  readonly close: () => void;
}

/** With a finger, focus in the input would raise the keyboard over the greeting. */
const hasMouse = (): boolean => matchMedia('(hover: hover) and (pointer: fine)').matches;

/** The conversation, whole. */
export const App: FunctionComponent<AppProps> = ({ store, open, focusWish, close }) => {
  const [state, setState] = useState(store.state);
  const panel = useRef<HTMLElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const full = usePanel(panel, open, close);
  const scrolling = useScroll(state, open);

  useLayoutEffect(() => {
    store.listen(() => setState(store.state));
    setState(store.state);
  }, [store]);
  useEffect(() => {
    if (focusWish > 0 && open) (hasMouse() ? input : panel).current?.focus();
  }, [focusWish, open]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || !panel.current) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab' && full) holdTab(event, panel.current);
    else if (writesCharacter(event) && event.target !== input.current) input.current?.focus();
  };
  const startAgain = (): void => {
    scrolling.log.current?.focus();
    store.startNew(true);
  };
  const { status, items, typing, textSize, draft } = state;
  return html`<section
    class=${`panel size-${textSize}`}
    role="dialog"
    aria-modal=${full ? 'true' : undefined}
    aria-labelledby="declic-title"
    tabindex="-1"
    hidden=${!open}
    ref=${panel}
    onKeyDown=${onKeyDown}
  >
    <${Header} store=${store} textSize=${textSize} close=${close} />
    <div class="middle">
      <${Log} store=${store} state=${state} scrolling=${scrolling} />
      ${
        scrolling.below &&
        html`<button
          type="button"
          class="icon-button down"
          aria-label=${words.panel.latest}
          onClick=${scrolling.goDown}
        >
          ${downIcon}
        </button>`
      }
    </div>
    <${Writing} on=${typing || (status === 'connecting' && items.length === 0)} />
    <${Notice} state=${state} retry=${() => store.retryNow()} startAgain=${startAgain} />
    <${Composer}
      input=${input}
      draft=${draft}
      textSize=${textSize}
      open=${open}
      write=${(text: string) => store.setDraft(text)}
      send=${(text: string) => store.say(text)}
    />
  </section>`;
};
