import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { SECRET, say, untilGreeted } from '#test/channels/directline/support/endpoint.ts';
import { onEveryStage } from '#test/channels/directline/support/on-every-stage.ts';

onEveryStage('Direct Line: starting a conversation', (start) => {
  it('DL-019 starts one for the holder of the secret', async () => {
    const endpoint = await start();
    const { status, json } = await endpoint.ask('/conversations', {
      method: 'POST',
      token: SECRET,
    });
    expect(status).to.equal(201);
    expect(json).to.have.all.keys('conversationId', 'token', 'expires_in', 'streamUrl');
    expect(json.expires_in).to.equal(1800);
    expect(decodeJwt(json.token).conv).to.equal(json.conversationId);
  });

  it('DL-020 DL-021 starts that of a token once: 201, then 200, and one welcome', async () => {
    const endpoint = await start();
    const { token, conversationId } = await endpoint.generate();
    const again = () => endpoint.ask('/conversations', { method: 'POST', token });
    const first = await again();
    await untilGreeted(endpoint.stage, conversationId);
    const second = await again();
    expect([first.status, second.status]).to.deep.equal([201, 200]);
    for (const { json } of [first, second]) expect(json.conversationId).to.equal(conversationId);
    await endpoint.ask(`/conversations/${conversationId}`, { token });
    const read = await endpoint.ask(`/conversations/${conversationId}/activities`, { token });
    expect(read.json.activities).to.have.length(1);
    expect(endpoint.handled.map(({ kind }) => kind)).to.deep.equal(['start']);
  });

  it('DL-022 takes an empty user for none', async () => {
    const endpoint = await start();
    const { token, conversationId } = await endpoint.generate();
    const asked = { method: 'POST', token, body: { user: {} } };
    expect((await endpoint.ask('/conversations', asked)).status).to.equal(201);
    await untilGreeted(endpoint.stage, conversationId);
  });

  it('DL-023 keeps the user and the locale of a start', async () => {
    const endpoint = await start();
    const body = { user: { id: 'u1', name: 'Lou' }, locale: 'fr-FR' };
    const asked = { method: 'POST', token: SECRET, body };
    const { json } = await endpoint.ask('/conversations', asked);
    await untilGreeted(endpoint.stage, json.conversationId);
    expect(endpoint.handled[0]).to.include({ kind: 'start', locale: 'fr-FR', userId: 'dl_s_u1' });
    const message = { type: 'message', from: { id: 'u1' }, text: 'Bonjour' };
    const path = `/conversations/${json.conversationId}/activities`;
    await endpoint.ask(path, { method: 'POST', token: json.token, body: message });
    expect(endpoint.handled[1]).to.include({ kind: 'message', locale: 'fr-FR', userId: 'dl_s_u1' });
    const { activities } = (await endpoint.ask(path, { token: json.token })).json;
    expect(activities.map((it: { recipient: { id: string } }) => it.recipient.id)).to.deep.equal([
      'u1',
      'declic',
      'u1',
    ]);
  });

  it('DL-023 starts all the same with a locale that is none', async () => {
    const endpoint = await start();
    const { token, conversationId } = await endpoint.generate();
    const asked = { method: 'POST', token, body: { locale: { x: 'test' } } };
    expect((await endpoint.ask('/conversations', asked)).status).to.equal(201);
    await untilGreeted(endpoint.stage, conversationId);
    expect(endpoint.handled[0]).not.to.have.property('locale');
  });

  it('DL-017 DL-024 greets at once, for every conversation has a user from its first moment', async () => {
    const endpoint = await start();
    for (const body of [
      { user: { id: 'dl_x' } },
      undefined,
      { trustedOrigins: ['https://a.fr'] },
    ]) {
      const { conversationId } = await endpoint.converse(body);
      const kept = await endpoint.stage.log.find(conversationId);
      expect(kept?.userId).to.match(/^dl_/);
      expect(endpoint.handled.at(-1)).to.include({ kind: 'start', userId: kept?.userId });
    }
  });

  it('DL-025 DL-026 answers at once while the bot takes its time, or fails, to greet', async () => {
    const endpoint = await start();
    const slow = Promise.withResolvers<void>();
    endpoint.script = async () => {
      await slow.promise;
      return [say('Bienvenue.')];
    };
    const { token, conversationId } = await endpoint.generate();
    const started = await endpoint.ask('/conversations', { method: 'POST', token });
    expect(started.status).to.equal(201);
    expect(await endpoint.stage.log.lastSeq(conversationId)).to.equal(0);
    slow.resolve();
    await untilGreeted(endpoint.stage, conversationId);

    endpoint.script = async () => Promise.reject(new TypeError('broken'));
    const other = await endpoint.generate();
    const failed = await endpoint.ask('/conversations', { method: 'POST', token: other.token });
    expect(failed.status).to.equal(201);
  });

  it('greets at the next start or reconnection when the first greeting was lost', async () => {
    const endpoint = await start();
    endpoint.script = async () => Promise.reject(new TypeError('broken'));
    const { token, conversationId } = await endpoint.generate();
    await endpoint.ask('/conversations', { method: 'POST', token });
    await endpoint.restart();
    endpoint.script = async () => [say('Bienvenue.')];
    await endpoint.ask(`/conversations/${conversationId}`, { token });
    await untilGreeted(endpoint.stage, conversationId);
  });

  it('DL-027 gives a conversation an id that nobody can guess and any address can hold', async () => {
    const endpoint = await start();
    const ids = new Set<string>();
    for (let times = 0; times < 20; times += 1) {
      ids.add((await endpoint.generate()).conversationId);
    }
    expect(ids.size).to.equal(20);
    // 24 characters of six bits, all of them drawn: 144 bits.
    for (const id of ids) expect(id).to.match(/^[A-Za-z0-9_-]{24}$/);
  });

  it('answers 200 with a stream to a reconnection to what was never started, and starts it', async () => {
    const endpoint = await start();
    const { token, conversationId } = await endpoint.generate();
    const path = `/conversations/${conversationId}?watermark=`;
    const { status, json } = await endpoint.ask(path, { token });
    expect(status).to.equal(200);
    const stream = await endpoint.stream(json.streamUrl);
    expect((await stream.activities(1))[0].text).to.equal('Bienvenue.');
    const started = await endpoint.ask('/conversations', { method: 'POST', token });
    expect(started.status).to.equal(200);
  });

  it('takes a page for joining without greeting it twice', async () => {
    const endpoint = await start();
    const { path, token, read } = await endpoint.converse();
    const body = { type: 'event', name: 'webchat/join', from: { id: 'u1' } };
    const { status } = await endpoint.ask(`${path}/activities`, { method: 'POST', token, body });
    expect(status).to.equal(200);
    const { activities } = (await read()).json;
    expect(activities.map((it: { type: string }) => it.type)).to.deep.equal(['message', 'event']);
  });

  it('DL-106 never answers 409: a conversation that exists is answered with 200', async () => {
    const endpoint = await start();
    const { token } = await endpoint.converse();
    const all = await Promise.all(
      Array.from({ length: 5 }, () => endpoint.ask('/conversations', { method: 'POST', token })),
    );
    expect(all.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200]);
  });
});
