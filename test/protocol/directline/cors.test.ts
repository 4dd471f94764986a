import { expect } from 'chai';
import { SECRET, SITE } from '#test/channels/directline/support/endpoint.ts';
import { onEveryStage } from '#test/channels/directline/support/on-every-stage.ts';

const EVIL = 'https://evil.example';
/** What DirectLineJS sends, and what page tracing adds. */
const ASKED = 'authorization,content-type,x-ms-bot-agent,x-requested-with,traceparent';

onEveryStage('Direct Line: pages of other origins', (start) => {
  it('DL-099 answers every preflight of an allowed site', async () => {
    const endpoint = await start();
    for (const path of [
      '/tokens/generate',
      '/tokens/refresh',
      '/conversations',
      '/conversations/x',
      '/conversations/x/activities?watermark=',
      '/conversations/x/upload?userId=u',
      '/attachments/x',
      '/session/getsessionid',
    ]) {
      const { status, headers } = await endpoint.ask(path, {
        method: 'OPTIONS',
        headers: { origin: SITE, 'access-control-request-headers': ASKED },
      });
      expect(status, path).to.equal(204);
      expect(headers['access-control-allow-origin']).to.equal(SITE);
      expect(headers['access-control-allow-methods']).to.include('GET').and.to.include('POST');
      const allowed = headers['access-control-allow-headers']?.split(', ');
      expect(allowed).to.include.members(ASKED.split(','));
      expect(Number(headers['access-control-max-age'])).to.be.greaterThan(0);
      expect(headers.vary).to.equal('Origin');
    }
  });

  it('DL-100 lets the page read refusals too', async () => {
    const endpoint = await start({ limits: { starts: { burst: 1, perSecond: 0.01 } } });
    const { token, path, post } = await endpoint.converse();
    endpoint.script = async () => Promise.reject(new TypeError('broken'));
    const headers = { origin: SITE };
    const address = '192.0.2.1';
    await endpoint.ask('/conversations', { method: 'POST', token, address });
    const message = { type: 'message', from: { id: 'u1' }, text: 'x' };
    const answers = [
      await endpoint.ask('/conversations', { method: 'POST', headers }),
      await endpoint.ask(`${path}x`, { token, headers }),
      await endpoint.ask('/nowhere', { token, headers }),
      await endpoint.ask(path, { method: 'DELETE', headers }),
      await endpoint.ask(`${path}/activities`, { method: 'POST', token, headers, body: '{' }),
      await endpoint.ask(`${path}/activities`, { method: 'POST', token, headers, body: message }),
      await endpoint.ask('/conversations', { method: 'POST', token, headers, address }),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([401, 403, 404, 405, 400, 502, 429]);
    for (const { headers: got } of answers) {
      expect(got['access-control-allow-origin']).to.equal(SITE);
      expect(got['access-control-expose-headers']).to.equal('Retry-After');
    }
    expect((await post('x')).headers).not.to.have.property('access-control-allow-origin');
  });

  it('DL-101 grants nothing to a site that is not allowed', async () => {
    const endpoint = await start();
    const { token, path } = await endpoint.converse();
    for (const origin of [EVIL, 'null', `${SITE}.evil.example`, SITE.replace('https', 'http')]) {
      for (const method of ['OPTIONS', 'GET']) {
        const { headers } = await endpoint.ask(path, { method, token, headers: { origin } });
        expect(headers, `${method} ${origin}`).not.to.have.any.keys(
          'access-control-allow-origin',
          'access-control-allow-headers',
        );
      }
    }
  });

  it('DL-102 answers 404 to a session id, which only sign-in cards need', async () => {
    const endpoint = await start();
    const headers = { origin: SITE };
    const { status, headers: got } = await endpoint.ask('/session/getsessionid', { headers });
    expect(status).to.equal(404);
    expect(got['access-control-allow-origin']).to.equal(SITE);
  });

  it('counts its own pages as allowed, under the public address and the one they came by', async () => {
    const endpoint = await start({ publicUrl: 'https://chat.example.org' });
    for (const origin of ['https://chat.example.org', endpoint.root, SITE]) {
      const { headers } = await endpoint.ask('/conversations', { headers: { origin } });
      expect(headers['access-control-allow-origin']).to.equal(origin);
    }
  });

  it('allows every site when it is told to', async () => {
    const endpoint = await start({ allowedOrigins: ['*'] });
    const { headers } = await endpoint.ask('/conversations', { headers: { origin: EVIL } });
    expect(headers['access-control-allow-origin']).to.equal(EVIL);
  });
});

onEveryStage('Direct Line: what is refused', (start) => {
  it('DL-104 answers 404 in JSON to unknown paths, tricks included', async () => {
    const endpoint = await start();
    const { conversationId } = await endpoint.converse();
    for (const path of [
      '/xyz',
      '',
      '/conversations/../conversations/x',
      '/conversations/%2e%2e/activities',
      `/conversations/${conversationId}%2factivities`,
      `//conversations/${conversationId}/activities`,
      `/conversations/${conversationId}/activities/../upload`,
      `/conversations/${conversationId};x=1/activities`,
      `/conversations/${'x'.repeat(200)}/activities`,
      '/attachments/..%2f..%2fetc%2fpasswd',
    ]) {
      const { status, json } = await endpoint.ask(path, { token: SECRET });
      expect(status, path).to.equal(404);
      expect(json.error.code, path).to.equal('NotFound');
    }
  });

  it('DL-105 answers 405 in JSON to a wrong method, with the right ones', async () => {
    const endpoint = await start();
    const { path } = await endpoint.converse();
    for (const method of ['DELETE', 'PUT', 'PATCH', 'HEAD']) {
      const { status, headers } = await endpoint.ask(path, { method, token: SECRET });
      expect(status).to.equal(405);
      expect(headers.allow).to.equal('GET, OPTIONS');
    }
    const { headers } = await endpoint.ask(`${path}/activities`, { method: 'PUT', token: SECRET });
    expect(headers.allow).to.equal('GET, POST, OPTIONS');
  });

  it('DL-103 DL-065 writes every refusal in one shape, never cached, never sniffed', async () => {
    const endpoint = await start();
    const { path } = await endpoint.converse();
    const { log } = endpoint.stage;
    const broken = { ...log, find: async () => Promise.reject(new TypeError('secret words')) };
    const failing = await start({ log: broken });
    const answers = [
      await endpoint.ask('/conversations', { method: 'POST' }),
      await endpoint.ask(path, { token: 'x' }),
      await endpoint.ask('/nowhere'),
      await failing.ask('/conversations/x', { token: SECRET }),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([401, 403, 404, 500]);
    for (const { headers, json } of answers) {
      expect(headers['content-type']).to.match(/^application\/json/);
      expect(headers['cache-control']).to.equal('no-store');
      expect(headers['x-content-type-options']).to.equal('nosniff');
      expect(json).to.have.all.keys('error');
      expect(json.error).to.have.all.keys('code', 'message');
      expect(JSON.stringify(json)).not.to.include('secret words');
    }
    expect(failing.logged.map(({ level }) => level)).to.deep.equal(['error']);
  });
});
