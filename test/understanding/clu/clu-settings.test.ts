import { expect } from 'chai';
import { readCluSettings } from '#understanding/clu/clu-settings.ts';
import { createCredential, patient, TOKEN_SCOPE } from '#understanding/clu/create-credential.ts';

const PROJECT = {
  AZURE_LANGUAGE_ENDPOINT: 'https://Declic.cognitiveservices.azure.com/',
  AZURE_LANGUAGE_PROJECT: 'declic',
  AZURE_LANGUAGE_DEPLOYMENT: 'production',
};
const KEYED = { ...PROJECT, AZURE_LANGUAGE_KEY: 'a-key' };
const APPLICATION = {
  ...PROJECT,
  AZURE_LANGUAGE_CLIENT_ID: 'client',
  AZURE_LANGUAGE_TENANT_ID: 'tenant',
  AZURE_LANGUAGE_CLIENT_SECRET: 'secret',
};

/** The names of the settings at fault. */
const faults = (environment: Record<string, string | undefined>) =>
  readCluSettings(environment).faults.map((fault) => fault.split(':')[0]);

describe('Azure CLU: its settings', () => {
  it('are all absent, or blank: it is not configured', () => {
    const blank = Object.fromEntries(Object.keys(APPLICATION).map((name) => [name, ' ']));
    for (const environment of [{}, blank]) {
      expect(readCluSettings(environment)).to.deep.equal({ settings: undefined, faults: [] });
    }
  });

  it('are read with a key', () => {
    expect(readCluSettings({ ...KEYED, AZURE_LANGUAGE_MONTHLY_CALLS: '5000' })).to.deep.equal({
      faults: [],
      settings: {
        endpoint: 'https://declic.cognitiveservices.azure.com',
        project: 'declic',
        deployment: 'production',
        credential: { kind: 'key', key: 'a-key' },
        monthlyCalls: 5000,
      },
    });
  });

  it('are read with an application of Entra ID, or an identity that Azure manages', () => {
    expect(readCluSettings(APPLICATION).settings?.credential).to.deep.equal({
      kind: 'application',
      tenantId: 'tenant',
      clientId: 'client',
      clientSecret: 'secret',
    });
    const managed = { ...PROJECT, AZURE_LANGUAGE_CLIENT_ID: 'client' };
    expect(readCluSettings(managed).settings?.credential).to.deep.equal({
      kind: 'managed',
      clientId: 'client',
    });
  });

  for (const [what, environment, named] of [
    ['a key alone', { AZURE_LANGUAGE_KEY: 'a-key' }, ['AZURE_LANGUAGE_ENDPOINT']],
    ['a limit alone', { AZURE_LANGUAGE_MONTHLY_CALLS: '10' }, ['AZURE_LANGUAGE_ENDPOINT']],
    [
      'an endpoint alone',
      { AZURE_LANGUAGE_ENDPOINT: PROJECT.AZURE_LANGUAGE_ENDPOINT },
      ['AZURE_LANGUAGE_PROJECT', 'AZURE_LANGUAGE_DEPLOYMENT', 'AZURE_LANGUAGE_KEY'],
    ],
    ['no way to sign in', PROJECT, ['AZURE_LANGUAGE_KEY']],
    ['two ways to sign in', { ...KEYED, ...APPLICATION }, ['AZURE_LANGUAGE_KEY']],
    [
      'an application without its id',
      { ...APPLICATION, AZURE_LANGUAGE_CLIENT_ID: '' },
      ['AZURE_LANGUAGE_CLIENT_ID'],
    ],
    [
      'a secret without the tenant',
      { ...APPLICATION, AZURE_LANGUAGE_TENANT_ID: '' },
      ['AZURE_LANGUAGE_TENANT_ID'],
    ],
    [
      'a tenant without the secret',
      { ...APPLICATION, AZURE_LANGUAGE_CLIENT_SECRET: '' },
      ['AZURE_LANGUAGE_CLIENT_SECRET'],
    ],
    [
      'http',
      { ...KEYED, AZURE_LANGUAGE_ENDPOINT: 'http://a.example' },
      ['AZURE_LANGUAGE_ENDPOINT'],
    ],
    [
      'an address with a path',
      { ...KEYED, AZURE_LANGUAGE_ENDPOINT: 'https://a.example/language' },
      ['AZURE_LANGUAGE_ENDPOINT'],
    ],
    [
      'an address with a password',
      { ...KEYED, AZURE_LANGUAGE_ENDPOINT: 'https://a:b@a.example' },
      ['AZURE_LANGUAGE_ENDPOINT'],
    ],
    [
      'a name with a space',
      { ...KEYED, AZURE_LANGUAGE_PROJECT: 'my bot' },
      ['AZURE_LANGUAGE_PROJECT'],
    ],
    [
      'a name of 51 letters',
      { ...KEYED, AZURE_LANGUAGE_DEPLOYMENT: 'a'.repeat(51) },
      ['AZURE_LANGUAGE_DEPLOYMENT'],
    ],
    [
      'a limit of none',
      { ...KEYED, AZURE_LANGUAGE_MONTHLY_CALLS: '0' },
      ['AZURE_LANGUAGE_MONTHLY_CALLS'],
    ],
  ] as const) {
    it(`are refused with ${what}`, () => {
      expect(faults(environment)).to.deep.equal(named);
      expect(readCluSettings(environment).settings).to.equal(undefined);
    });
  }

  it('are refused without repeating what was given', () => {
    const secret = 'p4ss word';
    const given = { AZURE_LANGUAGE_KEY: secret, AZURE_LANGUAGE_ENDPOINT: secret };
    const told = readCluSettings(given).faults.join();
    expect(told).to.include('AZURE_LANGUAGE_KEY').and.to.include('AZURE_LANGUAGE_ENDPOINT');
    expect(told).to.not.include(secret);
  });
});

describe('Azure CLU: its credential', () => {
  const settingsOf = (environment: Record<string, string>) => {
    const { settings } = readCluSettings(environment);
    if (settings === undefined) throw new Error('The settings of this test cannot be used.');
    return settings;
  };

  it('is the key, or what fetches tokens', async () => {
    expect(await createCredential(settingsOf(KEYED))).to.equal('a-key');
    for (const environment of [APPLICATION, { ...PROJECT, AZURE_LANGUAGE_CLIENT_ID: 'client' }]) {
      expect(await createCredential(settingsOf(environment))).to.respondTo('getToken');
    }
  });

  it('goes on fetching a token when the turn that asked for it has stopped waiting', async () => {
    const asked: unknown[] = [];
    const credential = patient({
      getToken: async (...given) => {
        asked.push(given);
        return { token: 'a-token', expiresOnTimestamp: 9e15 };
      },
    });
    await credential.getToken(TOKEN_SCOPE, { abortSignal: AbortSignal.abort(), tenantId: 't' });
    expect(asked).to.deep.equal([[TOKEN_SCOPE, { tenantId: 't' }]]);
  });
});
