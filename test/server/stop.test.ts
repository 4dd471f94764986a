import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { startServer } from './start-server.ts';

/** A turn that ends when told to, and a promise of its beginning. */
function heldTurn() {
  let finish = () => {};
  let begin = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return { begin: () => begin(), begun, finish: () => finish(), finished };
}

const refuses = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => resolve(true));
    socket.on('connect', () => {
      socket.destroy();
      resolve(false);
    });
  });

describe('a graceful stop', () => {
  it('takes no new connection, finishes the turn in flight, then ends', async () => {
    const turn = heldTurn();
    const order: string[] = [];
    const server = await startServer({
      botMessages: {
        handle: async (_req, res) => {
          turn.begin();
          await turn.finished;
          order.push('answered');
          res.end('{"booked":true}');
        },
      },
      directLine: {
        handle: () => {},
        upgrade: () => {},
        close: async () => {
          await turn.finished;
          order.push('sockets closed');
        },
      },
    });
    const answer = fetch(`${server.url}/api/messages`, { method: 'POST' });
    await turn.begun;
    const stopped = server.stop().then(() => order.push('stopped'));
    expect(await refuses(server.port)).to.equal(true);
    expect(order).to.deep.equal([]);
    turn.finish();
    expect(await (await answer).json()).to.deep.equal({ booked: true });
    await stopped;
    expect(order).to.deep.equal(['answered', 'sockets closed', 'stopped']);
  });

  it('waits for a turn whose client has gone away', async () => {
    const turn = heldTurn();
    let committed = false;
    const server = await startServer({
      directLine: {
        handle: async () => {
          turn.begin();
          await turn.finished;
          committed = true;
        },
        upgrade: () => {},
        close: () => {},
      },
    });
    const socket = connect(server.port, '127.0.0.1');
    socket.write('POST /v3/directline/conversations HTTP/1.1\r\nHost: a\r\n\r\n');
    await turn.begun;
    socket.destroy();
    const stopped = server.stop();
    turn.finish();
    await stopped;
    expect(committed).to.equal(true);
  });

  it('is no longer ready meanwhile, and asks the connections still open to close', async () => {
    const turn = heldTurn();
    const server = await startServer({
      botMessages: {
        handle: async (_req, res) => {
          turn.begin();
          await turn.finished;
          res.end();
        },
      },
    });
    const answer = fetch(`${server.url}/api/messages`, { method: 'POST' });
    const socket = connect(server.port, '127.0.0.1');
    const request = 'GET /readyz HTTP/1.1\r\nHost: a\r\n';
    socket.write(`${request}\r\n${request}`);
    expect(String((await once(socket, 'data'))[0])).to.include('{"status":"ready"}');
    await turn.begun;
    const stopped = server.stop();
    socket.write('\r\n');
    const [second] = await once(socket, 'data');
    expect(String(second)).to.include('{"status":"stopping"}').and.include('Connection: close');
    turn.finish();
    await answer;
    await stopped;
  });

  it('gives up waiting after the grace, says so, and cuts what is left', async () => {
    const turn = heldTurn();
    const server = await startServer({
      graceMs: 20,
      botMessages: { handle: async () => turn.begin() ?? turn.finished },
    });
    const answer = fetch(`${server.url}/api/messages`, { method: 'POST' }).catch(() => 'cut');
    await turn.begun;
    await server.stop();
    expect(await answer).to.equal('cut');
    expect(server.log.find(({ level }) => level === 'warn')?.fields.left).to.be.greaterThan(0);
    turn.finish();
  });

  it('happens once however often it is asked for, even before the start', async () => {
    const server = await startServer();
    expect(server.stop()).to.equal(server.stop());
    await server.stop();
  });

  it('ends although Direct Line fails to close', async () => {
    const server = await startServer({
      directLine: {
        handle: () => {},
        upgrade: () => {},
        close: () => Promise.reject(new Error('no')),
      },
    });
    await server.stop();
    expect(server.log.filter(({ level }) => level === 'error')).to.have.length(1);
  });
});

describe('upgrades', () => {
  const HEAD = 'HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n';

  async function ask(port: number, path: string, upgrade = 'websocket') {
    const socket: Socket = connect(port, '127.0.0.1');
    socket.write(`GET ${path} ${HEAD}Upgrade: ${upgrade}\r\n\r\n`);
    const [first] = await once(socket, 'data');
    return { socket, text: String(first) };
  }

  it('reach Direct Line with the address of the client, elsewhere there is nothing', async () => {
    const seen: string[] = [];
    const server = await startServer({
      directLine: {
        handle: () => {},
        upgrade: (req, socket, _head, { remoteAddress }) => {
          seen.push(`${req.url} ${remoteAddress}`);
          socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
        },
        close: () => {},
      },
    });
    const open = await ask(server.port, '/v3/directline/conversations/a/stream?t=x');
    expect(open.text).to.include('101');
    expect((await ask(server.port, '/elsewhere')).text).to.match(/^HTTP\/1\.1 404 /);
    expect(seen).to.deep.equal(['/v3/directline/conversations/a/stream?t=x 127.0.0.1']);
    expect(JSON.stringify(server.log)).not.to.include('t=x');
    const cut = once(open.socket, 'close');
    await server.stop();
    await cut;
  });

  it('other than WebSocket are answered as if they were not asked for', async () => {
    const server = await startServer();
    expect((await ask(server.port, '/healthz', 'h2c')).text).to.match(/^HTTP\/1\.1 200 /);
    await server.stop();
  });

  it('that break are refused, logged, and break nothing else', async () => {
    const server = await startServer({
      directLine: {
        handle: () => {},
        upgrade: () => {
          throw new Error('broken');
        },
        close: () => {},
      },
    });
    const { text } = await ask(server.port, '/v3/directline/conversations/a/stream');
    expect(text).to.match(/^HTTP\/1\.1 500 /);
    expect(server.log.filter(({ level }) => level === 'error')).to.have.length(1);
    expect((await fetch(`${server.url}/healthz`)).status).to.equal(200);
    await server.stop();
  });
});
