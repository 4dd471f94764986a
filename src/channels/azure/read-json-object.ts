import type { IncomingMessage } from 'node:http';
import type { Refusal } from './answer-json.ts';

export interface BodyLimits {
  readonly maxBytes: number;
  readonly withinMs: number;
}

export type ReadOutcome =
  | { readonly kind: 'read'; readonly object: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const refused = (status: number, code: string, message: string): ReadOutcome => ({
  kind: 'refused',
  refusal: {
    status,
    code,
    message,
    ...(status === 408 ? { headers: { Connection: 'close' } } : {}),
  },
});

/** Reads a body that must be one JSON object, in UTF-8, as it is, not too large and not too slow. */
export async function readJsonObject(
  req: IncomingMessage,
  { maxBytes, withinMs }: BodyLimits,
): Promise<ReadOutcome> {
  if (!isPlainJson(req)) {
    return refused(415, 'UnsupportedMediaType', 'The body must be application/json in UTF-8.');
  }
  const tooLarge = refused(413, 'MessageSizeTooBig', `At most ${maxBytes} bytes are read.`);
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) return tooLarge;
  const bytes = await readBytes(req, { maxBytes, withinMs });
  if (bytes === 'large') return tooLarge;
  if (bytes === 'slow') return refused(408, 'Timeout', 'The body took too long to arrive.');
  const object = toObject(bytes);
  return object
    ? { kind: 'read', object }
    : refused(400, 'BadSyntax', 'The body must be one JSON object.');
}

function isPlainJson({ headers }: IncomingMessage): boolean {
  const type = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;
  const coding = headers['content-encoding'] ?? 'identity';
  return type.test(headers['content-type'] ?? '') && coding === 'identity';
}

/** What comes beyond the limit is left for the server to throw away. A hang-up is as good as slow. */
function readBytes(req: IncomingMessage, limits: BodyLimits): Promise<Buffer | 'large' | 'slow'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => finish('slow'), limits.withinMs);
    const finish = (outcome: Buffer | 'large' | 'slow') => {
      clearTimeout(timer);
      req.removeListener('data', take);
      resolve(outcome);
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.maxBytes) finish('large');
      else chunks.push(chunk);
    };
    req.on('data', take);
    req.once('end', () => finish(Buffer.concat(chunks)));
    req.once('error', () => finish('slow'));
    req.once('close', () => finish('slow'));
  });
}

function toObject(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
