import { createRequire } from 'node:module';
import type { ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import { type Endpoint, SECRET, SITE, say } from '#test/channels/directline/support/endpoint.ts';
import { onEveryStage } from '#test/channels/directline/support/on-every-stage.ts';
import type { Seen } from '#test/channels/directline/support/open-stream.ts';

const require = createRequire(import.meta.url);

/** The client as published. It looks for a browser's globals when it is loaded and when it asks. */
function loadClient(): typeof import('botframework-directlinejs') {
  Object.assign(globalThis, { WebSocket, XMLHttpRequest: require('xhr2') });
  return require('botframework-directlinejs');
}

/** Web Chat and the client speak in observables; tests wait for what they need. */
function follow(client: DirectLine) {
  const seen: Seen[] = [];
  const states: ConnectionStatus[] = [];
  const waiting = new Set<() => void>();
  const failure = Promise.withResolvers<string>();
  const news = () => {
    for (const look of waiting) look();
  };
  client.connectionStatus$.subscribe((state) => {
    states.push(state);
    news();
  });
  client.activity$.subscribe(
    (activity) => {
      seen.push(activity);
      news();
    },
    (error: Error) => failure.resolve(error.message),
  );
  const until = (is: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!is()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { seen, states, until, failed: failure.promise };
}

const post = (client: DirectLine, activity: object): Promise<string> =>
  new Promise((resolve, reject) => {
    client
      .postActivity(activity as Parameters<DirectLine['postActivity']>[0])
      .subscribe(resolve, reject);
  });

onEveryStage('botframework-directlinejs 0.15.8', (start) => {
  const clients: DirectLine[] = [];
  const { DirectLine: Client, ConnectionStatus: Status } = loadClient();
  afterEach(() => {
    for (const client of clients.splice(0)) client.end();
  });

  const connect = (endpoint: Endpoint, options: object) => {
    const domain = `${endpoint.root}/v3/directline`;
    const client = new Client({ domain, timeout: 5000, ...options });
    clients.push(client);
    return client;
  };

  for (const webSocket of [true, false]) {
    const way = webSocket ? 'by WebSocket' : 'by polling';

    it(`holds a conversation ${way}: greeted, echoed, answered, button pressed`, async () => {
      const endpoint = await start();
      const choices = [{ title: 'Menu', action: { do: 'way_out', way: 'menu' } }] as const;
      endpoint.script = async ({ kind, text }) =>
        kind === 'start' ? [say('Bienvenue.', { choices })] : [say(`Vous dites : ${text}`)];
      const { token } = await endpoint.generate({ user: { id: 'dl_lou' } });
      const client = connect(endpoint, { token, webSocket, pollingInterval: 200 });
      const { seen, until, states } = follow(client);
      await until(() => seen.length === 1);
      expect(states.at(-1)).to.equal(Status.Online);
      expect(seen[0].suggestedActions).to.deep.equal({
        to: ['dl_lou'],
        actions: [
          {
            type: 'messageBack',
            title: 'Menu',
            text: 'Menu',
            displayText: 'Menu',
            value: { action: choices[0].action },
          },
        ],
      });
      const channelData = { clientActivityID: 'web.1' };
      const id = await post(client, { type: 'message', text: 'Bonjour', channelData });
      await until(() => seen.length === 3);
      expect(seen[1]).to.deep.include({ id, text: 'Bonjour', channelData });
      expect(seen[1].from).to.deep.equal({ id: 'dl_lou', role: 'user' });
      expect(seen[2]).to.include({ text: 'Vous dites : Bonjour', replyToId: id });
      const [{ text, value }] = seen[0].suggestedActions.actions;
      await post(client, { type: 'message', text, value });
      expect(endpoint.handled.at(-1)).to.deep.include({ text: 'Menu', action: choices[0].action });
    });

    it(`holds a conversation ${way} with the secret and a user of its own`, async () => {
      const endpoint = await start();
      const client = connect(endpoint, { secret: SECRET, webSocket, pollingInterval: 200 });
      client.setUserId('u_test');
      const { seen, until } = follow(client);
      await until(() => seen.length === 1);
      await post(client, { type: 'message', text: 'Bonjour', from: { id: 'u_test' } });
      await until(() => seen.length === 3);
      expect(seen[1].from.id).to.equal('u_test');
      expect(endpoint.handled.at(-1)?.userId).to.equal('dl_s_u_test');
    });
  }

  it('DL-043 comes back by itself after a restart of the server, and misses nothing', async () => {
    const endpoint = await start();
    const { token, conversationId } = await endpoint.generate();
    // It waits for 3 to 15 seconds, as chance will have it, before it tries again.
    const client = connect(endpoint, { token, webSocket: true, random: () => 0 });
    const { seen, until, states } = follow(client);
    await until(() => seen.length === 1);
    await endpoint.restart();
    const path = `/conversations/${conversationId}/activities`;
    const body = { type: 'message', from: { id: 'u1' }, text: 'Entre-temps' };
    await endpoint.ask(path, { method: 'POST', token, body });
    await until(() => seen.length === 3);
    expect(seen.map(({ text }) => text)).to.deep.equal([
      'Bienvenue.',
      'Entre-temps',
      'Vous dites : Entre-temps',
    ]);
    expect(states.at(-1)).to.equal(Status.Online);
  });

  it('DL-109 is forgotten when it ends', async () => {
    const endpoint = await start({ limits: { streamsPerAddress: 1 } });
    const { token } = await endpoint.generate();
    const client = connect(endpoint, { token, webSocket: true });
    const { seen, until, states, failed } = follow(client);
    await until(() => seen.length === 1);
    client.end();
    expect(await failed).to.equal('conversation ended');
    expect(states.at(-1)).to.equal(Status.Ended);
    const next = connect(endpoint, { token: (await endpoint.generate()).token, webSocket: true });
    const other = follow(next);
    await other.until(() => other.seen.length === 1);
  });

  it('DL-067 takes the refusal of a bot that fails for a message to send again', async () => {
    const endpoint = await start();
    const { token } = await endpoint.generate();
    const client = connect(endpoint, { token, webSocket: true });
    const { seen, until } = follow(client);
    await until(() => seen.length === 1);
    endpoint.script = async () => Promise.reject(new TypeError('broken'));
    const message = { type: 'message', text: 'x', from: { id: 'u1' } };
    expect(await post(client, message)).to.equal('retry');
    endpoint.script = async () => [say('Réparé.')];
    expect(await post(client, message)).not.to.equal('retry');
  });

  it('uses a token that a page got without a secret', async () => {
    const endpoint = await start();
    const page = { method: 'POST', headers: { origin: SITE } };
    const { token } = (await endpoint.ask('/tokens/generate', page)).json;
    const client = connect(endpoint, { token, webSocket: true });
    const { seen, until } = follow(client);
    await until(() => seen.length === 1);
    await post(client, { type: 'message', text: 'Bonjour', from: { id: 'whoever' } });
    await until(() => seen.length === 3);
    expect(seen[1].from.id).to.match(/^dl_a_/);
  });
});
