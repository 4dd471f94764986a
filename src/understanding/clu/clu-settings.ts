import { z } from 'zod';

/** How the service proves who it is: a key of the resource, or an identity of Entra ID. */
export type CluCredential =
  | { readonly kind: 'key'; readonly key: string }
  | {
      readonly kind: 'application';
      readonly tenantId: string;
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | { readonly kind: 'managed'; readonly clientId: string };

/** A deployed project of Azure's conversational language understanding, and how to ask it. */
export interface CluSettings {
  /** The origin of the Language resource, without a final slash. */
  readonly endpoint: string;
  readonly project: string;
  readonly deployment: string;
  readonly credential: CluCredential;
  /** At most so many calls a calendar month (UTC); as many as needed when absent. */
  readonly monthlyCalls: number | undefined;
}

/** Names of projects and deployments: the service's page on limits. */
const NAME = /^[A-Za-z0-9_.-]{1,50}$/;
const name = z.string().regex(NAME, 'must have 1 to 50 letters, digits, _ . or -');

/** Each setting: how its text is read. No refusal repeats the value. */
export const CLU_SETTINGS = {
  AZURE_LANGUAGE_ENDPOINT: z.string().transform(toSecureOrigin).optional(),
  AZURE_LANGUAGE_PROJECT: name.optional(),
  AZURE_LANGUAGE_DEPLOYMENT: name.optional(),
  AZURE_LANGUAGE_KEY: z.string().regex(/^\S+$/, 'must have no space').optional(),
  AZURE_LANGUAGE_CLIENT_ID: z.string().optional(),
  AZURE_LANGUAGE_TENANT_ID: z.string().optional(),
  AZURE_LANGUAGE_CLIENT_SECRET: z.string().optional(),
  AZURE_LANGUAGE_MONTHLY_CALLS: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a whole number from 1 to 999999999')
    .transform(Number)
    .optional(),
};

type Name = keyof typeof CLU_SETTINGS;
export type CluValues = { readonly [Each in Name]?: z.output<(typeof CLU_SETTINGS)[Each]> };

/** What is missing, or does not go together: all of it, one line each. */
export const faultsOfClu = (values: CluValues): string[] => {
  if (values.AZURE_LANGUAGE_ENDPOINT === undefined) {
    const given = Object.keys(CLU_SETTINGS).some((it) => values[it as Name] !== undefined);
    const missing = 'AZURE_LANGUAGE_ENDPOINT: missing, while other AZURE_LANGUAGE_ settings are';
    return given ? [`${missing} given`] : [];
  }
  const project = values.AZURE_LANGUAGE_PROJECT === undefined;
  const deployment = values.AZURE_LANGUAGE_DEPLOYMENT === undefined;
  return [
    ...(project ? ['AZURE_LANGUAGE_PROJECT: required with AZURE_LANGUAGE_ENDPOINT'] : []),
    ...(deployment ? ['AZURE_LANGUAGE_DEPLOYMENT: required with AZURE_LANGUAGE_ENDPOINT'] : []),
    ...faultsOfCredential(values),
  ];
};

const faultsOfCredential = (values: CluValues): string[] => {
  const { AZURE_LANGUAGE_KEY: key, AZURE_LANGUAGE_CLIENT_ID: client } = values;
  const { AZURE_LANGUAGE_TENANT_ID: tenant, AZURE_LANGUAGE_CLIENT_SECRET: secret } = values;
  const identity = [client, tenant, secret].some((it) => it !== undefined);
  if (key !== undefined) {
    return identity ? ['AZURE_LANGUAGE_KEY: a key or an identity of Entra ID, not both'] : [];
  }
  if (!identity) return ['AZURE_LANGUAGE_KEY: required, or else AZURE_LANGUAGE_CLIENT_ID'];
  return [
    ...(client === undefined
      ? ['AZURE_LANGUAGE_CLIENT_ID: missing, while other parts of the identity are given']
      : []),
    ...(tenant === undefined && secret !== undefined
      ? ['AZURE_LANGUAGE_TENANT_ID: required with AZURE_LANGUAGE_CLIENT_SECRET']
      : []),
    ...(secret === undefined && tenant !== undefined
      ? ['AZURE_LANGUAGE_CLIENT_SECRET: required with AZURE_LANGUAGE_TENANT_ID']
      : []),
  ];
};

/** The settings once they have no fault; undefined where CLU is not configured. */
export const toCluSettings = (values: CluValues): CluSettings | undefined => {
  const { AZURE_LANGUAGE_ENDPOINT: endpoint } = values;
  if (endpoint === undefined) return undefined;
  return Object.freeze({
    endpoint,
    project: values.AZURE_LANGUAGE_PROJECT ?? '',
    deployment: values.AZURE_LANGUAGE_DEPLOYMENT ?? '',
    credential: Object.freeze(toCredential(values)),
    monthlyCalls: values.AZURE_LANGUAGE_MONTHLY_CALLS,
  });
};

const toCredential = (values: CluValues): CluCredential => {
  const { AZURE_LANGUAGE_KEY: key, AZURE_LANGUAGE_CLIENT_ID: clientId = '' } = values;
  const { AZURE_LANGUAGE_TENANT_ID: tenantId, AZURE_LANGUAGE_CLIENT_SECRET: secret } = values;
  if (key !== undefined) return { kind: 'key', key };
  if (tenantId === undefined || secret === undefined) return { kind: 'managed', clientId };
  return { kind: 'application', tenantId, clientId, clientSecret: secret };
};

/**
 * Reads the settings alone, for commands that need nothing else of the configuration.
 * @returns every fault in words, and the settings when there is none
 */
export const readCluSettings = (
  environment: Readonly<Record<string, string | undefined>>,
): { readonly settings: CluSettings | undefined; readonly faults: readonly string[] } => {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [setting, schema] of Object.entries(CLU_SETTINGS)) {
    const read = schema.safeParse(environment[setting]?.trim() || undefined);
    if (read.success) values[setting] = read.data;
    else faults.push(...read.error.issues.map(({ message }) => `${setting}: ${message}`));
  }
  if (faults.length === 0) faults.push(...faultsOfClu(values));
  return { settings: faults.length > 0 ? undefined : toCluSettings(values), faults };
};

/** A key travels with each call: never over http. */
function toSecureOrigin(text: string, context: z.RefinementCtx): string {
  const isOrigin = /^https:\/\/[^/?#@*\\]+\/?$/i.test(text) && URL.canParse(text);
  if (isOrigin) return new URL(text).origin;
  context.addIssue('must be an address like https://NAME.cognitiveservices.azure.com');
  return z.NEVER;
}
