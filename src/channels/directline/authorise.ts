import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isRefusal, type Refusal, refuse } from './answer.ts';
import type { TokenClaims, Tokens } from './tokens.ts';

/** Who calls: the holder of the secret, who may do everything, or of a token, for one conversation. */
export type Caller =
  | { readonly kind: 'secret' }
  | { readonly kind: 'token'; readonly claims: TokenClaims };

/** Reads the Authorization header. A token asked for by one site's page is refused from another's. */
export type Authorise = (request: IncomingMessage) => Promise<Caller | Refusal>;

export function createAuthorise(tokens: Tokens, secret: string | undefined): Authorise {
  const expected = secret ? digest(secret) : undefined;
  return async ({ headers }) => {
    const credential = /^Bearer ([\x21-\x7e]+)$/i.exec(headers.authorization ?? '')?.[1];
    if (credential === undefined) return refuse('Unauthorized');
    if (expected && timingSafeEqual(digest(credential), expected)) return { kind: 'secret' };
    const claims = await tokens.read(credential);
    if (isRefusal(claims)) return claims;
    const { origin } = headers;
    if (origin !== undefined && claims.origins && !claims.origins.includes(origin)) {
      return refuse('Forbidden', 'The token is for another site.');
    }
    return { kind: 'token', claims };
  };
}

/** Digests have one length, so that comparing them tells nothing of the secret's. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
