import { expect } from 'chai';
import { AppError } from '#shared/errors.ts';
import {
  fakeAssistant,
  message,
  startBot,
  startConnector,
  type TestBot,
  type TestConnector,
} from './rig.ts';

interface ExpectedReplies {
  readonly activities: readonly Record<string, unknown>[];
}

describe('/api/messages', () => {
  let connector: TestConnector;
  let bot: TestBot;
  const restart = async (options: Parameters<typeof startBot>[0] = {}) => {
    await bot.close();
    bot = await startBot(options);
  };
  const from = (more: Record<string, unknown> = {}) =>
    message({ serviceUrl: connector.url, ...more });

  before(async () => {
    connector = await startConnector();
  });
  after(() => connector.close());
  beforeEach(async () => {
    connector.posted.length = 0;
    connector.respondWith(() => 200);
    bot = await startBot();
  });
  afterEach(() => bot.close());

  it('says at start that it answers anybody when there is no app id', () => {
    expect(bot.log.map(({ message: said }) => said)).to.deep.equal([
      'Without MICROSOFT_APP_ID, /api/messages answers anybody.',
    ]);
  });

  it('answers in the body to whoever expects replies there', async () => {
    const answer = await bot.send(
      message({ deliveryMode: 'expectReplies', serviceUrl: undefined }),
    );
    expect(answer.status).to.equal(200);
    const { activities } = (await answer.json()) as ExpectedReplies;
    expect(activities.map(({ text }) => text)).to.deep.equal(['J’ai lu : bonjour', 'Et de 1.']);
    expect(activities[0]).to.deep.include({
      type: 'message',
      from: { id: 'bot-1', name: 'Declic' },
      recipient: { id: 'person-1', name: 'Awa' },
      conversation: { id: 'conversation-1' },
      replyToId: 'activity-1',
      channelId: 'emulator',
    });
    expect(connector.posted).to.deep.equal([]);
  });

  it('sends its replies to the connector, in order, as answers to the activity', async () => {
    const answer = await bot.send(from());
    expect(answer.status).to.equal(200);
    expect(await answer.text()).to.equal('');
    expect(connector.texts()).to.deep.equal(['J’ai lu : bonjour', 'Et de 1.']);
    for (const { method, path, authorization } of connector.posted) {
      expect(`${method} ${path}`).to.equal(
        'POST /v3/conversations/conversation-1/activities/activity-1',
      );
      expect(authorization).to.equal(undefined);
    }
  });

  it('hands the assistant the ids and the language of the channel', async () => {
    await bot.send(from({ value: { action: { do: 'way_out', way: 'menu' } } }));
    expect(bot.heard).to.deep.equal([
      {
        channel: 'emulator',
        conversationId: 'conversation-1',
        activityId: 'activity-1',
        userId: 'person-1',
        kind: 'message',
        text: 'bonjour',
        locale: 'fr-FR',
        action: { do: 'way_out', way: 'menu' },
      },
    ]);
  });

  it('takes nobody for a person of our own website, whatever their ids', async () => {
    await bot.send(from({ channelId: 'directline', from: { id: 'dl_known' } }));
    await bot.send(from({ channelId: 'whatsapp', id: 'b' }));
    expect(bot.heard.map(({ channel }) => channel)).to.deep.equal([
      'azure-directline',
      'azure-whatsapp',
    ]);
  });

  it('opens the conversation when a person joins, as that person, and not for the bot', async () => {
    const joins = (id: string | undefined, members: string[]) =>
      from({
        type: 'conversationUpdate',
        id,
        text: undefined,
        from: { id: 'channel' },
        membersAdded: members.map((member) => ({ id: member })),
      });
    await bot.send(joins('j1', ['bot-1']));
    expect(bot.heard).to.deep.equal([]);
    await bot.send(joins('j2', ['bot-1', 'person-1']));
    await bot.send(joins(undefined, ['person-1']));
    expect(
      bot.heard.map(({ kind, activityId, userId }) => [kind, activityId, userId]),
    ).to.deep.equal([
      ['start', 'j2', 'person-1'],
      ['start', 'start', 'person-1'],
    ]);
    expect(connector.posted.map(({ path }) => path)).to.include(
      '/v3/conversations/conversation-1/activities',
    );
  });

  it('says nothing to what calls for no answer, nor to a bot, itself included', async () => {
    for (const activity of [
      from({ type: 'typing', id: undefined }),
      from({ type: 'endOfConversation' }),
      from({ type: 'messageReaction' }),
      from({ type: 'somethingNew' }),
      from({ from: { id: 'bot-1' } }),
      from({ from: { id: 'bot-2', role: 'bot' } }),
    ]) {
      expect((await bot.send(activity)).status, String(activity.type)).to.equal(200);
    }
    const expected = await bot.send(from({ type: 'typing', deliveryMode: 'expectReplies' }));
    expect(await expected.json()).to.deep.equal({ activities: [] });
    expect(bot.heard).to.deep.equal([]);
    expect(connector.posted).to.deep.equal([]);
  });

  it('answers 501 to an invoke, which it does not know', async () => {
    const answer = await bot.send(from({ type: 'invoke', name: 'x' }));
    expect(answer.status).to.equal(501);
    expect(await answer.json()).to.have.nested.property('error.code', 'NotImplemented');
  });

  it('sends nothing twice when the channel repeats an activity that was delivered', async () => {
    await bot.send(from());
    expect((await bot.send(from())).status).to.equal(200);
    expect(bot.heard).to.have.length(1);
    expect(connector.texts()).to.deep.equal(['J’ai lu : bonjour', 'Et de 1.']);
  });

  it('gives the recorded replies again to whoever expects them in the body', async () => {
    const ask = async () =>
      (
        await bot.send(message({ deliveryMode: 'expectReplies' }))
      ).json() as Promise<ExpectedReplies>;
    expect(await ask()).to.deep.equal(await ask());
    expect(bot.heard).to.have.length(1);
  });

  it('fails when the connector fails, so that the channel retries, then goes on where it was', async () => {
    connector.respondWith((index) => (index === 1 ? 400 : 200));
    const failed = await bot.send(from());
    expect(failed.status).to.equal(502);
    expect(await failed.json()).to.have.nested.property('error.code', 'BotDeliveryFailed');
    expect(connector.texts()).to.deep.equal(['J’ai lu : bonjour']);
    expect(bot.errors()).to.have.length(1);
    expect(bot.errors()[0]?.fields.err)
      .to.be.instanceOf(AppError)
      .and.have.property('code', 'CHANNEL_FAILED');

    expect((await bot.send(from())).status).to.equal(200);
    expect(connector.texts()).to.deep.equal(['J’ai lu : bonjour', 'Et de 1.']);
    expect(bot.heard).to.have.length(1);
  });

  it('answers in time when the connector does not, and a retry joins what is under way', async () => {
    await restart({ limits: { deliveryAnsweredWithin: 30 } });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    connector.respondWith(async () => {
      await held;
      return 200;
    });
    expect((await bot.send(from())).status).to.equal(502);
    const retry = bot.send(from());
    release();
    expect((await retry).status).to.be.oneOf([200, 502]);
    while (connector.posted.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect((await bot.send(from())).status).to.equal(200);
    expect(connector.texts()).to.deep.equal(['J’ai lu : bonjour', 'Et de 1.']);
  });

  it('gives up on a connector that never answers, or cannot be reached', async () => {
    await restart({ limits: { deliveryAttemptWithin: 50 } });
    let release = () => {};
    const held = new Promise<number>((resolve) => {
      release = () => resolve(200);
    });
    connector.respondWith(() => held);
    expect((await bot.send(from())).status).to.equal(502);
    release();
    expect(
      (await bot.send(from({ id: 'other', serviceUrl: 'http://127.0.0.1:1' }))).status,
    ).to.equal(502);
  });

  it('follows no redirection of a connector', async () => {
    connector.respondWith(() => 307);
    expect((await bot.send(from())).status).to.equal(502);
  });

  it('apologises once when the assistant is broken, and logs no word of the person', async () => {
    let broken = true;
    const { assistant, heard } = fakeAssistant();
    await restart({
      assistant: {
        handle: async (incoming) => {
          if (broken) throw new AppError('STORAGE_FAILED', 'no disk');
          return assistant.handle(incoming);
        },
      },
    });
    const secret = 'je suis enceinte';
    expect((await bot.send(from({ text: secret }))).status).to.equal(200);
    expect(connector.texts()).to.deep.equal(['Pardon (fr-FR).']);
    expect(bot.errors()).to.have.length(1);
    expect(bot.errors()[0]?.fields).to.include({ channel: 'emulator' });
    expect(JSON.stringify(bot.log)).not.to.include(secret);

    broken = false;
    await bot.send(from({ text: secret }));
    expect(heard).to.have.length(1);
    expect(connector.texts()).to.deep.equal(['Pardon (fr-FR).', `J’ai lu : ${secret}`, 'Et de 1.']);
  });

  it('does not mix the replies to two messages of one person', async () => {
    await Promise.all([
      bot.send(from({ id: 'a', text: 'A' })),
      bot.send(from({ id: 'b', text: 'B' })),
    ]);
    const turns = connector.posted.map(({ activity }) => activity.replyToId);
    expect(turns).to.have.members(['a', 'a', 'b', 'b']);
    expect(turns[0]).to.equal(turns[1]);
  });
});
