import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { sendRaw, startServer, type TestServer } from './start-server.ts';

const QUICK = { headersTimeout: 300, requestTimeout: 500, connectionsCheckingInterval: 50 };

describe('hostile clients', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({
      httpLimits: QUICK,
      botMessages: {
        handle: async (req, res) => {
          for await (const _chunk of req);
          res.end('{}');
        },
      },
    });
  });
  after(() => server.stop());

  afterEach('the server still answers', async () => {
    expect((await fetch(`${server.url}/healthz`)).status).to.equal(200);
  });

  it('that never finish their headers are hung up on', async () => {
    expect(await sendRaw(server.port, 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ')).to.match(
      /^HTTP\/1\.1 408 .*"code":"Timeout"/s,
    );
  });

  it('that never say anything are hung up on', async () => {
    expect(await sendRaw(server.port, '')).to.match(/^(HTTP\/1\.1 408 |$)/);
  });

  it('that never finish their body are hung up on', async () => {
    const head = 'POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{';
    expect(await sendRaw(server.port, head)).to.match(/^HTTP\/1\.1 408 /);
  });

  it('that go on sending what was refused are hung up on', async () => {
    const other = await startServer({ lingerMs: 20 });
    const head = 'POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{';
    expect(await sendRaw(other.port, head)).to.match(/^HTTP\/1\.1 404 .*"code":"NotFound"/s);
    await other.stop();
  });

  it('with too large or too many headers are refused', async () => {
    const large = `GET / HTTP/1.1\r\nHost: a\r\nX-Large: ${'a'.repeat(20_000)}\r\n\r\n`;
    expect(await sendRaw(server.port, large)).to.match(
      /^HTTP\/1\.1 431 .*"code":"HeadersTooLarge"/s,
    );
    const long = `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`;
    expect(await sendRaw(server.port, long)).to.match(/^HTTP\/1\.1 431 /);
  });

  it('that smuggle a second request are refused', async () => {
    for (const head of [
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd',
      'GET / HTTP/1.1\r\nHost: a\r\nX: a\nGET /x HTTP/1.1\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      'GET / HTTP/1.1\r\nHost : a\r\n\r\n',
    ]) {
      expect(await sendRaw(server.port, head), head).to.match(/^HTTP\/1\.1 400 /);
    }
  });

  it('cannot put a header of theirs into an answer', async () => {
    for (const request of [
      'GET /%0d%0aSet-Cookie:%20x=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      'GET /calendar/%0d%0aSet-Cookie:%20x=1.ics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: a%0d%0aSet-Cookie: x=1\r\nConnection: close\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nHost: a\r\nOrigin: https://x\r\nConnection: close\r\n\r\n',
    ]) {
      expect(await sendRaw(server.port, request), request).not.to.match(
        /set-cookie|allow-credentials/i,
      );
    }
  });

  it('that ask for methods nobody knows are refused', async () => {
    for (const [line, status] of [
      ['TRACE / HTTP/1.1', 405],
      ['PROPFIND / HTTP/1.1', 405],
      ['OPTIONS /nowhere HTTP/1.1', 404],
      ['QUERY /api/messages HTTP/1.1', 405],
      ['BREW / HTTP/1.1', 400],
    ] as const) {
      const answer = await sendRaw(server.port, `${line}\r\nHost: a\r\nConnection: close\r\n\r\n`);
      expect(answer, line).to.match(new RegExp(`^HTTP/1\\.1 ${status} `));
    }
    await once(
      connect(server.port, '127.0.0.1').end('CONNECT a:1 HTTP/1.1\r\n\r\n').resume(),
      'close',
    );
  });

  it('that hang up at once, hundreds at a time, leave nothing behind', async () => {
    const sockets: Socket[] = [];
    for (let opened = 0; opened < 300; opened++) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write('POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab');
      sockets.push(socket);
    }
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    await Promise.all(sockets.map((socket) => once(socket.destroy(), 'close')));
    const open = () =>
      new Promise<number>((resolve, reject) =>
        server.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      );
    while ((await open()) > 1) await new Promise((resolve) => setImmediate(resolve));
  });
});
