/** How long a socket may take to open before it counts as impossible here (blocking proxies hang). */
const OPEN_MS = 8_000;
/** Empty frames keep middle boxes from forgetting the line. */
const SIGN_OF_LIFE_MS = 30_000;
/** A server that sends empty frames sends one at least this often. */
const SILENCE_MS = 90_000;

export interface StreamHandlers {
  opened(): void;
  /** A frame with something in it, already parsed; undefined when it was not JSON. */
  frame(body: unknown): void;
}

const parse = (data: unknown): unknown => {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
};

/** One socket, from its opening to its end. */
export class Stream {
  /** Resolves once it is over: `true` if it had opened at all. */
  readonly over: Promise<boolean>;
  readonly #handlers: StreamHandlers;
  #socket: WebSocket | undefined;
  #finish: (() => void) | undefined;
  #opened = false;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, handlers: StreamHandlers) {
    this.#handlers = handlers;
    this.over = new Promise((resolve) => {
      const tooLong = setTimeout(() => this.end(), OPEN_MS);
      const life = setInterval(() => this.#signOfLife(), SIGN_OF_LIFE_MS);
      this.#finish = () => {
        clearTimeout(tooLong);
        clearInterval(life);
        clearTimeout(this.#silence);
        resolve(this.#opened);
      };
      try {
        this.#listen(new WebSocket(url), tooLong);
      } catch {
        this.end();
      }
    });
  }

  /** Ends it now, without waiting for the other side, which may be gone. */
  end(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    this.#finish?.();
  }

  #listen(socket: WebSocket, tooLong: ReturnType<typeof setTimeout>): void {
    this.#socket = socket;
    socket.onopen = () => {
      clearTimeout(tooLong);
      this.#opened = true;
      this.#handlers.opened();
    };
    socket.onmessage = ({ data }) => {
      this.#watchSilence(data === '');
      if (data) this.#handlers.frame(parse(data));
    };
    socket.onclose = () => this.end();
  }

  /** Only a server that has shown an empty frame can be expected to send another. */
  #watchSilence(empty: boolean): void {
    if (!empty && !this.#silence) return;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.end(), SILENCE_MS);
  }

  #signOfLife(): void {
    if (this.#opened && !document.hidden) this.#socket?.send('');
  }
}
