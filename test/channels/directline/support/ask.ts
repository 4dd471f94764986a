import { type IncomingHttpHeaders, request } from 'node:http';

export interface Asked {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is bytes or a string. */
  readonly body?: unknown;
  /** The address that the request seems to come from. */
  readonly address?: string;
}

/** The answer, with its JSON read when it is JSON. Tests look into it: it is what they check. */
export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the JSON is what the tests assert.
  readonly json: any;
}

/** One request, written by hand: fetch would not let tests choose every header. */
export function ask(url: string, asked: Asked = {}): Promise<Heard> {
  const { method = 'GET', token, address, body } = asked;
  const bytes = toBytes(body);
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(address === undefined ? {} : { 'x-test-address': address }),
    ...(bytes === undefined ? {} : { 'content-length': String(bytes.byteLength) }),
    ...asked.headers,
  };
  return new Promise((resolve, reject) => {
    const { hostname, port, origin } = new URL(url);
    // The path as it is written: reading it as an address would tidy it up.
    const place = { hostname, port, path: url.slice(origin.length) };
    const sent = request({ ...place, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const all = Buffer.concat(chunks);
        const isJson = String(response.headers['content-type']).startsWith('application/json');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: all,
          json: isJson && all.length > 0 ? JSON.parse(all.toString('utf8')) : undefined,
        });
      });
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}

function toBytes(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined;
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
