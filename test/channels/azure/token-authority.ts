import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { PUBLIC_AZURE } from '#channels/azure/azure.ts';
import { listen } from './rig.ts';

export const APP_ID = '11111111-2222-3333-4444-555555555555';
export const ISSUER = 'https://issuer.example';
const KEY_ID = 'key-1';

/** What a token says; `undefined` leaves a claim out. */
export interface TokenParts {
  readonly claims?: JWTPayload;
  readonly header?: Record<string, unknown>;
  /** Signed with a key that is not the issuer's. */
  readonly forged?: boolean;
}

/** An issuer of channel tokens on the loopback: OpenID metadata, keys, and a way to sign. */
export async function startAuthority() {
  const options = { extractable: true };
  const real = await generateKeyPair('RS256', options);
  const other = await generateKeyPair('RS256', options);
  const jwk = { ...(await exportJWK(real.publicKey)), kid: KEY_ID, use: 'sig', alg: 'RS256' };
  let down = false;
  let endorsements: readonly string[] | undefined;
  const listening = await listen((req, res) => {
    if (down) return void res.writeHead(503).end();
    const isKeys = req.url === '/keys';
    const keys = { keys: [endorsements ? { ...jwk, endorsements } : jwk] };
    const metadata = { issuer: ISSUER, jwks_uri: `${listening.url}/keys` };
    res.setHeader('Content-Type', 'application/json').end(JSON.stringify(isKeys ? keys : metadata));
  });

  async function token(serviceUrl: string, { claims, header, forged }: TokenParts = {}) {
    const now = Math.floor(Date.now() / 1000);
    const said = { iss: ISSUER, aud: APP_ID, serviceurl: serviceUrl, nbf: now, exp: now + 3600 };
    const payload = JSON.parse(JSON.stringify({ ...said, ...claims })) as JWTPayload;
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', kid: KEY_ID, typ: 'JWT', ...header })
      .sign(forged ? other.privateKey : real.privateKey);
  }

  return {
    close: listening.close,
    token,
    settings: {
      ...PUBLIC_AZURE,
      ToBotFromChannelTokenIssuer: ISSUER,
      ToBotFromChannelOpenIdMetadataUrl: `${listening.url}/channel`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${listening.url}/emulator`,
    },
    breakDown: () => {
      down = true;
    },
    endorse: (channels: readonly string[]) => {
      endorsements = channels;
    },
  };
}

export type TestAuthority = Awaited<ReturnType<typeof startAuthority>>;

/** A token without a signature, as `alg: none` has it. */
export function unsigned(
  claims: JWTPayload,
  header: object = { alg: 'none', kid: KEY_ID },
): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.`;
}
