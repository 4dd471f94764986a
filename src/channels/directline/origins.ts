import type { IncomingMessage } from 'node:http';

/** Which pages may use the endpoint, and under which address they reach it. */
export interface Origins {
  /** Whether pages of the request's origin may use the endpoint; false without an origin. */
  allows(request: IncomingMessage): boolean;
  /** The CORS headers of an answer, errors included: without them a page cannot read even a 404. */
  headers(request: IncomingMessage): Readonly<Record<string, string>>;
  /** The CORS headers that answer an OPTIONS request. */
  preflight(request: IncomingMessage): Readonly<Record<string, string>>;
  /** The address of the service as the client reaches it, without a final slash. */
  base(request: IncomingMessage): string;
}

/** What DirectLineJS 0.15.8 sends; a page's own tracing may add others, which are harmless. */
const USUAL_HEADERS = ['authorization', 'content-type', 'x-ms-bot-agent', 'x-requested-with'];
const ADDRESS =
  /^(localhost|127(\.\d+){3}|10(\.\d+){3}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|192\.168(\.\d+){2}|\[[0-9a-f:]+\])(:\d{1,5})?$/i;

export function createOrigins(options: {
  readonly publicUrl: string;
  readonly allowedOrigins: readonly string[];
}): Origins {
  const publicUrl = options.publicUrl.replace(/\/+$/, '');
  const known = new Set([...options.allowedOrigins, publicUrl].map(canonical));
  const local = ADDRESS.test(new URL(publicUrl).host);

  function allows({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined) return false;
    if (known.has('*') || known.has(canonical(origin))) return true;
    return host !== undefined && [`http://${host}`, `https://${host}`].includes(origin);
  }

  function headers(request: IncomingMessage): Record<string, string> {
    const { origin } = request.headers;
    if (origin === undefined || !allows(request)) return { vary: 'Origin' };
    return {
      vary: 'Origin',
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'Retry-After',
    };
  }

  return {
    allows,
    headers,
    preflight(request) {
      if (!allows(request)) return headers(request);
      return {
        ...headers(request),
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers': allowedHeaders(request).join(', '),
        'access-control-max-age': '7200',
      };
    },
    /**
     * A Host header is whatever the client or a proxy wrote. It is believed only while the service
     * is set up for this machine or its network; a public service has the address it was given.
     */
    base({ headers: { host } }) {
      return local && host !== undefined && ADDRESS.test(host) ? `http://${host}` : publicUrl;
    },
  };
}

function canonical(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).origin : origin;
}

function allowedHeaders(request: IncomingMessage): string[] {
  const asked = String(request.headers['access-control-request-headers'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => /^[a-z0-9-]{1,64}$/.test(name));
  return [...new Set([...USUAL_HEADERS, ...asked.slice(0, 20)])];
}
