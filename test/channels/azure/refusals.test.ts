import { connect } from 'node:net';
import { expect } from 'chai';
import { createBotMessages } from '#channels/azure/create-bot-messages.ts';
import { errorOf, fakeAssistant, message, startBot, type TestBot } from './rig.ts';

describe('/api/messages refuses', () => {
  let bot: TestBot;
  before(async () => {
    bot = await startBot({ limits: { bodyWithin: 100 } });
  });
  after(() => bot.close());
  afterEach('nothing of it is heard', () => expect(bot.heard).to.deep.equal([]));

  it('what is not a POST', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await fetch(bot.url, { method });
      expect(answer.status).to.equal(405);
      expect(answer.headers.get('allow')).to.equal('POST');
      expect((await errorOf(answer)).code).to.equal('MethodNotAllowed');
    }
  });

  it('what is not JSON by its type, or in another coding or charset', async () => {
    for (const headers of [
      { 'Content-Type': 'text/plain' },
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      { 'Content-Type': 'application/jsonp' },
      { 'Content-Type': 'application/json; charset=iso-8859-1' },
      { 'Content-Encoding': 'gzip' },
    ]) {
      const answer = await bot.send(message(), headers as Record<string, string>);
      expect(answer.status, JSON.stringify(headers)).to.equal(415);
      expect((await errorOf(answer)).code).to.equal('UnsupportedMediaType');
    }
  });

  it('what is not one JSON object', async () => {
    for (const body of [
      '',
      '{',
      'bonjour',
      '[]',
      '[{"type":"message"}]',
      '"x"',
      '1',
      'null',
      '{}}',
    ]) {
      const answer = await bot.send(body);
      expect(answer.status, body).to.equal(400);
      expect((await errorOf(answer)).code, body).to.equal('BadSyntax');
    }
  });

  it('what is not UTF-8', async () => {
    const answer = await fetch(bot.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: new Uint8Array([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]),
    });
    expect(answer.status).to.equal(400);
  });

  it('a body that is too large, announced or not', async () => {
    const large = message({ text: 'a'.repeat(262_144) });
    const announced = await bot.send(large);
    expect(announced.status).to.equal(413);
    expect((await errorOf(announced)).code).to.equal('MessageSizeTooBig');
    const body = new Blob([JSON.stringify(large)]).stream();
    const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
    const streamed = await fetch(bot.url, { ...request, duplex: 'half' } as RequestInit);
    expect(streamed.status).to.equal(413);
  });

  it('a body that does not come', async () => {
    const socket = connect(bot.port, '127.0.0.1');
    socket.write(
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    );
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect(text).to.match(/^HTTP\/1\.1 408 .*"code":"Timeout"/s);
  });

  it('an activity that lacks what it cannot do without, and says all that it lacks', async () => {
    for (const [lack, words] of [
      [{ type: undefined }, 'type is required'],
      [{ type: '' }, 'type is required'],
      [{ type: 1 }, 'type is required'],
      [{ id: undefined }, 'id is required'],
      [{ channelId: undefined }, 'channelId is required'],
      [{ conversation: undefined }, 'conversation is required'],
      [{ conversation: {} }, 'conversation.id is required'],
      [{ conversation: 'c' }, 'conversation is required'],
      [{ from: undefined }, 'from is required'],
      [{ from: { id: null } }, 'from.id is required'],
      [{ type: undefined, id: undefined, from: {} }, 'type is required, from.id is required'],
      [{ id: undefined, from: {} }, 'from.id is required, id is required'],
    ] as const) {
      const answer = await bot.send(message(lack));
      expect(answer.status, words).to.equal(400);
      const { code, message: why } = await errorOf(answer);
      expect(code, words).to.equal('MissingProperty');
      expect(why).to.equal(`The activity cannot be read: ${words}.`);
    }
  });

  it('an activity with fields of a wrong kind', async () => {
    for (const wrong of [
      { id: 'a'.repeat(3000) },
      { serviceUrl: 'ftp://127.0.0.1' },
      { serviceUrl: 'not an address' },
      { serviceUrl: 'javascript:alert(1)' },
      { deliveryMode: 1 },
      { locale: ['fr'] },
    ]) {
      const answer = await bot.send(message(wrong));
      expect(answer.status, JSON.stringify(wrong)).to.equal(400);
      expect((await errorOf(answer)).code).to.equal('BadArgument');
    }
  });

  it('to call in return anything but this machine when no token is asked for', async () => {
    for (const serviceUrl of [
      'https://connector.example',
      'http://169.254.169.254/metadata',
      'http://10.0.0.1',
      'http://127.0.0.1.example',
      'http://localhost@connector.example',
      undefined,
    ]) {
      const answer = await bot.send(message({ serviceUrl }));
      expect(answer.status, serviceUrl).to.equal(400);
      expect((await errorOf(answer)).message).to.include('serviceUrl');
    }
  });

  it('everything in production when it has no app id, and says so at start', async () => {
    const closed = await startBot({ production: true });
    const answer = await closed.send(message({ deliveryMode: 'expectReplies' }));
    expect(answer.status).to.equal(404);
    expect((await errorOf(answer)).code).to.equal('ChannelNotConfigured');
    expect(closed.heard).to.deep.equal([]);
    expect(closed.log.map(({ level, message: said }) => `${level} ${said}`)).to.deep.equal([
      'warn Without MICROSOFT_APP_ID, /api/messages answers nobody.',
    ]);
    await closed.close();
  });

  it('nothing at start with an app id', () => {
    const said: string[] = [];
    const write = (_fields: object, words: string) => said.push(words);
    createBotMessages({
      assistant: fakeAssistant().assistant,
      logger: { debug: write, info: write, warn: write, error: write },
      clock: { now: () => new Date() },
      production: true,
      apology: () => '',
      appId: 'app',
      appPassword: 'password',
    });
    expect(said).to.deep.equal([]);
  });
});
