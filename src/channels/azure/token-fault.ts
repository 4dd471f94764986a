import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';

/** What a token must say of itself before anyone looks for the key that signed it. */
export interface TokenRules {
  readonly issuers: ReadonlySet<string>;
  /** Azure tenants that a token may name, when it names one. */
  readonly tenants: ReadonlySet<string>;
  readonly now: Date;
}

/** Clocks differ by this much, in seconds: the tolerance of the Bot Framework. */
const TOLERANCE = 300;
const LONGEST_TOKEN = 8192;

/**
 * What is wrong with an Authorization header, as far as can be told without a key. The SDK takes
 * what gets past here: it answers 500 to some forgeries, writes others on standard error, and
 * keeps, for good, the tenant that any unsigned token names.
 */
export function tokenFault(header: string | undefined, rules: TokenRules): string | undefined {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(header ?? '')?.[1];
  if (token === undefined || token.length > LONGEST_TOKEN) return 'a bearer token is required';
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    if (!['RS256', 'RS384', 'RS512'].includes(alg ?? '')) return 'its algorithm is not accepted';
    if (typeof kid !== 'string') return 'its key is not named';
    return faultOfClaims(decodeJwt(token), rules);
  } catch {
    return 'it is not a token';
  }
}

function faultOfClaims(claims: JWTPayload, rules: TokenRules): string | undefined {
  const now = rules.now.getTime() / 1000;
  if (!rules.issuers.has(claims.iss ?? '')) return 'its issuer is not accepted';
  if (claims.tid !== undefined && !rules.tenants.has(String(claims.tid))) {
    return 'its tenant is not accepted';
  }
  if (typeof claims.exp !== 'number' || claims.exp < now - TOLERANCE) return 'it has expired';
  if (claims.nbf !== undefined && claims.nbf > now + TOLERANCE) return 'it is not valid yet';
  return undefined;
}
