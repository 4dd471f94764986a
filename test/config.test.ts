import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '#shared/errors.ts';
import { readConfig, SETTING_NAMES } from '#src/config.ts';
import { signingKey } from '#src/signing-key.ts';

const KEY = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString('base64');
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://declic.example',
  SIGNING_KEY: KEY,
};

/** The lines of the refusal, without its first sentence. */
function faultsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).to.be.instanceOf(AppError).with.property('code', 'CONFIG_INVALID');
    const [, ...lines] = (error as AppError).message.split('\n');
    return lines.map((line) => line.trim());
  }
  return [];
}

describe('configuration', () => {
  it('works with no setting at all', () => {
    const config = readConfig({});
    expect(config).to.include({
      production: false,
      port: 3978,
      host: undefined,
      publicUrl: 'http://localhost:3978',
      databaseUrl: undefined,
      logLevel: 'info',
      trustProxy: 0,
      microsoftApp: undefined,
      clu: undefined,
    });
    expect(config.dataDir).to.equal(join(process.cwd(), 'data'));
    expect(config.allowedOrigins).to.deep.equal([]);
    expect(config.warnings).to.deep.equal([]);
  });

  it('takes an empty or blank setting for an absent one', () => {
    const blank = Object.fromEntries(SETTING_NAMES.map((name) => [name, ' ']));
    expect(readConfig(blank)).to.deep.equal(readConfig({}));
  });

  it('cannot be changed once read', () => {
    const config = readConfig({ ALLOWED_ORIGINS: 'https://a.example' });
    expect(config).to.be.frozen;
    expect(config.allowedOrigins).to.be.frozen;
  });

  it('reads every setting of a whole production environment', () => {
    const config = readConfig({
      ...PRODUCTION,
      PORT: '8080',
      HOST: '127.0.0.1',
      PUBLIC_URL: 'https://Declic.example/',
      ALLOWED_ORIGINS: ' https://a.example , https://b.example:8443/,https://a.example',
      DATABASE_URL: 'postgres://u:p@db:5432/declic',
      DIRECT_LINE_SECRET: 'x'.repeat(32),
      LOG_LEVEL: 'warn',
      TRUST_PROXY: '1',
      MICROSOFT_APP_ID: '00000000-1111-2222-3333-444444444444',
      MICROSOFT_APP_PASSWORD: 'secret',
      MICROSOFT_APP_TYPE: 'singletenant',
      MICROSOFT_APP_TENANT_ID: 'tenant',
      AZURE_LANGUAGE_ENDPOINT: 'https://a.cognitiveservices.azure.com/',
      AZURE_LANGUAGE_PROJECT: 'declic',
      AZURE_LANGUAGE_DEPLOYMENT: 'production',
      AZURE_LANGUAGE_KEY: 'a-key',
      AZURE_LANGUAGE_MONTHLY_CALLS: '5000',
    });
    expect(config).to.include({ production: true, port: 8080, host: '127.0.0.1', trustProxy: 1 });
    expect(config.publicUrl).to.equal('https://declic.example');
    expect(config.allowedOrigins).to.deep.equal(['https://a.example', 'https://b.example:8443']);
    expect(config.microsoftApp).to.deep.equal({
      id: '00000000-1111-2222-3333-444444444444',
      password: 'secret',
      type: 'SingleTenant',
      tenantId: 'tenant',
    });
    expect(config.clu).to.deep.equal({
      endpoint: 'https://a.cognitiveservices.azure.com',
      project: 'declic',
      deployment: 'production',
      credential: { kind: 'key', key: 'a-key' },
      monthlyCalls: 5000,
    });
    expect(config.warnings).to.deep.equal([]);
    expect(Buffer.from(config.givenSigningKey ?? []).toString('base64')).to.equal(KEY);
  });

  it('names every fault at once, whether of one setting or between several', () => {
    const faults = faultsOf({
      NODE_ENV: 'production',
      PORT: '99999',
      PUBLIC_URL: 'http://declic.example',
      DATABASE_URL: 'mysql://x',
      ALLOWED_ORIGINS: '*,http://a.example',
      LOG_LEVEL: 'loud',
      TRUST_PROXY: '-1',
      DIRECT_LINE_SECRET: 'short',
      MICROSOFT_APP_ID: 'id',
      MICROSOFT_APP_TYPE: 'SingleTenant',
      AZURE_LANGUAGE_KEY: 'a-key',
    });
    expect(faults.map((fault) => fault.split(':')[0])).to.deep.equal([
      'PORT',
      'DATABASE_URL',
      'LOG_LEVEL',
      'TRUST_PROXY',
      'DIRECT_LINE_SECRET',
      'PUBLIC_URL',
      'ALLOWED_ORIGINS',
      'ALLOWED_ORIGINS',
      'SIGNING_KEY',
      'MICROSOFT_APP_PASSWORD',
      'MICROSOFT_APP_TENANT_ID',
      'AZURE_LANGUAGE_ENDPOINT',
    ]);
  });

  for (const [name, value] of [
    ['NODE_ENV', 'prod'],
    ['PORT', '80.5'],
    ['PORT', '1e3'],
    ['PUBLIC_URL', 'declic.example'],
    ['PUBLIC_URL', 'https://declic.example/path'],
    ['PUBLIC_URL', 'https://user:pass@declic.example'],
    ['PUBLIC_URL', 'ftp://declic.example'],
    ['ALLOWED_ORIGINS', 'https://a.example;https://b.example'],
    ['ALLOWED_ORIGINS', 'a.example'],
    ['ALLOWED_ORIGINS', 'https://*.example'],
    ['SIGNING_KEY', 'too short'],
    ['SIGNING_KEY', Buffer.alloc(31, 'abcdefgh12345').toString('base64')],
    ['SIGNING_KEY', 'a'.repeat(64)],
    ['MICROSOFT_APP_TYPE', 'Tenant'],
    ['DATABASE_URL', 'postgres:///nowhere'],
  ] as const) {
    it(`refuses ${name}=${value}`, () => {
      const all =
        name === 'MICROSOFT_APP_TYPE' ? { MICROSOFT_APP_ID: 'i', MICROSOFT_APP_PASSWORD: 'p' } : {};
      const [fault, ...others] = faultsOf({ ...all, [name]: value });
      expect(others).to.deep.equal([]);
      expect(fault).to.match(new RegExp(`^${name}: `));
    });
  }

  it('never repeats a refused secret', () => {
    const secret = 'p4ss word';
    const environment = { DATABASE_URL: secret, SIGNING_KEY: secret, DIRECT_LINE_SECRET: secret };
    const faults = faultsOf(environment);
    expect(faults).to.have.length(3);
    expect(faults.join()).not.to.include(secret);
  });

  it('asks for the parts of an Azure identity that go together', () => {
    expect(faultsOf({ MICROSOFT_APP_PASSWORD: 'p' })).to.deep.equal([
      'MICROSOFT_APP_ID: missing, while other MICROSOFT_APP_ settings are given',
    ]);
    expect(faultsOf({ MICROSOFT_APP_ID: 'i' })).to.deep.equal([
      'MICROSOFT_APP_PASSWORD: required with MultiTenant',
    ]);
    expect(
      faultsOf({
        MICROSOFT_APP_ID: 'i',
        MICROSOFT_APP_TYPE: 'UserAssignedMSI',
        MICROSOFT_APP_PASSWORD: 'p',
      }),
    ).to.deep.equal([
      'MICROSOFT_APP_PASSWORD: must be empty with UserAssignedMSI',
      'MICROSOFT_APP_TENANT_ID: required with UserAssignedMSI',
    ]);
  });

  it('warns of settings that look misspelt, and of nothing else', () => {
    const { warnings } = readConfig({
      DATABSE_URL: 'postgres://db/x',
      MicrosoftAppId: 'id',
      PUBLICURL: 'x',
      PATH: '/bin',
      HOME: '/root',
      POST: 'x',
      npm_config_user_agent: 'npm',
      npm_package_name: 'declic',
    });
    expect(warnings).to.deep.equal([
      'DATABSE_URL is not read; did you mean DATABASE_URL?',
      'MicrosoftAppId is not read; did you mean MICROSOFT_APP_ID?',
      'PUBLICURL is not read; did you mean PUBLIC_URL?',
    ]);
  });

  it('is documented by .env.example, setting by setting, and the example can be used as it is', () => {
    const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const lines = [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)];
    expect(lines.map(([, name]) => name)).to.have.members([...SETTING_NAMES]);
    for (const line of lines) {
      expect(text.slice(0, line.index).split('\n\n').at(-1), line[1]).to.match(/^# /m);
    }
    const example = Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]));
    expect(readConfig(example)).to.deep.equal(readConfig({}));
  });
});

