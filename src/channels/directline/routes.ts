import { type Refusal, refuse } from './answer.ts';

const ID = '[A-Za-z0-9_-]{1,128}';

/** Every address of the endpoint. Paths are matched as they came: nothing is decoded or resolved. */
const ROUTES = {
  generate: ['POST', /^\/tokens\/generate$/],
  refresh: ['POST', /^\/tokens\/refresh$/],
  start: ['POST', /^\/conversations$/],
  reconnect: ['GET', new RegExp(`^/conversations/(${ID})$`)],
  read: ['GET', new RegExp(`^/conversations/(${ID})/activities$`)],
  post: ['POST', new RegExp(`^/conversations/(${ID})/activities$`)],
  upload: ['POST', new RegExp(`^/conversations/(${ID})/upload$`)],
  stream: ['GET', new RegExp(`^/conversations/(${ID})/stream$`)],
  attachment: ['GET', new RegExp(`^/attachments/(${ID})$`)],
} as const;

export type RouteName = keyof typeof ROUTES;

export interface Route {
  readonly name: RouteName;
  /** The conversation or the file; empty for the routes that have none. */
  readonly id: string;
  readonly query: URLSearchParams;
}

const PREFIX = '/v3/directline';

/** Finds what a request is about; a refusal when there is nothing, or nothing by this method. */
export function findRoute(method: string, url: string): Route | Refusal {
  const [path = '', query = ''] = splitOnce(url, '?');
  if (!path.startsWith(`${PREFIX}/`)) return refuse('NotFound');
  const rest = path.slice(PREFIX.length).replace(/\/$/, '');
  const methods: string[] = [];
  for (const [name, [routeMethod, pattern]] of Object.entries(ROUTES)) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    if (routeMethod === method) {
      return { name: name as RouteName, id: match[1] ?? '', query: new URLSearchParams(query) };
    }
    methods.push(routeMethod);
  }
  if (methods.length === 0) return refuse('NotFound');
  return refuse('MethodNotAllowed', undefined, { allow: [...methods, 'OPTIONS'].join(', ') });
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
