import { adoptStyles } from '../adopt-styles.ts';
import type { Chat, ChatHost, DeclicApi, MountChat } from '../contract.ts';
import { EVENTS } from '../contract.ts';
import { pickLocale } from '../pick-locale.ts';
import { LauncherButton } from './button.ts';
import { loadChat } from './load-chat.ts';

/** Kept only while the tab lives, and only once the person has opened the conversation. */
const OPEN_KEY = 'declic.open';
/** Under this width the conversation covers the page, so it never comes back by itself. */
const WIDE_ENOUGH = 700;

interface OpenOptions {
  readonly text?: string | undefined;
  readonly focus?: boolean;
}

const remember = (open: boolean): void => {
  try {
    if (open) sessionStorage.setItem(OPEN_KEY, '1');
    else sessionStorage.removeItem(OPEN_KEY);
  } catch {
    // Private mode: nothing is remembered, nothing breaks.
  }
};

const wasOpen = (): boolean => {
  try {
    return sessionStorage.getItem(OPEN_KEY) === '1' && innerWidth >= WIDE_ENOUGH;
  } catch {
    return false;
  }
};

const tell = (name: string, detail?: object): void => {
  document.dispatchEvent(new CustomEvent(name, { detail }));
};

/** Draws the button, and loads the rest the first time somebody wants it. */
class Launcher implements DeclicApi {
  isOpen = false;
  readonly #base: string;
  readonly #locale: string;
  readonly #button: LauncherButton;
  readonly #root: ShadowRoot;
  readonly #place = document.createElement('div');
  #chat: Chat | undefined;
  #wanted: OpenOptions | undefined;
  #opener: HTMLElement | undefined;

  constructor(base: string, data: DOMStringMap) {
    this.#base = base;
    const wishes = [data.locale, document.documentElement.lang];
    this.#locale = pickLocale(wishes, Object.keys(DECLIC_CHAT_FILES));
    const words = DECLIC_LAUNCHER_WORDS[this.#locale] as (typeof DECLIC_LAUNCHER_WORDS)[string];
    this.#button = new LauncherButton(words, this.#locale);
    const host = document.createElement('declic-widget');
    const widget = document.createElement('div');
    host.lang = this.#locale;
    widget.className = data.position === 'start' ? 'widget start' : 'widget';
    widget.dir = words.direction;
    this.#root = host.attachShadow({ mode: 'open' });
    adoptStyles(this.#root, DECLIC_LAUNCHER_CSS, `${base}/declic/${DECLIC_LAUNCHER_CSS_FILE}`);
    widget.append(this.#button.note, this.#button.element, this.#place);
    this.#root.append(widget);
    this.#button.element.addEventListener('click', () => this.open());
    document.body.append(host);
  }

  open(options: OpenOptions = {}): void {
    if (!this.isOpen) this.#opener = document.activeElement as HTMLElement;
    this.#wanted = options;
    if (this.#chat) this.#show(this.#chat);
    else this.#load();
  }

  close(): void {
    this.#wanted = undefined;
    if (!this.isOpen) return;
    const hadFocus = this.#root.activeElement !== null;
    this.isOpen = false;
    remember(false);
    this.#chat?.close();
    this.#button.show('closed');
    if (hadFocus) this.#giveFocusBack();
    tell(EVENTS.close);
  }

  #load(): void {
    if (this.#button.element.classList.contains('busy')) return;
    this.#button.show('loading');
    const mounted = (mount: MountChat): void => {
      this.#chat ??= mount(this.#host());
      if (this.#wanted) this.#show(this.#chat);
      else this.#button.show('closed');
    };
    loadChat(this.#chatUrl()).then(mounted, () => this.#button.show('failed'));
  }

  #chatUrl(): string {
    return `${this.#base}/declic/${DECLIC_CHAT_FILES[this.#locale]}`;
  }

  #host(): ChatHost {
    return {
      root: this.#root,
      place: this.#place,
      base: this.#base,
      close: () => this.close(),
      unread: (count) => {
        this.#button.unread(count);
        if (count > 0) tell(EVENTS.unread, { count });
      },
    };
  }

  #show(chat: Chat): void {
    const { focus = true, text } = this.#wanted ?? {};
    const already = this.isOpen;
    this.isOpen = true;
    remember(true);
    this.#button.show('open');
    chat.open({ focus, text });
    if (!already) tell(EVENTS.open);
  }

  #giveFocusBack(): void {
    const opener = this.#opener;
    const usable = opener?.isConnected && opener !== document.body && opener !== this.#root.host;
    (usable && opener ? opener : this.#button.element).focus();
  }
}

const opensChat = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-declic-open]') : null;

const start = (script: HTMLScriptElement | null): void => {
  // Not merely "there is one": an element of the page with this id is a property of window too.
  if (typeof window.declic?.open === 'function') return;
  const data = script?.dataset ?? {};
  const base = new URL('.', script?.src || location.href).href.replace(/\/$/, '');
  const launcher = new Launcher(base, data);
  window.declic = launcher;
  document.addEventListener('click', (event) => {
    const opener = opensChat(event);
    if (!opener) return;
    event.preventDefault();
    launcher.open({ text: opener.dataset.declicText });
  });
  tell(EVENTS.ready);
  if (location.hash === '#declic') launcher.open();
  else if (data.open === 'true' || wasOpen()) launcher.open({ focus: false });
};

// An async script may run before there is a body, and `currentScript` is gone later.
const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[src$="/declic.js"]');
if (document.body) start(script);
else document.addEventListener('DOMContentLoaded', () => start(script));
