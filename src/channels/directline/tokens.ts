import { hkdfSync, randomBytes } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '#shared/clock.ts';
import { type Refusal, refuse } from './answer.ts';

/** Seconds that a token is good for, as in the Direct Line service. */
export const TOKEN_SECONDS = 1800;
/** Seconds within which a stream address must be used (Direct Line documentation). */
const TICKET_SECONDS = 60;

/** What a token opens: one conversation, for one user when the user is known. */
export interface TokenClaims {
  readonly conv: string;
  /** Read by DirectLineJS, which then takes it for the id of its user. */
  readonly user?: string | undefined;
  readonly name?: string | undefined;
  /** The only origins whose pages may use the token. */
  readonly origins?: readonly string[] | undefined;
}

/** What a stream address opens: the activities of one conversation after `after`. */
export interface StreamTicket {
  readonly conv: string;
  readonly after: number;
}

/** Signs and reads tokens. What is read is a refusal when it is not ours, or not any more. */
export interface Tokens {
  issue(claims: TokenClaims): Promise<string>;
  read(token: string): Promise<TokenClaims | Refusal>;
  issueTicket(ticket: StreamTicket): Promise<string>;
  readTicket(token: string): Promise<StreamTicket | Refusal>;
}

const claimsSchema = z.object({
  conv: z.string(),
  user: z.string().optional(),
  name: z.string().optional(),
  origins: z.array(z.string()).optional(),
});
const ticketSchema = z.object({ conv: z.string(), after: z.number() });

/** `signingKey` signs other things elsewhere: the key used here is one derived from it. */
export function createTokens(signingKey: Uint8Array, clock: Clock): Tokens {
  const key = new Uint8Array(hkdfSync('sha256', signingKey, '', 'directline tokens', 32));

  function sign(payload: object, audience: string, seconds: number): Promise<string> {
    const now = clock.now();
    return new SignJWT({ ...payload } as JWTPayload)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(new Date(now.getTime() + seconds * 1000))
      .setJti(randomBytes(9).toString('base64url'))
      .sign(key);
  }

  async function verify<T>(token: string, audience: string, schema: z.ZodType<T>) {
    try {
      const options = { algorithms: ['HS256'], audience, currentDate: clock.now() };
      const read = schema.safeParse((await jwtVerify(token, key, options)).payload);
      return read.success ? read.data : refuse('Forbidden');
    } catch (error) {
      return refuse(error instanceof errors.JWTExpired ? 'TokenExpired' : 'Forbidden');
    }
  }

  return {
    issue: (claims) => sign(claims, 'directline', TOKEN_SECONDS),
    read: (token) => verify<TokenClaims>(token, 'directline', claimsSchema),
    issueTicket: (ticket) => sign(ticket, 'directline-stream', TICKET_SECONDS),
    readTicket: (token) => verify<StreamTicket>(token, 'directline-stream', ticketSchema),
  };
}
