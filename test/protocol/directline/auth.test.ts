import { expect } from 'chai';
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import { SECRET, SIGNING_KEY, SITE } from '#test/channels/directline/support/endpoint.ts';
import { onEveryStage } from '#test/channels/directline/support/on-every-stage.ts';
import { statusOf } from '#test/channels/directline/support/open-stream.ts';

const HALF_AN_HOUR = 1_800_000;

/** Every route that asks who calls, for a conversation. */
const routes = (id: string): [string, string][] => [
  ['POST', '/tokens/generate'],
  ['POST', '/tokens/refresh'],
  ['POST', '/conversations'],
  ['GET', `/conversations/${id}`],
  ['GET', `/conversations/${id}/activities`],
  ['POST', `/conversations/${id}/activities`],
  ['POST', `/conversations/${id}/upload?userId=u1`],
];

onEveryStage('Direct Line: who may do what', (start) => {
  it('DL-001 answers 401 in JSON to a call without Authorization', async () => {
    const endpoint = await start();
    for (const [method, path] of routes('anything')) {
      const { status, json } = await endpoint.ask(path, { method });
      expect(status, `${method} ${path}`).to.equal(401);
      expect(json.error).to.have.all.keys('code', 'message');
      expect(json.error.code).to.equal('Unauthorized');
    }
  });

  it('DL-002 answers 403 to a bearer that is neither the secret nor a token', async () => {
    const endpoint = await start();
    const { conversationId } = await endpoint.generate();
    for (const [method, path] of routes(conversationId)) {
      const { status } = await endpoint.ask(path, { method, token: 'unknown' });
      expect(status, `${method} ${path}`).to.equal(403);
    }
  });

  it('DL-002 answers 403 to forged tokens: no algorithm, another key, another purpose', async () => {
    const endpoint = await start();
    const { conversationId } = await endpoint.generate();
    const claims = { conv: conversationId };
    const { streamUrl } = await endpoint.converse();
    const forged = [
      new UnsecuredJWT(claims).setAudience('directline').setExpirationTime('2h').encode(),
      await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience('directline')
        .setExpirationTime('9999h')
        .sign(new Uint8Array(32)),
      await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience('directline')
        .setExpirationTime('9999h')
        .sign(SIGNING_KEY),
      new URL(streamUrl).searchParams.get('t')!,
    ];
    for (const token of forged) {
      const { status } = await endpoint.ask(`/conversations/${conversationId}`, { token });
      expect(status).to.equal(403);
    }
  });

  it('DL-003 answers 401 to a malformed Authorization', async () => {
    const endpoint = await start();
    for (const authorization of ['Basic eDp5', 'Bearer', 'Bearer ', `Bearer  ${SECRET}`, SECRET]) {
      const headers = { authorization };
      const { status } = await endpoint.ask('/conversations', { method: 'POST', headers });
      expect(status, authorization).to.equal(401);
    }
  });

  it('DL-004 takes the secret on every route, for ever; only refreshing it makes no sense', async () => {
    const endpoint = await start();
    const { conversationId } = await endpoint.converse();
    endpoint.clock.advance(10 * 365 * 24 * 3_600_000);
    for (const [method, path] of routes(conversationId)) {
      const body =
        method === 'GET' ? undefined : { type: 'message', from: { id: 'u1' }, text: 'x' };
      const { status } = await endpoint.ask(path, { method, token: SECRET, body });
      const expected = path.includes('refresh') ? [400] : [200, 201];
      expect(status, `${method} ${path}`).to.be.oneOf(expected);
    }
  });

  it('DL-005 shows nothing of a conversation to the token of another', async () => {
    const endpoint = await start();
    const a = await endpoint.converse();
    const b = await endpoint.converse();
    for (const [method, path] of routes(b.conversationId).slice(3)) {
      const body =
        method === 'GET' ? undefined : { type: 'message', from: { id: 'u1' }, text: 'x' };
      const { status, json } = await endpoint.ask(path, { method, token: a.token, body });
      expect(status, `${method} ${path}`).to.equal(403);
      expect(json).to.have.all.keys('error');
    }
    const stolen = a.streamUrl.replace(a.conversationId, b.conversationId);
    expect(await statusOf(stolen)).to.equal(403);
    expect((await b.read()).json.activities).to.have.length(1);
  });

  it('DL-006 DL-061 DL-073 answers 403 TokenExpired to whatever an expired token asks', async () => {
    const endpoint = await start();
    const { token, conversationId } = await endpoint.converse();
    endpoint.clock.advance(HALF_AN_HOUR + 1000);
    for (const [method, path] of routes(conversationId).slice(1)) {
      const { status, json } = await endpoint.ask(path, { method, token });
      expect(status, `${method} ${path}`).to.equal(403);
      expect(json.error.code, `${method} ${path}`).to.equal('TokenExpired');
    }
  });

  it('DL-007 does not refresh an expired token', async () => {
    const endpoint = await start();
    const { token } = await endpoint.generate();
    endpoint.clock.advance(HALF_AN_HOUR + 1000);
    const { status, json } = await endpoint.ask('/tokens/refresh', { method: 'POST', token });
    expect([status, json.error.code]).to.deep.equal([403, 'TokenExpired']);
  });

  it('DL-008 refreshes a token any number of times, for the same conversation', async () => {
    const endpoint = await start();
    let { token, conversationId } = await endpoint.generate();
    const seen = new Set([token]);
    for (let times = 0; times < 4; times += 1) {
      endpoint.clock.advance(HALF_AN_HOUR / 2);
      const { status, json } = await endpoint.ask('/tokens/refresh', { method: 'POST', token });
      expect(status).to.equal(200);
      expect(json).to.deep.include({ conversationId, expires_in: 1800 });
      expect(json).to.have.all.keys('conversationId', 'token', 'expires_in');
      seen.add(json.token);
      token = json.token;
    }
    expect(seen.size).to.equal(5);
  });

  it('DL-009 keeps the older token good until its own end', async () => {
    const endpoint = await start();
    const { token, conversationId } = await endpoint.converse();
    await endpoint.ask('/tokens/refresh', { method: 'POST', token });
    endpoint.clock.advance(HALF_AN_HOUR - 1000);
    const { status } = await endpoint.ask(`/conversations/${conversationId}`, { token });
    expect(status).to.equal(200);
  });

  it('DL-010 makes a token without starting anything', async () => {
    const endpoint = await start();
    const asked = { method: 'POST', token: SECRET };
    const { status, json } = await endpoint.ask('/tokens/generate', asked);
    expect(status).to.equal(200);
    expect(json).to.have.all.keys('conversationId', 'token', 'expires_in');
    expect(json.expires_in).to.equal(1800);
    expect(endpoint.handled).to.deep.equal([]);
    const kept = await endpoint.stage.log.find(json.conversationId);
    expect(kept?.startedAt).to.equal(undefined);
  });

  it('DL-011 reads names in capitals as the documentation writes them', async () => {
    const endpoint = await start();
    const { token } = await endpoint.generate({ User: { Id: 'dl_12345', Name: 'Lou' } });
    expect(decodeJwt(token)).to.include({ user: 'dl_12345', name: 'Lou' });
  });

  it('DL-012 refuses to vouch for an id that does not begin with dl_', async () => {
    const endpoint = await start();
    for (const id of ['u1', 'dl_a_reserved']) {
      const body = { user: { id } };
      const asked = { method: 'POST', token: SECRET, body };
      expect((await endpoint.ask('/tokens/generate', asked)).status).to.equal(400);
    }
  });

  it('DL-013 makes no token for the bearer of a token', async () => {
    const endpoint = await start();
    const { token } = await endpoint.generate();
    const { status } = await endpoint.ask('/tokens/generate', { method: 'POST', token });
    expect(status).to.equal(403);
  });

  it('DL-014 takes the user of the token for the sender, whatever the activity says', async () => {
    const endpoint = await start();
    const { post, read } = await endpoint.converse({ user: { id: 'dl_x', name: 'Lou' } });
    await post('Bonjour', { from: { id: 'dl_other', name: 'Other' } });
    expect(endpoint.handled.at(-1)).to.include({ userId: 'dl_x', text: 'Bonjour' });
    const { activities } = (await read('1')).json;
    expect(activities[0].from).to.deep.equal({ id: 'dl_x', name: 'Lou', role: 'user' });
  });

  it('DL-015 puts the user into the token where DirectLineJS reads it', async () => {
    const endpoint = await start();
    expect(decodeJwt((await endpoint.generate({ user: { id: 'dl_x' } })).token).user).to.equal(
      'dl_x',
    );
    expect(decodeJwt((await endpoint.generate()).token)).not.to.have.property('user');
  });

  it('DL-016 refuses a token on a page of a site it was not made for', async () => {
    const endpoint = await start({ allowedOrigins: [SITE, 'https://other.example'] });
    const { token, conversationId } = await endpoint.generate({ trustedOrigins: [SITE] });
    const path = `/conversations/${conversationId}`;
    const from = async (origin: string) =>
      (await endpoint.ask(path, { token, headers: { origin } })).status;
    expect(await from(SITE)).to.equal(200);
    expect(await from('https://other.example')).to.equal(403);
  });

  it('DL-018 never writes the secret or a token into an answer or the log', async () => {
    const endpoint = await start();
    const { token, conversationId, post } = await endpoint.converse();
    endpoint.script = async () => Promise.reject(new TypeError(`failed for ${SECRET} ${token}`));
    const answers = [
      await post('Bonjour'),
      await endpoint.ask(`/conversations/${conversationId}x`, { token: SECRET }),
      await endpoint.ask('/tokens/generate', { method: 'POST', token: `${SECRET}x` }),
    ];
    const written = JSON.stringify([answers.map(({ json }) => json), endpoint.logged]);
    expect(answers.map(({ status }) => status)).to.deep.equal([502, 404, 403]);
    expect(written).not.to.include(SECRET);
    expect(written).not.to.include(token);
    expect(endpoint.logged.some(({ level }) => level === 'error')).to.equal(true);
  });
});

