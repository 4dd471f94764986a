import { createRequire } from 'node:module';
import type { Activity, DirectLine as DirectLineClient } from 'botframework-directlinejs';
import WebSocket from 'ws';

const require = createRequire(import.meta.url);
const ANSWER_WITHIN_MS = 60_000;

/** The client takes both from the page it believes it is in. */
Object.assign(globalThis, { WebSocket, XMLHttpRequest: require('xhr2') });
const { DirectLine } = require('botframework-directlinejs') as {
  DirectLine: typeof DirectLineClient;
};

interface Shown {
  readonly text?: string;
  readonly suggestedActions?: { readonly actions: readonly ShownButton[] };
  readonly attachments?: readonly {
    readonly contentType: string;
    readonly contentUrl?: string;
    readonly name?: string;
  }[];
}
interface ShownButton {
  readonly title: string;
  readonly text?: string;
  readonly value?: unknown;
}

/** Somebody who talks to a service through the real Direct Line client. */
export class DirectLinePerson {
  readonly client: DirectLineClient;
  /** Every activity of the bot, in the order it came, without doubles. */
  readonly received: (Activity & Shown)[] = [];
  readonly #userId: string;
  #read = 0;

  constructor(serviceUrl: string, token: string, options: { readonly webSocket: boolean }) {
    this.#userId = claimedUser(token);
    this.client = new DirectLine({
      token,
      domain: `${serviceUrl}/v3/directline`,
      webSocket: options.webSocket,
      pollingInterval: 200,
    });
    this.client.activity$.subscribe({
      next: (activity) => {
        const known = this.received.some(({ id }) => id === activity.id);
        if (!known && activity.from.id !== this.#userId)
          this.received.push(activity as Activity & Shown);
      },
      error: () => {},
    });
  }

  static async open(
    serviceUrl: string,
    options: { readonly webSocket: boolean },
  ): Promise<DirectLinePerson> {
    const response = await fetch(`${serviceUrl}/v3/directline/tokens/generate`, {
      method: 'POST',
      headers: { origin: serviceUrl, 'content-type': 'application/json' },
      body: JSON.stringify({ locale: 'fr-FR' }),
    });
    const { token } = (await response.json()) as { token: string };
    return new DirectLinePerson(serviceUrl, token, options);
  }

  says(text: string): Promise<readonly Shown[]> {
    return this.#send({ text });
  }

  /** Presses a button of what was last shown. */
  presses(title: string): Promise<readonly Shown[]> {
    const buttons = this.received.flatMap((it) => it.suggestedActions?.actions ?? []);
    const button = buttons.findLast((one) => plain(one.title) === title);
    if (button === undefined) {
      throw new Error(`No button « ${title} » but ${buttons.map((it) => it.title).join(', ')}.`);
    }
    return this.#send({ text: button.text ?? button.title, value: button.value });
  }

  /** The buttons last shown. */
  offered(): readonly string[] {
    const last = this.received.findLast((it) => it.suggestedActions !== undefined);
    return (last?.suggestedActions?.actions ?? []).map(({ title }) => plain(title));
  }

  /** The bot's messages that were not read yet, once `count` of them are there. */
  async answer(count = 1): Promise<readonly Shown[]> {
    const end = Date.now() + ANSWER_WITHIN_MS;
    while (this.received.length < this.#read + count) {
      if (Date.now() > end)
        throw new Error(`No answer; so far: ${this.received.map((it) => it.text).join(' | ')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const answers = this.received.slice(this.#read);
    this.#read = this.received.length;
    return answers;
  }

  async #send(message: {
    readonly text: string;
    readonly value?: unknown;
  }): Promise<readonly Shown[]> {
    await new Promise((resolve, reject) => {
      this.client
        .postActivity({ type: 'message', from: { id: this.#userId }, ...message } as Activity)
        .subscribe(resolve, reject);
    });
    return this.answer();
  }

  leaves(): void {
    this.client.end();
  }
}

/** What the answers say, in one text with plain spaces. */
export const textOf = (answers: readonly Shown[]): string =>
  plain(answers.map(({ text }) => text ?? '').join('\n'));

/** The address of the file among the answers. */
export const fileOf = (answers: readonly Shown[]): string | undefined =>
  answers.flatMap((it) => it.attachments ?? []).find((it) => it.contentType === 'text/calendar')
    ?.contentUrl;

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

function claimedUser(token: string): string {
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    user?: string;
  };
  return payload.user ?? 'dl_somebody';
}
