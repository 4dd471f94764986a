/** What a page may do with the widget: `window.declic?.open()`. */
export interface DeclicApi {
  /** Opens the conversation; `text` is put in the input, never sent by itself. */
  open(options?: { readonly text?: string }): void;
  close(): void;
  readonly isOpen: boolean;
}

/** Events on `document`, for the page: they carry nothing of what is said. */
export const EVENTS = {
  ready: 'declic:ready',
  open: 'declic:open',
  close: 'declic:close',
  /** A message came while the conversation was closed; `detail.count` are still unread. */
  unread: 'declic:unread',
} as const;

/** What the launcher gives to the chat it has loaded. */
export interface ChatHost {
  readonly root: ShadowRoot;
  /** Where in it the chat is to be drawn. */
  readonly place: HTMLElement;
  /** Where the widget was served from, without a slash at the end. */
  readonly base: string;
  /** The person asks to close it (button, Escape, menu). */
  close(): void;
  /** How many messages came since it was closed. */
  unread(count: number): void;
}

/** What the chat gives back. */
export interface Chat {
  /** Shows the conversation. `focus` false leaves the focus where it is. */
  open(options: { readonly focus: boolean; readonly text?: string | undefined }): void;
  close(): void;
}

/** The chat's script calls `window.declicChat(mount)` once it has run. */
export type MountChat = (host: ChatHost) => Chat;

declare global {
  interface Window {
    declic?: DeclicApi;
    declicChat?: (mount: MountChat) => void;
  }
}
