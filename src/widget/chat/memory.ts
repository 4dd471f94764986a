import { randomId } from './random-id.ts';

/** What is needed to go on with a conversation after the page was closed. */
export interface Session {
  readonly conversationId: string;
  readonly token: string;
  /** Position in the conversation's stream; empty before anything came. */
  readonly watermark: string;
}

/** A message of the person that the server has not confirmed. */
export interface Unsent {
  readonly clientId: string;
  readonly text: string;
  /** What a pressed button carried. */
  readonly value?: unknown;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The server said no: sent again only when the person asks. */
  readonly refused?: boolean;
}

const PREFIX = 'declic.';
const MAX_UNSENT = 50;

const isObject = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null;

const isUnsent = (raw: unknown): raw is Unsent =>
  isObject(raw) &&
  typeof raw.clientId === 'string' &&
  typeof raw.text === 'string' &&
  typeof raw.at === 'number';

/**
 * The little that stays on the device: a random user id, the way back into the conversation, what
 * is not sent yet. Never what was said: phones are shared. Works in memory alone when the browser
 * keeps nothing (private mode, blocked storage, full disk).
 */
export class Memory {
  readonly #fallback = new Map<string, string>();

  userId(): string {
    const known = this.#read('user');
    if (typeof known === 'string' && /^dl_[\w-]{8,64}$/.test(known)) return known;
    const made = `dl_${randomId()}`;
    this.#write('user', made);
    return made;
  }

  session(): Session | undefined {
    const raw = this.#read('session');
    if (!isObject(raw)) return undefined;
    const { conversationId, token, watermark } = raw;
    if (typeof conversationId !== 'string' || typeof token !== 'string') return undefined;
    return { conversationId, token, watermark: typeof watermark === 'string' ? watermark : '' };
  }

  saveSession(session: Session | undefined): void {
    this.#write('session', session);
  }

  unsent(): readonly Unsent[] {
    const raw = this.#read('unsent');
    return Array.isArray(raw) ? raw.filter(isUnsent) : [];
  }

  /** Adds or replaces one message. Read and written at once: two tabs may share the list. */
  keepUnsent(message: Unsent): void {
    const others = this.unsent().filter((kept) => kept.clientId !== message.clientId);
    this.#write('unsent', [...others, message].slice(-MAX_UNSENT));
  }

  dropUnsent(clientId: string): void {
    const left = this.unsent().filter((kept) => kept.clientId !== clientId);
    this.#write('unsent', left.length > 0 ? left : undefined);
  }

  draft(): string {
    const raw = this.#read('draft');
    return typeof raw === 'string' ? raw : '';
  }

  saveDraft(text: string): void {
    this.#write('draft', text || undefined);
  }

  /** 0 is the page's own size. */
  textSize(): number {
    const raw = this.#read('size');
    return raw === 1 || raw === 2 ? raw : 0;
  }

  saveTextSize(size: number): void {
    this.#write('size', size || undefined);
  }

  /** Forgets everything on this device. */
  forget(): void {
    for (const name of ['user', 'session', 'unsent', 'draft', 'size']) this.#write(name, undefined);
    try {
      sessionStorage.removeItem(`${PREFIX}open`);
    } catch {
      // Blocked: then it holds nothing either.
    }
  }

  #read(name: string): unknown {
    let text = this.#fallback.get(name);
    try {
      text = localStorage.getItem(PREFIX + name) ?? text;
    } catch {
      // Blocked: what this page kept is all there is.
    }
    try {
      return text === undefined ? undefined : JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  #write(name: string, value: unknown): void {
    this.#fallback.delete(name);
    const text = value === undefined ? undefined : JSON.stringify(value);
    try {
      if (text === undefined) localStorage.removeItem(PREFIX + name);
      else localStorage.setItem(PREFIX + name, text);
    } catch {
      if (text !== undefined) this.#fallback.set(name, text);
    }
  }
}
