import type { LauncherWords } from '../widget-words.ts';
import { countWords } from '../widget-words.ts';

const SVG = 'http://www.w3.org/2000/svg';

const icon = (): SVGElement => {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 32 32');
  svg.setAttribute('aria-hidden', 'true');
  for (const [name, d] of [
    [
      'outline',
      'M7 9h13a4 4 0 0 1 4 4v7a4 4 0 0 1-4 4h-6l-5 4v-4H7a4 4 0 0 1-4-4v-7a4 4 0 0 1 4-4z',
    ],
    ['spark', 'M24.5 2.5v4M29.8 5.2l-2.6 2.8M30.5 11.5h-3.6'],
  ] as const) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', name);
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
};

const element = (tag: string, className: string): HTMLElement => {
  const made = document.createElement(tag);
  made.className = className;
  return made;
};

/** The one button that is drawn before anybody asks for anything. */
export class LauncherButton {
  readonly element = document.createElement('button');
  /** Says in words when loading takes a while or fails. */
  readonly note = element('div', 'note');
  readonly #label = element('span', 'label');
  readonly #badge = element('span', 'badge');
  readonly #words: LauncherWords;
  readonly #locale: string;

  constructor(words: LauncherWords, locale: string) {
    this.#words = words;
    this.#locale = locale;
    this.element.className = 'launcher';
    this.element.type = 'button';
    this.element.setAttribute('aria-haspopup', 'dialog');
    this.#badge.hidden = true;
    this.note.setAttribute('role', 'status');
    this.element.append(icon(), this.#label, this.#badge);
    this.show('closed');
  }

  /** `failed` keeps the button, to try again. */
  show(state: 'closed' | 'loading' | 'open' | 'failed'): void {
    this.element.hidden = state === 'open';
    this.element.setAttribute('aria-expanded', String(state === 'open'));
    this.element.classList.toggle('busy', state === 'loading');
    this.#label.textContent =
      state === 'failed'
        ? this.#words.retry
        : state === 'loading'
          ? this.#words.loading
          : this.#words.label;
    this.note.textContent = state === 'failed' ? this.#words.failed : '';
  }

  unread(count: number): void {
    this.#badge.hidden = count === 0;
    this.#badge.replaceChildren();
    if (count === 0) return;
    const words = this.#words;
    const said = countWords(this.#locale, count, words.unread_one, words.unread_other);
    const shown = element('span', 'count');
    shown.setAttribute('aria-hidden', 'true');
    shown.textContent = String(Math.min(count, 99));
    const spoken = element('span', 'unseen');
    spoken.textContent = `, ${said}`;
    this.#badge.replaceChildren(shown, spoken);
  }
}
