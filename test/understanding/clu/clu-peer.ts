import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the service would have received it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** What the peer answers; a function answers by itself, or never. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Sent as JSON, unless it is text. */
      readonly body?: unknown;
    }
  | ((response: ServerResponse, request: Received) => void);

/** A stand-in for Azure on the loopback. */
export interface Peer {
  readonly endpoint: string;
  readonly received: Received[];
  /** Answers from now on; the last one is given again and again. */
  answer(...replies: Reply[]): void;
  stop(): Promise<void>;
}

export const startPeer = async (): Promise<Peer> => {
  const received: Received[] = [];
  let replies: Reply[] = [{ status: 500, body: 'nothing was prepared' }];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://peer');
    const text = Buffer.concat(chunks).toString('utf8');
    const { method = '', headers } = request;
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const one: Received = { method, path: pathname, query: searchParams, headers, body };
    received.push(one);
    const reply = (replies.length > 1 ? replies.shift() : replies[0]) as Reply;
    if (typeof reply === 'function') reply(response, one);
    else send(response, reply);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (...next) => {
      replies = next;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const send = (response: ServerResponse, reply: Exclude<Reply, (...args: never[]) => void>) => {
  const { status = 200, headers = {}, body = {} } = reply;
  const isText = typeof body === 'string';
  const type = isText ? 'text/html' : 'application/json; charset=utf-8';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(isText ? body : JSON.stringify(body));
};

/** An answer of a project made from our phrases. */
export const predicts = (
  intents: readonly (readonly [category: string, score: number])[],
  beside: object = {},
): Reply => ({
  body: {
    kind: 'ConversationResult',
    result: {
      query: 'what was asked',
      prediction: {
        topIntent: intents[0]?.[0],
        projectKind: 'Conversation',
        intents: intents.map(([category, confidenceScore]) => ({ category, confidenceScore })),
        entities: [],
        ...beside,
      },
    },
  },
});
