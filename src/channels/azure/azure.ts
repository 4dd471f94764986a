import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';

/** The bot as Azure knows it; without `appId` nobody is asked who they are. */
export interface BotIdentity {
  readonly appId?: string | undefined;
  readonly appPassword?: string | undefined;
  readonly appType?: 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI' | undefined;
  readonly tenantId?: string | undefined;
}

type SdkParameters = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>;
type SdkSettings = NonNullable<SdkParameters[0]>;
export type Credentials = NonNullable<SdkParameters[1]>;

/**
 * Whose tokens are taken, and where the bot gets its own. Microsoft, "Authenticate requests from
 * the Bot Connector to your bot"; the SDK takes all seven or none.
 */
export const PUBLIC_AZURE = {
  ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  OAuthUrl: 'https://api.botframework.com',
  ToBotFromChannelOpenIdMetadataUrl:
    'https://login.botframework.com/v1/.well-known/openidconfiguration',
  ToBotFromEmulatorOpenIdMetadataUrl:
    'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
  CallerId: 'urn:botframework:azure',
};

/** Tenants whose tokens the Emulator brings: Microsoft's own for bots. */
const EMULATOR_TENANTS = [
  'd6d49420-f39b-4df7-a1dc-d59a935871db',
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
];

export function sdkSettings(identity: BotIdentity, authority: typeof PUBLIC_AZURE): SdkSettings {
  return {
    ...authority,
    ...(identity.appId ? { MicrosoftAppId: identity.appId } : {}),
    ...(identity.appPassword ? { MicrosoftAppPassword: identity.appPassword } : {}),
    ...(identity.appType ? { MicrosoftAppType: identity.appType } : {}),
    ...(identity.tenantId ? { MicrosoftAppTenantId: identity.tenantId } : {}),
  };
}

/**
 * Issuers and tenants that a token may name. The Emulator's tokens are the bot's own, for any
 * audience: whoever is sent one in production could play every channel with it.
 */
export function trust(
  { tenantId }: BotIdentity,
  authority: typeof PUBLIC_AZURE,
  production: boolean,
): { readonly issuers: ReadonlySet<string>; readonly tenants: ReadonlySet<string> } {
  const tenants = new Set([...EMULATOR_TENANTS, ...(tenantId ? [tenantId] : [])]);
  const ofEmulator = [...tenants].flatMap((tenant) => [
    `https://sts.windows.net/${tenant}/`,
    `https://login.microsoftonline.com/${tenant}/v2.0`,
  ]);
  const issuers = [authority.ToBotFromChannelTokenIssuer, ...(production ? [] : ofEmulator)];
  return { issuers: new Set(issuers), tenants };
}
