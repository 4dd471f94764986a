import { expect } from 'chai';
import { AppError } from '#shared/errors.ts';
import { ASSETS, sendRaw, startServer, type TestServer } from './start-server.ts';

describe('the server', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ production: true });
  });
  after(() => server.stop());

  /** Asserts a refusal in the shape that programs read. */
  async function expectRefusal(answer: Response, status: number, code: string) {
    expect(answer.status).to.equal(status);
    expect(answer.headers.get('content-type')).to.equal('application/json; charset=utf-8');
    const { error } = (await answer.json()) as { error: { code: string; message: string } };
    expect(error.code).to.equal(code);
    expect(error.message).to.be.a('string').and.not.equal('');
  }

  it('answers 404 in JSON whatever the client accepts', async () => {
    for (const accept of ['text/html', 'application/json', 'text/plain', 'image/png']) {
      const answer = await fetch(`${server.url}/nowhere`, { headers: { accept } });
      await expectRefusal(answer, 404, 'NotFound');
    }
  });

  it('answers 405 in JSON, and says what may be done', async () => {
    const answer = await fetch(`${server.url}/healthz`, { method: 'DELETE' });
    expect(answer.headers.get('allow')).to.equal('GET, HEAD');
    await expectRefusal(answer, 405, 'MethodNotAllowed');
    const get = await fetch(`${server.url}/api/messages`);
    expect(get.headers.get('allow')).to.equal('POST');
    await expectRefusal(get, 405, 'MethodNotAllowed');
  });

  it('does not repeat in a refusal what it was sent', async () => {
    const answer = await fetch(`${server.url}/%3Cscript%3Ealert(1)%3C/script%3E?x=<b>`);
    const text = await answer.text();
    expect(text).not.to.match(/script|alert|<b>/);
  });

  it('gives every kind of answer the security headers', async () => {
    for (const path of ['/', '/widget.js', '/nowhere', '/healthz', '/v3/directline/x']) {
      const { headers } = await fetch(server.url + path);
      expect(headers.get('x-content-type-options'), path).to.equal('nosniff');
      expect(headers.get('x-frame-options'), path).to.equal('DENY');
      expect(headers.get('referrer-policy'), path).to.equal('same-origin');
      expect(headers.get('permissions-policy'), path).to.include('microphone=()');
      expect(headers.get('strict-transport-security'), path).to.match(/^max-age=\d{8}$/);
      expect(headers.get('content-security-policy'), path).to.include("frame-ancestors 'none'");
      expect(headers.get('server'), path).to.equal(null);
      expect(headers.get('x-powered-by'), path).to.equal(null);
    }
  });

  it('says https only in production, where it is', async () => {
    const other = await startServer();
    const { headers } = await fetch(other.url);
    await other.stop();
    expect(headers.get('strict-transport-security')).to.equal(null);
  });

  it('hands everything below /v3/directline to Direct Line, any method, nothing else', async () => {
    for (const method of ['GET', 'POST', 'OPTIONS', 'PATCH']) {
      const answer = await fetch(`${server.url}/v3/directline/conversations`, { method });
      expect(await answer.text()).to.equal('direct line for 127.0.0.1');
    }
    for (const path of ['/v3/directlines', '/v3', '/v3/direct', '/x/v3/directline']) {
      expect((await fetch(server.url + path)).status, path).to.equal(404);
    }
    const away = await sendRaw(
      server.port,
      'GET http://other.example/v3/directline/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    );
    expect(away).to.include('direct line for 127.0.0.1');
  });

  it('hands POST /api/messages to the bot with its body unread', async () => {
    let body = '';
    const other = await startServer({
      botMessages: {
        handle: async (req, res) => {
          for await (const chunk of req) body += chunk;
          res.writeHead(202).end();
        },
      },
    });
    const answer = await fetch(`${other.url}/api/messages`, { method: 'POST', body: '{"a":1}' });
    await other.stop();
    expect(answer.status).to.equal(202);
    expect(body).to.equal('{"a":1}');
  });

  it('answers 500 without a word of the error, and logs it once, when a handler breaks', async () => {
    const broken = async () => {
      throw new AppError('STORAGE_FAILED', 'secret detail');
    };
    const other = await startServer({
      directLine: { handle: broken, upgrade: () => {}, close: () => {} },
      botMessages: { handle: broken },
      calendar: broken,
    });
    for (const [path, method] of [
      ['/v3/directline/conversations', 'POST'],
      ['/api/messages', 'POST'],
      ['/calendar/abc.ics', 'GET'],
    ] as const) {
      other.log.length = 0;
      const answer = await fetch(other.url + path, { method });
      expect(JSON.stringify([...answer.headers])).not.to.include('secret');
      await expectRefusal(answer, 500, 'InternalError');
      const errors = other.log.filter(({ level }) => level === 'error');
      expect(errors, path).to.have.length(1);
      expect(errors[0]?.fields.request).to.equal(answer.headers.get('x-request-id'));
      expect(errors[0]?.fields.err).to.have.property('code', 'STORAGE_FAILED');
    }
    await other.stop();
  });

  it('hangs up when a handler breaks in the middle of its answer', async () => {
    const other = await startServer({
      botMessages: {
        handle: async (_req, res) => {
          res.writeHead(200, { 'Content-Length': '10' }).write('half');
          throw new AppError('INTERNAL', 'broken');
        },
      },
    });
    const answer = fetch(`${other.url}/api/messages`, { method: 'POST' }).then((it) => it.text());
    expect(await answer.catch(() => 'hung up')).to.equal('hung up');
    await other.stop();
  });

  it('starts on a free port, and says in words why it cannot on a taken one', async () => {
    const other = await startServer();
    let refusal: unknown;
    await startServer({ assets: ASSETS }).then(async (third) => {
      await third.stop();
      try {
        await third.start(other.port, '127.0.0.1');
      } catch (error) {
        refusal = error;
      }
    });
    await other.stop();
    expect(refusal).to.be.instanceOf(AppError);
    expect((refusal as AppError).message).to.include(
      `another program already listens on port ${other.port}`,
    );
  });
});

describe('health', () => {
  it('is alive as soon as it answers, ready when the database is', async () => {
    let database: () => Promise<void> = async () => {};
    const server = await startServer({ ready: () => database() });
    const status = async (path: string) => {
      const answer = await fetch(server.url + path);
      expect(answer.headers.get('cache-control')).to.equal('no-store');
      return [answer.status, ((await answer.json()) as { status: string }).status];
    };
    expect(await status('/healthz')).to.deep.equal([200, 'ok']);
    expect(await status('/readyz')).to.deep.equal([200, 'ready']);
    database = async () => {
      throw new AppError('STORAGE_FAILED', 'down');
    };
    expect(await status('/readyz')).to.deep.equal([503, 'unavailable']);
    expect(await status('/healthz')).to.deep.equal([200, 'ok']);
    expect(server.log.filter(({ level }) => level === 'error')).to.have.length(1);
    await server.stop();
  });

  it('is not ready when the database does not answer at all', async () => {
    const server = await startServer({ ready: () => new Promise(() => {}) });
    expect((await fetch(`${server.url}/readyz`)).status).to.equal(503);
    await server.stop();
  });
});
