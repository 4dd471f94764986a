import { createHash } from 'node:crypto';
import { withoutNul } from './bound-value.ts';

const LONGEST_KEY = 200;

/**
 * An identifier that a channel or a client chose, fit for an index: those of a reasonable length
 * are kept as they are, longer ones become their digest (PostgreSQL refuses index entries above
 * 2.7 kB, and a client may send anything).
 */
export function toKey(identifier: string): string {
  if (identifier.length <= LONGEST_KEY) return withoutNul(identifier);
  return `sha256:${createHash('sha256').update(identifier).digest('hex')}`;
}
