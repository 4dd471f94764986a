import type { ComponentChildren, FunctionComponent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatStore } from '../chat-store.ts';
import { html } from './html.ts';
import { closeIcon, mark, moreIcon } from './icons.ts';
import { words } from './words.ts';

export interface HeaderProps {
  readonly store: ChatStore;
  readonly textSize: number;
  readonly close: () => void;
}

/** Name, menu, and the way out. */
export const Header: FunctionComponent<HeaderProps> = ({ store, textSize, close }) => {
  const [open, setOpen] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  const leave = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: Event): void => {
      if (area.current && !event.composedPath().includes(area.current)) setOpen(false);
    };
    const events = ['pointerdown', 'focusin'] as const;
    const root = area.current?.getRootNode();
    for (const name of events) root?.addEventListener(name, outside);
    return () => {
      for (const name of events) root?.removeEventListener(name, outside);
    };
  }, [open]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  };
  const entry = (label: string, act: () => void): ComponentChildren =>
    html`<button type="button" class="entry" onClick=${act}>${label}</button>`;
  const then = (act: () => void) => () => {
    leave();
    act();
  };
  const { menu } = words;
  return html`<div class="header">
    ${mark}
    <div class="names">
      <h2 id="declic-title">${words.panel.title}</h2>
      <p>${words.panel.subtitle}</p>
    </div>
    <div class="more" ref=${area} onKeyDown=${onKeyDown}>
      <button
        type="button"
        class="icon-button"
        ref=${button}
        aria-label=${words.panel.menu}
        aria-expanded=${open ? 'true' : 'false'}
        aria-controls="declic-menu"
        onClick=${() => setOpen(!open)}
      >
        ${moreIcon}
      </button>
      <div class="menu" id="declic-menu" hidden=${!open}>
        ${entry(textSize < 2 ? menu.textSize : menu.textSizeReset, () => store.nextTextSize())}
        ${entry(
          menu.newConversation,
          then(() => store.startNew(false)),
        )}
        ${entry(
          menu.erase,
          then(() => store.erase(menu.eraseMessage)),
        )}
        ${entry(menu.close, then(close))}
      </div>
    </div>
    <button type="button" class="icon-button" aria-label=${words.panel.close} onClick=${close}>
      ${closeIcon}
    </button>
  </div>`;
};
