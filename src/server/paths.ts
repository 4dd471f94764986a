export const DIRECT_LINE = '/v3/directline';

/** The path of a request, without query, in the form `GET http://host/path` too. */
export function pathOf(url = '/'): string {
  const relative = url.replace(/^https?:\/\/[^/?#]*/i, '');
  return relative.replace(/[?#].*$/s, '') || '/';
}

/**
 * Whether a path is written as our routes are. The router would decode `%61` and walk `/./`: the
 * log and the limits would then speak of another path than the one that answers.
 */
export function isPlain(path: string): boolean {
  return /^(\/[\w.~-]*)+$/.test(path) && !/\/(\.{0,2})\/|\/\.{1,2}$/.test(path);
}

/** Whether a path is the root given or lies under it. */
export function isBelow(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

const WORDS_OF_DIRECT_LINE = new Set(
  'v3 directline tokens generate refresh conversations activities stream upload attachments'.split(
    ' ',
  ),
);

/**
 * A path as the log may hold it: names of routes, never the ids, tokens or whatever else a
 * caller put there. `known` are the paths that are names themselves.
 */
export function routeLabel(path: string, known: { has(path: string): boolean }): string {
  if (isBelow(DIRECT_LINE, path)) {
    const parts = path.split('/').slice(1, 8);
    return `/${parts.map((part) => (WORDS_OF_DIRECT_LINE.has(part) ? part : ':id')).join('/')}`;
  }
  if (path.startsWith('/calendar/')) return '/calendar/:link';
  return known.has(path) ? path : 'unknown';
}