describe('signing key', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'declic-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is the one given, whatever the way it is written', () => {
    const hexadecimal = Buffer.from(KEY, 'base64').toString('hex');
    for (const SIGNING_KEY of [
      KEY,
      hexadecimal,
      Buffer.from(KEY, 'base64').toString('base64url'),
    ]) {
      const key = signingKey(readConfig({ SIGNING_KEY, DATA_DIR: dataDir }));
      expect(Buffer.from(key).toString('base64')).to.equal(KEY);
    }
  });

  it('is made once, outlives a restart, and only its owner can read it', () => {
    const config = readConfig({ DATA_DIR: join(dataDir, 'new') });
    const first = signingKey(config);
    expect(first).to.have.length(32);
    expect(signingKey(config)).to.deep.equal(first);
    expect(statSync(join(config.dataDir, 'signing.key')).mode & 0o777).to.equal(0o600);
  });

  it('differs from one installation to the next', () => {
    const one = signingKey(readConfig({ DATA_DIR: join(dataDir, 'one') }));
    expect(signingKey(readConfig({ DATA_DIR: join(dataDir, 'two') }))).not.to.deep.equal(one);
  });

  it('says which file is at fault when the kept key is damaged or out of reach', () => {
    const file = join(dataDir, 'signing.key');
    writeFileSync(file, '');
    expect(() => signingKey(readConfig({ DATA_DIR: dataDir }))).to.throw(AppError, file);
    const beneathAFile = join(file, 'data');
    expect(() => signingKey(readConfig({ DATA_DIR: beneathAFile }))).to.throw(
      AppError,
      beneathAFile,
    );
  });
});
