import { expect } from 'chai';
import { say } from '#test/channels/directline/support/endpoint.ts';
import { onEveryStage } from '#test/channels/directline/support/on-every-stage.ts';
import { type Seen, statusOf } from '#test/channels/directline/support/open-stream.ts';

onEveryStage('Direct Line: the stream', (start) => {
  it('DL-028 DL-029 opens at the address given, without Authorization', async () => {
    const endpoint = await start();
    const { streamUrl, conversationId } = await endpoint.converse();
    const host = endpoint.root.replace('http:', 'ws:');
    expect(streamUrl).to.match(
      new RegExp(`^${host}/v3/directline/conversations/${conversationId}/stream\\?`),
    );
    expect(await statusOf(streamUrl)).to.equal(101);
  });

  it('DL-028 gives the public address, whatever Host and forwarding headers claim', async () => {
    const endpoint = await start({ publicUrl: 'https://chat.example.org' });
    const { token } = await endpoint.generate();
    for (const host of ['evil.example', '127.0.0.1:3978', 'chat.example.org']) {
      const headers = { host, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
      const asked = { method: 'POST', token, headers };
      const { streamUrl } = (await endpoint.ask('/conversations', asked)).json;
      expect(streamUrl).to.match(/^wss:\/\/chat\.example\.org\/v3\/directline\//);
    }
  });

  it('DL-028 gives the address used, when the service is set up for a machine or its network', async () => {
    const endpoint = await start({ publicUrl: 'http://localhost:3978' });
    const { token } = await endpoint.generate();
    const streamFor = async (host: string) => {
      const asked = { method: 'POST', token, headers: { host } };
      return new URL((await endpoint.ask('/conversations', asked)).json.streamUrl).origin;
    };
    expect(await streamFor('192.168.1.20:3978')).to.equal('ws://192.168.1.20:3978');
    expect(await streamFor('127.0.0.1:4000')).to.equal('ws://127.0.0.1:4000');
    for (const host of ['evil.example', '10.0.0.1.evil.example', '8.8.8.8']) {
      expect(await streamFor(host)).to.equal('ws://localhost:3978');
    }
  });

  it('DL-030 refuses an address after 60 s, and gives a fresh one', async () => {
    const endpoint = await start();
    const { streamUrl, path, token } = await endpoint.converse();
    endpoint.clock.advance(61_000);
    expect(await statusOf(streamUrl)).to.equal(403);
    const { json } = await endpoint.ask(path, { token });
    expect(await statusOf(json.streamUrl)).to.equal(101);
  });

  it('DL-031 DL-005 refuses a forged address before switching protocols', async () => {
    const endpoint = await start();
    const { streamUrl, token, conversationId } = await endpoint.converse();
    const other = await endpoint.converse();
    const forged = [
      streamUrl.replace(/t=.*/, 't=x'),
      streamUrl.replace(/&t=.*/, ''),
      streamUrl.replace(/t=.*/, `t=${token}`),
      streamUrl.replace(conversationId, other.conversationId),
      `${streamUrl}x`,
    ];
    for (const url of forged) expect(await statusOf(url), url).to.equal(403);
    const headers = { origin: 'https://evil.example' };
    expect(await statusOf(streamUrl, headers)).to.equal(403);
  });

  it('DL-051 knows no multimodal stream', async () => {
    const endpoint = await start();
    const { streamUrl } = await endpoint.converse();
    expect(await statusOf(streamUrl.replace('/stream?', '/stream/multimodal?'))).to.equal(404);
  });

  it('DL-032 DL-036 DL-038 sends what was said before it opened, first, in order, once', async () => {
    const endpoint = await start();
    const { streamUrl, post, conversationId } = await endpoint.converse();
    await post('Un');
    const stream = await endpoint.stream(streamUrl);
    await stream.activities(3);
    await post('Deux');
    const seen = await stream.activities(5);
    expect(seen.map((it) => it.text)).to.deep.equal([
      'Bienvenue.',
      'Un',
      'Vous dites : Un',
      'Deux',
      'Vous dites : Deux',
    ]);
    for (const frame of stream.frames) {
      const { activities, watermark } = JSON.parse(frame);
      expect(activities).to.be.an('array');
      expect(watermark).to.be.a('string');
    }
    for (const it of seen) {
      expect(it).to.include({ channelId: 'directline', type: 'message' });
      expect(it.id).to.match(new RegExp(`^${conversationId}\\|\\d{7}$`));
      expect(it.conversation.id).to.equal(conversationId);
      expect(it.from.id).to.be.a('string');
      expect(new Date(it.timestamp).toISOString()).to.equal(it.timestamp);
    }
  });

  it('DL-033 says now and then that it is alive', async () => {
    const endpoint = await start({ limits: { keepAlive: 10 } });
    const stream = await endpoint.stream((await endpoint.converse()).streamUrl);
    expect(await stream.until((frame) => frame === '')).to.equal('');
  });

  it('DL-034 takes empty frames for a sign of life', async () => {
    const endpoint = await start();
    const { streamUrl, post } = await endpoint.converse();
    const stream = await endpoint.stream(streamUrl);
    for (let times = 0; times < 20; times += 1) stream.socket.send('');
    await post('Bonjour');
    expect((await stream.activities(3)).at(-1).text).to.equal('Vous dites : Bonjour');
  });

  it('DL-035 ignores garbage, and closes on what is too large or too much', async () => {
    const endpoint = await start({ limits: { clientFrames: 50 } });
    const { streamUrl, post } = await endpoint.converse();
    const [garbage, large, many] = [
      await endpoint.stream(streamUrl),
      await endpoint.stream(streamUrl),
      await endpoint.stream(streamUrl),
    ];
    garbage.socket.send('{"activities":[{');
    garbage.socket.send(Buffer.from([0, 255, 254]));
    large.socket.send('x'.repeat(1024 * 1024));
    for (let times = 0; times < 60; times += 1) many.socket.send('{}');
    expect((await large.closed).code).to.equal(1009);
    expect((await many.closed).code).to.equal(1008);
    await post('Bonjour');
    expect((await garbage.activities(3)).at(-1).text).to.equal('Vous dites : Bonjour');
  });

  it('DL-037 DL-082 echoes what the person sent, under the id of the answer, untouched', async () => {
    const endpoint = await start();
    const { streamUrl, post } = await endpoint.converse();
    const channelData = {
      clientActivityID: 'abc.1',
      any: [1, null, { deep: 'é"\\' }],
      'a b': false,
    };
    const stream = await endpoint.stream(streamUrl);
    const { json } = await post('Bonjour', { channelData });
    const [, echo, reply] = await stream.activities(3);
    expect(echo).to.deep.include({ id: json.id, text: 'Bonjour', channelData });
    expect(reply.replyToId).to.equal(json.id);
  });

  it('DL-039 never lets time go back, even when all happens in one millisecond', async () => {
    const endpoint = await start();
    endpoint.script = async ({ text }) => ['a', 'b', 'c'].map((it) => say(`${text} ${it}`));
    const { streamUrl, post } = await endpoint.converse();
    await post('Un');
    endpoint.clock.advance(-5000);
    await post('Deux');
    const stream = await endpoint.stream(streamUrl);
    const seen = await stream.activities(11);
    const order = ['Un', 'Un a', 'Un b', 'Un c', 'Deux', 'Deux a', 'Deux b', 'Deux c'];
    expect(seen.slice(3).map((it) => it.text)).to.deep.equal(order);
    const times = seen.map((it) => it.timestamp);
    expect(times).to.deep.equal([...new Set(times)].sort());
  });

  it('DL-040 shows a typing sign to sockets while the bot thinks, and never keeps it', async () => {
    const endpoint = await start({ limits: { typingAfter: 0 } });
    const { streamUrl, post, read } = await endpoint.converse();
    const stream = await endpoint.stream(streamUrl);
    await stream.activities(1);
    const thought = Promise.withResolvers<void>();
    endpoint.script = async () => {
      await thought.promise;
      return [say('Voilà.')];
    };
    const posted = post('Bonjour');
    const typing = JSON.parse(await stream.until((frame) => frame.includes('"typing"')));
    thought.resolve();
    await posted;
    expect(typing).not.to.have.property('watermark');
    expect(typing.activities[0]).to.deep.include({ type: 'typing', channelId: 'directline' });
    expect(typing.activities[0].from).to.include({ id: 'declic', role: 'bot' });
    const { activities } = (await read()).json;
    expect(activities.map((it: Seen) => it.type)).to.deep.equal(['message', 'message', 'message']);
    const seen = await stream.activities(4);
    const times = seen.map((it) => it.timestamp);
    expect(times).to.deep.equal([...times].sort());
  });

  it('DL-041 never shows a conversationUpdate', async () => {
    const endpoint = await start();
    const { streamUrl, read } = await endpoint.converse({ user: { id: 'dl_x' } });
    const stream = await endpoint.stream(streamUrl);
    expect((await stream.activities(1)).map((it) => it.type)).to.deep.equal(['message']);
    expect((await read()).json.activities).to.have.length(1);
  });

  it('DL-042 serves several sockets whole, and closes the oldest of too many', async () => {
    const endpoint = await start({ limits: { streamsPerConversation: 2 } });
    const { streamUrl, post } = await endpoint.converse();
    const first = await endpoint.stream(streamUrl);
    const second = await endpoint.stream(streamUrl);
    await post('Bonjour');
    for (const stream of [first, second]) {
      expect((await stream.activities(3)).map((it) => it.text)).to.include('Bonjour');
    }
    const third = await endpoint.stream(streamUrl);
    expect(await first.closed).to.deep.equal({ code: 1000, reason: 'collision' });
    expect(await third.activities(3)).to.have.length(3);
    expect(second.socket.readyState).to.equal(second.socket.OPEN);
  });

  it('DL-053 answers 426 to a stream asked for without an upgrade', async () => {
    const endpoint = await start();
    const { streamUrl } = await endpoint.converse();
    const path = streamUrl.replace(/.*\/v3\/directline/, '');
    const { status, headers, json } = await endpoint.ask(path);
    expect(status).to.equal(426);
    expect(headers.upgrade).to.equal('websocket');
    expect(json.error.code).to.equal('UpgradeRequired');
  });
});
