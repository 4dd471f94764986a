import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '#shared/errors.ts';

export const KEY_BYTES = 32;

interface SigningKeySettings {
  readonly givenSigningKey: Uint8Array | undefined;
  readonly dataDir: string;
}

/**
 * The key that signs tokens and links: the one given, else (never in production) one made at the
 * first start and kept in the data directory, so that links outlive a restart.
 * @throws AppError CONFIG_INVALID when the kept key cannot be read or written.
 */
export function signingKey(config: SigningKeySettings): Uint8Array {
  if (config.givenSigningKey) return config.givenSigningKey;
  const file = join(config.dataDir, 'signing.key');
  let kept: string;
  try {
    kept = readOrMake(file);
  } catch (cause) {
    throw new AppError('CONFIG_INVALID', `The file ${file} cannot be read or written.`, { cause });
  }
  const key = decodeKey(kept.trim());
  if (!key) throw new AppError('CONFIG_INVALID', `The file ${file} holds no key: delete it.`);
  return key;
}

/** Of several processes that start together one writes; no hard link, for network drives have none. */
function readOrMake(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  const made = `${randomBytes(KEY_BYTES).toString('base64')}\n`;
  try {
    writeFileSync(file, made, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}

/**
 * The key that a text spells in hexadecimal or base64. Undefined for what is too short, written
 * otherwise, or plainly not random.
 */
export function decodeKey(text: string): Uint8Array | undefined {
  const hexadecimal = /^([0-9a-f]{2})+$/i.test(text);
  if (!hexadecimal && !/^[\w+/-]+={0,2}$/.test(text)) return undefined;
  const key = Buffer.from(text, hexadecimal ? 'hex' : 'base64');
  return key.length >= KEY_BYTES && new Set(key).size >= KEY_BYTES / 4 ? key : undefined;
}
