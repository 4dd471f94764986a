import type { Config } from './config.ts';

/** The first lines printed: what is running, where, and what is not configured. */
export function announce(
  config: Config,
  database: 'sqlite' | 'postgres',
  port: number,
): readonly string[] {
  const here = config.publicUrl;
  const local = new URL(here).port === String(port) ? '' : ` (listening on port ${port})`;
  return [
    `Declic is running: ${here}${local}`,
    `  the page with the widget   ${here}/`,
    `  Direct Line 3.0            ${here}/v3/directline`,
    `  Bot Framework (Azure)      ${here}/api/messages`,
    `  database                   ${database === 'sqlite' ? `SQLite in ${config.dataDir}` : 'PostgreSQL'}`,
    `  understanding              ${recogniser(config)}`,
    ...notConfigured(config).map((line) => `  not configured: ${line}`),
    ...config.warnings.map((line) => `  warning: ${line}`),
  ];
}

const recogniser = ({ clu }: Config): string =>
  clu === undefined
    ? 'embedded recogniser'
    : `Azure CLU (${clu.project}, ${clu.deployment}), the embedded recogniser behind it`;

function notConfigured(config: Config): readonly string[] {
  return [
    ...(config.microsoftApp === undefined ? [withoutApp(config)] : []),
    ...(config.directLineSecret === undefined
      ? ['DIRECT_LINE_SECRET (only pages of allowed origins can open conversations)']
      : []),
    ...(config.allowedOrigins.length === 0
      ? ['ALLOWED_ORIGINS (only our own page can hold the widget)']
      : []),
    ...(config.clu === undefined
      ? ['AZURE_LANGUAGE_ENDPOINT (Azure CLU; the embedded recogniser needs nobody)']
      : []),
    ...(config.production
      ? []
      : ['NODE_ENV=production (sample sessions are shown, marked as such)']),
  ];
}

const withoutApp = ({ production }: Config): string =>
  production
    ? 'MICROSOFT_APP_ID (Teams and Azure channels are closed)'
    : 'MICROSOFT_APP_ID (/api/messages answers anyone, for tests; closed in production)';
