import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/errors.ts';
import {
  CLU_SETTINGS,
  type CluSettings,
  faultsOfClu,
  toCluSettings,
} from '#understanding/clu/clu-settings.ts';
import { decodeKey, KEY_BYTES } from './signing-key.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const APP_TYPES = ['MultiTenant', 'SingleTenant', 'UserAssignedMSI'] as const;
const HOW_TO_MAKE_A_KEY = 'make one with: openssl rand -base64 32';

export type LogLevel = (typeof LOG_LEVELS)[number];

/** The bot's registration in Azure, which opens `/api/messages` to the channels of Azure Bot Service. */
export interface MicrosoftApp {
  readonly id: string;
  /** Absent where Azure manages the identity. */
  readonly password: string | undefined;
  readonly type: (typeof APP_TYPES)[number];
  readonly tenantId: string | undefined;
}

/** Everything that whoever installs the service decides. */
export interface Config {
  readonly production: boolean;
  readonly port: number;
  /** Absent: every address of the machine. */
  readonly host: string | undefined;
  /** The origin at which people reach the service, without a final slash. */
  readonly publicUrl: string;
  /** Absolute path. */
  readonly dataDir: string;
  /** `postgres://…`; absent: SQLite in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Origins whose pages may hold the widget; `*` (any) only outside production. */
  readonly allowedOrigins: readonly string[];
  readonly logLevel: LogLevel;
  /** How many reverse proxies of ours stand between the network and this process. */
  readonly trustProxy: number;
  /** As given; `signingKey` answers the one to use. */
  readonly givenSigningKey: Uint8Array | undefined;
  readonly directLineSecret: string | undefined;
  readonly microsoftApp: MicrosoftApp | undefined;
  /** Absent: the embedded recogniser reads alone. */
  readonly clu: CluSettings | undefined;
  /** What is not wrong but looks like a mistake, for the log at start. */
  readonly warnings: readonly string[];
}

/** Each setting: how its text is read, and what it is worth when absent. No refusal repeats the value. */
const SETTINGS = {
  NODE_ENV: z
    .enum(['production', 'development', 'test'], 'must be production, development or test')
    .default('development'),
  PORT: whole(0, 65_535).default(3978),
  HOST: z.string().optional(),
  PUBLIC_URL: z.string().transform(toOrigin).optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/[^/]/, 'must begin with postgres://, or be empty to use SQLite')
    .optional(),
  ALLOWED_ORIGINS: z.string().transform(toOrigins).default([]),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  TRUST_PROXY: whole(0, 10).default(0),
  SIGNING_KEY: z.string().transform(toKey).optional(),
  DIRECT_LINE_SECRET: z
    .string()
    .regex(/^\S{32,}$/, 'must have at least 32 characters, and no space')
    .optional(),
  MICROSOFT_APP_ID: z.string().optional(),
  MICROSOFT_APP_PASSWORD: z.string().optional(),
  MICROSOFT_APP_TYPE: z.string().transform(toAppType).optional(),
  MICROSOFT_APP_TENANT_ID: z.string().optional(),
  ...CLU_SETTINGS,
};

type Setting = keyof typeof SETTINGS;
type Values = { readonly [Name in Setting]?: z.output<(typeof SETTINGS)[Name]> };
type Environment = Readonly<Record<string, string | undefined>>;

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly Setting[];

/**
 * Reads the settings from the environment; an empty one is an absent one.
 * @throws AppError CONFIG_INVALID whose message names every fault, one a line.
 */
export function readConfig(environment: Environment): Config {
  const { values, faults } = readEach(environment);
  faults.push(...faultsBetween(values));
  if (faults.length > 0) {
    throw new AppError('CONFIG_INVALID', ['', ...faults.map((it) => `  ${it}`)].join('\n'));
  }
  return toConfig(values, suspicions(environment, values));
}

function readEach(environment: Environment): { values: Values; faults: string[] } {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const name of SETTING_NAMES) {
    const read = SETTINGS[name].safeParse(environment[name]?.trim() || undefined);
    if (read.success) values[name] = read.data;
    else faults.push(...read.error.issues.map((issue) => `${name}: ${issue.message}`));
  }
  return { values, faults };
}

