import { expect } from 'chai';
import type { Credentials } from '#channels/azure/azure.ts';
import { AppError } from '#shared/errors.ts';
import {
  errorOf,
  message,
  startBot,
  startConnector,
  type TestBot,
  type TestConnector,
} from './rig.ts';
import {
  APP_ID,
  ISSUER,
  startAuthority,
  type TestAuthority,
  type TokenParts,
  unsigned,
} from './token-authority.ts';

const HOUR = 3600;
const now = () => Math.floor(Date.now() / 1000);

let azureAnswers = true;

/** Stands for Azure, which gives the bot its own tokens. */
const credentials = {
  isValidAppId: async (id: string) => id === APP_ID,
  isAuthenticationDisabled: async () => false,
  async createCredentials() {
    if (!azureAnswers) throw new AppError('CHANNEL_FAILED', 'Azure does not answer');
    return {
      signRequest: async (request: { headers: { set(name: string, value: string): void } }) => {
        request.headers.set('Authorization', 'Bearer of-the-bot');
        return request;
      },
    };
  },
} as unknown as Credentials;

describe('tokens of channels', () => {
  let authority: TestAuthority;
  let connector: TestConnector;
  let bot: TestBot;
  let printed: unknown[][];
  const console_ = { error: console.error, warn: console.warn };

  before(async () => {
    authority = await startAuthority();
    connector = await startConnector();
  });
  after(async () => {
    await authority.close();
    await connector.close();
  });
  beforeEach(async () => {
    printed = [];
    console.error = console.warn = (...words: unknown[]) => void printed.push(words);
    bot = await startBot({
      appId: APP_ID,
      appPassword: 'p',
      authority: authority.settings,
      credentials,
    });
  });
  afterEach(async () => {
    Object.assign(console, console_);
    await bot.close();
    connector.posted.length = 0;
  });

  const activity = (more: Record<string, unknown> = {}) =>
    message({ serviceUrl: connector.url, channelId: 'msteams', ...more });
  const sendWith = async (parts: TokenParts = {}, more: Record<string, unknown> = {}) =>
    bot.send(activity(more), {
      Authorization: `Bearer ${await authority.token(connector.url, parts)}`,
    });

  async function expectRefused(answer: Response, status = 401, code = 'Unauthorized') {
    expect(answer.status).to.equal(status);
    expect((await errorOf(answer)).code).to.equal(code);
    if (status === 401) expect(answer.headers.get('www-authenticate')).to.equal('Bearer');
    expect(bot.heard).to.deep.equal([]);
    expect(connector.posted).to.deep.equal([]);
  }

  it('that are valid are taken, and replies go out with the bot’s own token', async () => {
    expect((await sendWith()).status).to.equal(200);
    expect(connector.texts()).to.deep.equal(['J’ai lu : bonjour', 'Et de 1.']);
    expect(connector.posted.map(({ authorization }) => authorization)).to.deep.equal(
      Array(2).fill('Bearer of-the-bot'),
    );
    expect(printed).to.deep.equal([]);
  });

  it('that are valid are taken by whoever expects replies in the body', async () => {
    const answer = await sendWith({}, { deliveryMode: 'expectReplies' });
    expect(answer.status).to.equal(200);
    expect(await answer.json())
      .to.have.property('activities')
      .with.length(2);
  });

  it('are taken with clocks that differ by less than five minutes', async () => {
    expect((await sendWith({ claims: { exp: now() - 200, nbf: now() + 200 } })).status).to.equal(
      200,
    );
  });

  it('are required, as one bearer token and nothing else', async () => {
    const token = await authority.token(connector.url);
    await expectRefused(await bot.send(activity()));
    for (const header of [
      '',
      'Bearer',
      'Bearer ',
      'Bearer a.b',
      'Bearer a.b.c',
      `Basic ${token}`,
      `bearer ${token}`,
      `Bearer ${token} ${token}`,
      `Bearer ${token}, Bearer ${token}`,
      token,
      `Bearer ${'a'.repeat(9000)}.b.c`,
    ]) {
      await expectRefused(await bot.send(activity(), { Authorization: header }));
    }
  });

  for (const [words, parts] of [
    ['have expired', { claims: { exp: now() - HOUR } }],
    ['never expire', { claims: { exp: undefined } }],
    ['are not valid yet', { claims: { nbf: now() + HOUR } }],
    ['are for another bot', { claims: { aud: 'another' } }],
    ['are for nobody', { claims: { aud: undefined } }],
    ['are for several bots', { claims: { aud: [APP_ID, 'another'] } }],
    ['are of another issuer', { claims: { iss: 'https://api.botframework.example' } }],
    ['are of no issuer', { claims: { iss: undefined } }],
    ['are of several issuers', { claims: { iss: [ISSUER] as unknown as string } }],
    ['are forged', { forged: true }],
    ['name a key that does not exist', { header: { kid: 'key-2' } }],
    ['name no key', { header: { kid: undefined } }],
    ['name a tenant of their own', { claims: { tid: '99999999-0000-0000-0000-000000000000' } }],
    ['name a tenant that is not a text', { claims: { tid: { length: 1 } } }],
    [
      'are those of another bot that calls us as a skill',
      { claims: { ver: '1.0', appid: 'other-bot' } },
    ],
  ] as [string, TokenParts][]) {
    it(`that ${words} are refused`, async () => expectRefused(await sendWith(parts)));
  }

  it('without signature, or signed with what is public, are refused', async () => {
    const claims = { iss: ISSUER, aud: APP_ID, serviceurl: connector.url, exp: now() + HOUR };
    for (const token of [
      unsigned(claims),
      `${unsigned(claims)}e30`,
      `${unsigned(claims, { alg: 'HS256', kid: 'key-1' })}c2ln`,
      `${unsigned(claims, { alg: 'RS256', kid: 'key-1' })}c2ln`,
      `${unsigned(claims, { alg: 'none' })}c2ln`,
      `${Buffer.from('{').toString('base64url')}.e30.c2ln`,
      'e30.bnVsbA.c2ln',
    ]) {
      await expectRefused(await bot.send(activity(), { Authorization: `Bearer ${token}` }));
    }
  });

  it('changed after signing are refused', async () => {
    const [head, , signature] = (await authority.token(connector.url)).split('.');
    const [, body] = unsigned({ iss: ISSUER, aud: APP_ID, exp: now() + HOUR }).split('.');
    const changed = `Bearer ${head}.${body}.${signature}`;
    await expectRefused(await bot.send(activity(), { Authorization: changed }));
  });

  it('say where replies go: another address, a near one, or none at all is refused', async () => {
    for (const serviceUrl of ['https://evil.example', `${connector.url}/`, 'http://localhost:1']) {
      await expectRefused(await sendWith({}, { serviceUrl }));
    }
    await expectRefused(await sendWith({}, { serviceUrl: undefined }), 400, 'BadArgument');
    await expectRefused(await sendWith({}, { serviceUrl: '' }), 400, 'BadArgument');
    await expectRefused(await sendWith({ claims: { serviceurl: undefined } }));
  });

  it('cannot choose older rules by the name of the channel', async () => {
    await expectRefused(await sendWith({}, { channelId: 'AseChannel' }));
  });

  it('of a key that is endorsed for one channel do not speak for another', async () => {
    const strict = await startAuthority();
    strict.endorse(['msteams']);
    await bot.close();
    bot = await startBot({
      appId: APP_ID,
      appPassword: 'p',
      authority: strict.settings,
      credentials,
    });
    const header = { Authorization: `Bearer ${await strict.token(connector.url)}` };
    await expectRefused(await bot.send(activity({ channelId: 'sms' }), header));
    expect((await bot.send(activity(), header)).status).to.equal(200);
    await strict.close();
  });

  it('of the bot itself, which the Emulator brings, are refused in production', async () => {
    const claims = {
      iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
      ver: '1.0',
      appid: APP_ID,
    };
    expect((await sendWith({ claims })).status).to.equal(200);
    await bot.close();
    const identity = {
      appId: APP_ID,
      appPassword: 'p',
      authority: authority.settings,
      credentials,
    };
    bot = await startBot({ ...identity, production: true });
    connector.posted.length = 0;
    await expectRefused(await sendWith({ claims }));
    expect((await sendWith()).status).to.equal(200);
  });

  it('leave no trace when they make a turn fail: the next one goes well', async () => {
    azureAnswers = false;
    expect((await sendWith()).status).to.equal(502);
    azureAnswers = true;
    expect((await sendWith()).status).to.equal(200);
  });

  it('are refused before their bearer may send a body', async () => {
    const answer = await bot.send('{', { Authorization: 'Bearer a.b.c' });
    await expectRefused(answer);
    expect(
      (await bot.send('{', { Authorization: `Bearer ${await authority.token('')}` })).status,
    ).to.equal(400);
  });

  it('cannot be checked while the keys cannot be read: the channel is asked to come back', async () => {
    const broken = await startAuthority();
    broken.breakDown();
    await bot.close();
    bot = await startBot({
      appId: APP_ID,
      appPassword: 'p',
      authority: broken.settings,
      credentials,
    });
    const header = { Authorization: `Bearer ${await broken.token(connector.url)}` };
    const answer = await bot.send(activity(), header);
    expect(answer.headers.get('retry-after')).to.equal('5');
    await expectRefused(answer, 503, 'ServiceUnavailable');
    expect(bot.errors()).to.have.length(1);
    await broken.close();
    await expectRefused(await bot.send(activity(), header), 503, 'ServiceUnavailable');
  });

  it('leave nothing in the log of who sent them', async () => {
    await sendWith({ forged: true });
    await sendWith({ claims: { exp: now() - HOUR } });
    expect(JSON.stringify(bot.log)).not.to.match(/eyJ|bonjour|person-1/);
    expect(bot.errors()).to.deep.equal([]);
  });
});
