const ANYWHERE = ['http:', 'https:', 'tel:', 'sms:', 'mailto:'];
const FILES = ['http:', 'https:'];

const checked = (raw: unknown, base: string, schemes: readonly string[]): string | undefined => {
  if (typeof raw !== 'string') return undefined;
  try {
    const url = new URL(raw, base);
    // A name and password in front of the host is how an address pretends to be another one.
    if (url.username || url.password) return undefined;
    return schemes.includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
};

/** The address if a person may be sent there, else undefined. Never `javascript:`, `data:` and kin. */
export const safeLink = (raw: unknown, base: string): string | undefined =>
  checked(raw, base, ANYWHERE);

/** The same for a file to fetch: web addresses only. */
export const safeFile = (raw: unknown, base: string): string | undefined =>
  checked(raw, base, FILES);

/** The address of the message stream: a socket, and never a plain one from a secure page. */
export const safeStream = (raw: unknown, base: string): string | undefined => {
  const href = checked(raw, base, ['ws:', 'wss:']);
  return base.startsWith('https:') ? href?.replace(/^ws:/, 'wss:') : href;
};
