import type { IncomingMessage } from 'node:http';
import { isRefusal, type Refusal, refuse } from './answer.ts';

const CLOSE = { connection: 'close' };
/** Beyond its limit a body is read on for a while, unkept, so that its sender hears the refusal. */
const READ_IN_VAIN = 8;

/**
 * Reads a whole body, bounded in size and time. A refusal closes the connection, for the rest of
 * the body would be taken for the next request.
 */
export function readBody(
  request: IncomingMessage,
  { most, timeout }: { readonly most: number; readonly timeout: number },
): Promise<Buffer | Refusal> {
  const broken = refuse('BadSyntax', 'The body broke off.', CLOSE);
  const tooBig = refuse('MessageSizeTooBig', undefined, CLOSE);
  if (Number(request.headers['content-length'] ?? 0) > most * READ_IN_VAIN) {
    return Promise.resolve(tooBig);
  }
  // A client that left while its token was being looked at will not be heard leaving again.
  if (request.destroyed) return Promise.resolve(broken);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (result: Buffer | Refusal): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
      request.on('error', () => undefined);
      resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.byteLength;
      if (size <= most) chunks.push(chunk);
      else chunks.length = 0;
      if (size > most * READ_IN_VAIN) settle(tooBig);
    };
    const onEnd = (): void => settle(size > most ? tooBig : Buffer.concat(chunks));
    const onBroken = (): void => settle(broken);
    const timer = setTimeout(() => settle(refuse('RequestTimeout', undefined, CLOSE)), timeout);
    request.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  });
}

/** The same, read as JSON; undefined for an empty body. */
export async function readJson(
  request: IncomingMessage,
  { characters, timeout }: { readonly characters: number; readonly timeout: number },
): Promise<{ readonly value: unknown } | Refusal> {
  const body = await readBody(request, { most: characters * 4, timeout });
  return isRefusal(body) ? body : parseJson(body, characters);
}

/** Deeper values than this break code that walks them by recursion, JSON.stringify included. */
const DEEPEST = 64;

export function parseJson(
  body: Uint8Array,
  characters: number,
): { readonly value: unknown } | Refusal {
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    if (text.length > characters) return refuse('MessageSizeTooBig');
    value = text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    return refuse('BadSyntax', 'The body is not JSON in UTF-8.');
  }
  return isTooDeep(value) ? refuse('BadSyntax', 'The body is nested too deeply.') : { value };
}

function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    level = level.flatMap((it) => (typeof it === 'object' && it !== null ? Object.values(it) : []));
    if (level.length === 0) return false;
  }
  return true;
}