onEveryStage('Direct Line: pages without a secret', (start) => {
  const bare = { method: 'POST', headers: { origin: SITE } };

  it('DL-001 gives a page of an allowed site a token that is good for that site only', async () => {
    const endpoint = await start({ allowedOrigins: [SITE, 'https://other.example'] });
    const { status, json } = await endpoint.ask('/tokens/generate', bare);
    expect(status).to.equal(200);
    const { user, origins } = decodeJwt(json.token);
    expect(user).to.match(/^dl_a_[\w-]{22}$/);
    expect(origins).to.deep.equal([SITE]);
    const elsewhere = { token: json.token, headers: { origin: 'https://other.example' } };
    const { status: refused } = await endpoint.ask(
      `/conversations/${json.conversationId}`,
      elsewhere,
    );
    expect(refused).to.equal(403);
  });

  it('gives its own pages a token, and no other site', async () => {
    const endpoint = await start();
    const from = async (origin: string) =>
      (await endpoint.ask('/tokens/generate', { method: 'POST', headers: { origin } })).status;
    expect(await from(endpoint.root)).to.equal(200);
    expect(await from('https://evil.example')).to.equal(401);
    expect(await from('null')).to.equal(401);
  });

  it('lets nobody choose to be somebody whom a site vouches for', async () => {
    const endpoint = await start();
    const vouched = 'dl_member_0000000000012345';
    const { post: postAsMember } = await endpoint.converse({ user: { id: vouched } });
    await postAsMember('Je suis membre');
    expect(endpoint.handled.at(-1)?.userId).to.equal(vouched);

    const { json } = await endpoint.ask('/tokens/generate', {
      ...bare,
      body: { user: { id: vouched } },
    });
    const path = `/conversations/${json.conversationId}/activities`;
    const body = { type: 'message', from: { id: vouched }, text: 'Moi aussi' };
    await endpoint.ask(path, { ...bare, token: json.token, body });
    expect(endpoint.handled.at(-1)).to.include({ text: 'Moi aussi' });
    expect(endpoint.handled.at(-1)?.userId).to.equal('dl_a_member_0000000000012345');
  });

  it('knows a returning page by the unguessable id it was given or made, and by no other', async () => {
    const endpoint = await start();
    const personFor = async (id?: string) => {
      const asked = { ...bare, body: { user: { id } } };
      const { json } = await endpoint.ask('/tokens/generate', asked);
      const kept = await endpoint.stage.log.find(json.conversationId);
      return { person: kept?.userId, user: decodeJwt(json.token).user as string };
    };
    const first = await personFor();
    expect(await personFor(first.user)).to.deep.equal(first);
    const own = await personFor('dl_0a1b2c3d-4e5f-6071-8293');
    expect(own.user).to.equal('dl_0a1b2c3d-4e5f-6071-8293');
    for (const guessable of ['dl_1', 'u1', '', 'dl_ZZ ZZZZZZZZZZZZZZZZZ']) {
      const { user } = await personFor(guessable);
      expect(user)
        .to.match(/^dl_a_[\w-]{22}$/)
        .and.not.equal(guessable);
    }
  });

  it('does not believe the id that a client without a vouched one writes into its messages', async () => {
    const endpoint = await start();
    const { post, conversationId } = await endpoint.converse();
    await post('Bonjour', { from: { id: 'dl_member_0000000000012345' } });
    const kept = await endpoint.stage.log.find(conversationId);
    expect(endpoint.handled.at(-1)?.userId).to.equal(kept?.userId);
    expect(kept?.userId).to.match(/^dl_a_/);
  });
});
