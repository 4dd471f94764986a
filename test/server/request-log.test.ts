import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { sendRaw, startServer, type TestServer } from './start-server.ts';

/** The line about one answer; it is written when the connection has taken it, so a little later. */
async function answered(server: TestServer, count = 1) {
  const lines = () => server.log.filter(({ message }) => /^(answered|The client)/.test(message));
  while (lines().length < count) await new Promise((resolve) => setImmediate(resolve));
  return lines();
}

describe('the log of requests', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.stop());

  it('names the route, the status and the id that the client got', async () => {
    const answer = await fetch(`${server.url}/api/messages`, { method: 'POST' });
    const [line] = await answered(server);
    const request = answer.headers.get('x-request-id');
    expect(request).to.match(/^[\da-f-]{36}$/);
    expect(line?.level).to.equal('info');
    expect(line?.fields).to.include({
      request,
      method: 'POST',
      route: '/api/messages',
      status: 200,
    });
    expect(line?.fields.ms).to.be.a('number');
  });

  it('holds no id, token, query, address or unknown path of a request', async () => {
    const secrets = ['s3cret', 'dl_42', 'awa@mail.fr', '127.0.0.1', 'bonjour'];
    for (const path of [
      '/v3/directline/conversations/s3cret/activities?watermark=s3cret',
      '/v3/directline/conversations/s3cret/upload?userId=dl_42',
      '/v3/directline/attachments/s3cret/dl_42?t=s3cret',
      '/calendar/s3cret.ics?x=awa@mail.fr',
      '/bonjour/awa@mail.fr',
      '/?q=bonjour',
    ]) {
      await fetch(server.url + path, { method: 'POST', body: 'bonjour' });
    }
    const lines = await answered(server, 6);
    expect(lines.map(({ fields }) => fields.route)).to.deep.equal([
      '/v3/directline/conversations/:id/activities',
      '/v3/directline/conversations/:id/upload',
      '/v3/directline/attachments/:id/:id',
      '/calendar/:link',
      'unknown',
      '/',
    ]);
    for (const secret of secrets) expect(JSON.stringify(server.log)).not.to.include(secret);
  });

  it('whispers what is frequent and well, and speaks up when something broke', async () => {
    for (const path of ['/healthz', '/', '/v3/directline/conversations/x/activities']) {
      await fetch(server.url + path);
    }
    expect((await answered(server, 3)).map(({ level }) => level)).to.deep.equal(
      Array(3).fill('debug'),
    );
    await server.stop();
    server = await startServer({ ready: () => Promise.reject(new Error('down')) });
    await fetch(`${server.url}/readyz`);
    expect((await answered(server)).map(({ level }) => level)).to.deep.equal(['warn']);
  });

  it('tells that a client went away before its answer', async () => {
    await server.stop();
    let waiting = () => {};
    const called = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    server = await startServer({
      botMessages: {
        handle: async (req) => {
          waiting();
          await once(req, 'close');
        },
      },
    });
    const socket = connect(server.port, '127.0.0.1');
    socket.write('POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf');
    await called;
    socket.destroy();
    const [line] = await answered(server);
    expect(line?.fields).to.include({ gone: true, route: '/api/messages' });
  });

  it('takes the id of a proxy that is trusted, when it is sound, and nobody else’s', async () => {
    const idFor = async (id: string) => {
      const answer = await fetch(server.url, { headers: { 'x-request-id': id } });
      return answer.headers.get('x-request-id');
    };
    expect(await idFor('trace-0123456789')).not.to.equal('trace-0123456789');
    await server.stop();
    server = await startServer({ trustProxy: 1 });
    expect(await idFor('trace-0123456789')).to.equal('trace-0123456789');
    expect(await idFor('{"level":"error"}')).to.match(/^[\da-f-]{36}$/);
    expect(await idFor('a'.repeat(65))).to.match(/^[\da-f-]{36}$/);
  });

  it('says once that TRUST_PROXY is missing when a proxy stands in front', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.1' };
    for (let sent = 0; sent < 3; sent++) await fetch(server.url, { headers });
    const warnings = server.log.filter(({ level }) => level === 'warn');
    expect(warnings.map(({ message }) => message)).to.have.length(1);
    expect(warnings[0]?.message).to.include('TRUST_PROXY');
  });

  it('survives a request that is not HTTP, without a line', async () => {
    expect(await sendRaw(server.port, 'bonjour\r\n\r\n')).to.match(/^HTTP\/1\.1 400 /);
    expect(server.log).to.deep.equal([]);
  });
});
