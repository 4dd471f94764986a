import type { TokenCredential } from '@azure/identity';
import type { CluSettings } from './clu-settings.ts';

/** A key of the Language resource, or what fetches tokens of Entra ID. */
export type Credential = string | TokenCredential;

/** What a token is asked for: any Azure AI resource on which the identity has a role. */
export const TOKEN_SCOPE = 'https://cognitiveservices.azure.com/.default';

/**
 * The credential that the settings describe. The library that talks to Entra ID takes a fifth of
 * a second to load: only those who sign in that way wait for it.
 */
export const createCredential = async (settings: CluSettings): Promise<Credential> => {
  const { credential } = settings;
  if (credential.kind === 'key') return credential.key;
  const { ClientSecretCredential, ManagedIdentityCredential } = await import('@azure/identity');
  const { clientId } = credential;
  if (credential.kind === 'managed') return patient(new ManagedIdentityCredential({ clientId }));
  const { tenantId, clientSecret } = credential;
  return patient(new ClientSecretCredential(tenantId, clientId, clientSecret));
};

/**
 * The time-out of a turn gives up waiting for a token, not fetching it: one that takes longer is
 * kept by the library and serves the next turn.
 */
export const patient = (credential: TokenCredential): TokenCredential => ({
  getToken: (scopes, { abortSignal: _ignored, ...options } = {}) =>
    credential.getToken(scopes, options),
});
