import { Agent, request } from 'node:http';

/** What the service answers to one activity, as far as tests look at it. */
export interface BotReply {
  readonly text?: string;
  readonly suggestedActions?: {
    readonly actions: readonly { readonly value?: unknown }[];
  };
  readonly attachments?: readonly { readonly contentType: string; readonly contentUrl?: string }[];
}

/** Button presses that book a session, from the first word to the confirmation. */
export const bookingSteps = (sessionId: string): readonly object[] => [
  { text: "je veux m'inscrire" },
  press('eligibility.situation', 'job_seeker'),
  press('eligibility.adult', 'yes'),
  press('eligibility.place', 'skipped'),
  press('eligibility.recap', 'confirm'),
  press('booking.session', sessionId),
  press('booking.needs', 'none'),
  press('booking.recap', 'confirm'),
];

/** What a person presses next when the last seat went between the recap and their yes. */
export const nextStep = (replies: readonly BotReply[]): object | undefined => {
  const buttons = replies.flatMap((reply) => reply.suggestedActions?.actions ?? []);
  const asksAgain = buttons.some(({ value }) =>
    JSON.stringify(value ?? null).includes('"step":"booking.recap","value":"confirm"'),
  );
  return asksAgain ? press('booking.recap', 'confirm') : undefined;
};

const press = (step: string, value: string): object => ({
  text: value,
  value: { action: { do: 'answer', step, value } },
});

/**
 * A client of `/api/messages` that wants its replies in the answer. It gives up on nothing: an
 * activity that was not answered is sent again, the same, until it is.
 */
export class BotClient {
  readonly #port: () => number;
  readonly #agent: Agent;

  constructor(port: () => number, sockets: number) {
    this.#port = port;
    this.#agent = new Agent({ keepAlive: true, maxSockets: sockets });
  }

  async send(person: string, turn: number, message: object): Promise<readonly BotReply[]> {
    const body = JSON.stringify({
      type: 'message',
      id: `${person}-${turn}`,
      locale: 'fr-FR',
      from: { id: `user-${person}` },
      recipient: { id: 'bot' },
      conversation: { id: `conversation-${person}` },
      channelId: 'emulator',
      serviceUrl: 'http://localhost:1',
      deliveryMode: 'expectReplies',
      ...message,
    });
    for (;;) {
      const answer = await this.#post(body).catch(() => undefined);
      if (answer?.status === 200)
        return (JSON.parse(answer.body) as { activities: BotReply[] }).activities;
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 40));
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #post(body: string): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          port: this.#port(),
          host: '127.0.0.1',
          path: '/api/messages',
          method: 'POST',
          agent: this.#agent,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

/** What a reply to the last step says of the seat. */
export function outcomeOf(replies: readonly BotReply[]): 'booked' | 'waiting' | 'other' {
  const text = replies.map((reply) => reply.text ?? '').join('\n');
  if (text.includes('est réservé')) return 'booked';
  return text.includes("sur la liste d'attente") ? 'waiting' : 'other';
}

/** Where the calendar file of a confirmation is. */
export const calendarOf = (replies: readonly BotReply[]): string | undefined =>
  replies
    .flatMap((reply) => reply.attachments ?? [])
    .find(({ contentType }) => contentType === 'text/calendar')?.contentUrl;
