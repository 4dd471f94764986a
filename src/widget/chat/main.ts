import { render } from 'preact';
import { adoptStyles } from '../adopt-styles.ts';
import type { MountChat } from '../contract.ts';
import { ChatStore } from './chat-store.ts';
import { App } from './view/app.ts';
import { html } from './view/html.ts';

/** Puts the chat into the launcher's shadow root. Runs once, when somebody first opens it. */
const mount: MountChat = ({ root, place, base, close, unread }) => {
  const store = new ChatStore(base, DECLIC_LOCALE);
  let open = false;
  let focusWish = 0;
  adoptStyles(root, DECLIC_CHAT_CSS, `${base}/declic/${DECLIC_CHAT_CSS_FILE}`);
  store.start();
  const draw = (): void => {
    render(html`<${App} ...${{ store, open, focusWish, close }} />`, place);
  };
  store.countUnread(unread);
  return {
    open({ focus, text }) {
      open = true;
      if (focus) focusWish += 1;
      if (text) store.setDraft(text);
      store.seen(true);
      draw();
    },
    close() {
      open = false;
      store.seen(false);
      draw();
    },
  };
};

window.declicChat?.(mount);