function toConfig(values: Values, warnings: readonly string[]): Config {
  const port = values.PORT ?? 0;
  return Object.freeze({
    production: values.NODE_ENV === 'production',
    port,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${port}`,
    dataDir: resolve(values.DATA_DIR ?? ''),
    databaseUrl: values.DATABASE_URL,
    allowedOrigins: Object.freeze(values.ALLOWED_ORIGINS ?? []),
    logLevel: values.LOG_LEVEL ?? 'info',
    trustProxy: values.TRUST_PROXY ?? 0,
    givenSigningKey: values.SIGNING_KEY,
    directLineSecret: values.DIRECT_LINE_SECRET,
    microsoftApp: toMicrosoftApp(values),
    clu: toCluSettings(values),
    warnings: Object.freeze(warnings),
  });
}

function toMicrosoftApp(values: Values): MicrosoftApp | undefined {
  if (values.MICROSOFT_APP_ID === undefined) return undefined;
  return Object.freeze({
    id: values.MICROSOFT_APP_ID,
    password: values.MICROSOFT_APP_PASSWORD,
    type: values.MICROSOFT_APP_TYPE ?? 'MultiTenant',
    tenantId: values.MICROSOFT_APP_TENANT_ID,
  });
}

function faultsBetween(values: Values): string[] {
  return [
    ...(values.NODE_ENV === 'production' ? faultsInProduction(values) : []),
    ...faultsOfMicrosoftApp(values),
    ...faultsOfClu(values),
  ];
}

/** Anyone can read what travels over http, and forge what is signed with a key that anyone knows. */
function faultsInProduction(values: Values): string[] {
  const origins = values.ALLOWED_ORIGINS ?? [];
  return when({
    'PUBLIC_URL: in production it must be given, and begin with https://':
      'PUBLIC_URL' in values && !values.PUBLIC_URL?.startsWith('https://'),
    'ALLOWED_ORIGINS: * (any site) is refused in production; name the sites': origins.includes('*'),
    'ALLOWED_ORIGINS: in production each one must begin with https://': origins.some((it) =>
      it.startsWith('http://'),
    ),
    [`SIGNING_KEY: required in production; ${HOW_TO_MAKE_A_KEY}`]:
      'SIGNING_KEY' in values && values.SIGNING_KEY === undefined,
  });
}

function faultsOfMicrosoftApp(values: Values): string[] {
  const { MICROSOFT_APP_ID: id, MICROSOFT_APP_PASSWORD: password } = values;
  const { MICROSOFT_APP_TENANT_ID: tenant, MICROSOFT_APP_TYPE: type = 'MultiTenant' } = values;
  if (id === undefined) {
    const given = [password, tenant, values.MICROSOFT_APP_TYPE].some((it) => it !== undefined);
    return when({
      'MICROSOFT_APP_ID: missing, while other MICROSOFT_APP_ settings are given': given,
    });
  }
  const managed = type === 'UserAssignedMSI';
  return when({
    [`MICROSOFT_APP_PASSWORD: required with ${type}`]: !managed && password === undefined,
    'MICROSOFT_APP_PASSWORD: must be empty with UserAssignedMSI': managed && password !== undefined,
    [`MICROSOFT_APP_TENANT_ID: required with ${type}`]:
      type !== 'MultiTenant' && tenant === undefined,
  });
}

function suspicions(environment: Environment, values: Values): string[] {
  const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  const id = values.MICROSOFT_APP_ID;
  return [
    ...when({
      'MICROSOFT_APP_ID does not look like the id of an Azure application':
        id !== undefined && !guid.test(id),
      'MICROSOFT_APP_TENANT_ID is not used with MICROSOFT_APP_TYPE MultiTenant':
        id !== undefined &&
        values.MICROSOFT_APP_TENANT_ID !== undefined &&
        (values.MICROSOFT_APP_TYPE ?? 'MultiTenant') === 'MultiTenant',
    }),
    ...Object.keys(environment).flatMap((name) => {
      const meant = misspelt(name);
      return meant ? [`${name} is not read; did you mean ${meant}?`] : [];
    }),
  ];
}

/** The setting that a name was probably meant for, `MicrosoftAppId` of the Azure samples included. */
function misspelt(name: string): Setting | undefined {
  if (name in SETTINGS) return undefined;
  const plain = (text: string) => text.replaceAll('_', '').toUpperCase();
  return SETTING_NAMES.find(
    (known) =>
      known.length > 4 && (plain(known) === plain(name) || slips(known, name.toUpperCase()) <= 2),
  );
}

/** How many letters must be added, removed or changed to make one word the other (Levenshtein). */
function slips(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [above, letter] of [...one].entries()) {
    const next = [above + 1];
    for (const [left, against] of [...other].entries()) {
      const swap = (row[left] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(swap, (row[left + 1] ?? 0) + 1, (next[left] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function when(faults: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(faults).filter((fault) => faults[fault]);
}

function whole(least: number, most: number) {
  const why = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, why)
    .transform(Number)
    .pipe(z.number().min(least, why).max(most, why));
}

function toOrigin(text: string, context: z.RefinementCtx): string {
  const found = originOf(text);
  if (found === undefined) {
    context.addIssue('must be an address like https://example.org, with nothing after the host');
  }
  return found ?? z.NEVER;
}

function toOrigins(text: string, context: z.RefinementCtx): string[] {
  const parts = text.split(',').map((part) => part.trim());
  const origins = parts.filter((part) => part !== '').map((it) => (it === '*' ? it : originOf(it)));
  if (origins.includes(undefined)) {
    context.addIssue('must be addresses like https://example.org, separated by commas');
  }
  return [...new Set(origins.filter((it) => it !== undefined))];
}

function originOf(text: string): string | undefined {
  if (!/^https?:\/\/[^/?#@*\\]+\/?$/i.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text).origin;
}

function toKey(text: string, context: z.RefinementCtx): Uint8Array {
  const key = decodeKey(text);
  if (!key) {
    const needs = `must be at least ${KEY_BYTES} random bytes in base64 or hexadecimal`;
    context.addIssue(`${needs}; ${HOW_TO_MAKE_A_KEY}`);
  }
  return key ?? z.NEVER;
}

function toAppType(text: string, context: z.RefinementCtx): MicrosoftApp['type'] {
  const type = APP_TYPES.find((known) => known.toLowerCase() === text.toLowerCase());
  if (!type) context.addIssue(`must be one of ${APP_TYPES.join(', ')}`);
  return type ?? z.NEVER;
}
