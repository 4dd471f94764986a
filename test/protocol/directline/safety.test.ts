import { expect } from 'chai';
import type { ActivityLog, Fanout } from '#shared/activity-log.ts';
import { SECRET, SITE } from '#test/channels/directline/support/endpoint.ts';
import {
  createMemoryFanout,
  createMemoryLog,
} from '#test/channels/directline/support/memory-log.ts';
import { onEveryStage } from '#test/channels/directline/support/on-every-stage.ts';
import { statusOf } from '#test/channels/directline/support/open-stream.ts';
import { HANDSHAKE, head, openRaw } from '#test/channels/directline/support/raw.ts';

const PREFIX = '/v3/directline';

onEveryStage('Direct Line: clients that do not behave', (start) => {
  it('DL-111 bounds its sockets, by address and in all, without harm to those that are open', async () => {
    const endpoint = await start({ limits: { streams: 30, streamsPerAddress: 20 } });
    const open = async (address: string) => {
      const { streamUrl } = await endpoint.converse();
      return { streamUrl, headers: { 'x-test-address': address } };
    };
    const kept = [];
    for (let at = 0; at < 30; at += 1) {
      const { streamUrl, headers } = await open(at < 20 ? '192.0.2.1' : '192.0.2.2');
      kept.push(await endpoint.stream(streamUrl, headers));
    }
    const crowded = await open('192.0.2.1');
    expect(await statusOf(crowded.streamUrl, crowded.headers)).to.equal(429);
    const full = await open('192.0.2.3');
    expect(await statusOf(full.streamUrl, full.headers)).to.equal(429);
    await kept[0]!.close();
    await kept[25]!.close();
    expect(await statusOf(full.streamUrl, full.headers)).to.equal(101);
    for (const stream of kept.slice(1, 20)) {
      expect(stream.socket.readyState).to.equal(stream.socket.OPEN);
    }
  });

  it('DL-112 cuts a client that never reads, and holds little for it meanwhile', async () => {
    const log = createMemoryLog();
    let pages = 0;
    const counted: ActivityLog = {
      ...log,
      read(...args) {
        pages += 1;
        return log.read(...args);
      },
    };
    const forgotten = Promise.withResolvers<void>();
    const fanout = createMemoryFanout();
    const watched: Fanout = {
      ...fanout,
      subscribe(id, onNews) {
        const stop = fanout.subscribe(id, onNews);
        return () => {
          stop();
          forgotten.resolve();
        };
      },
    };
    const endpoint = await start({ log: counted, fanout: watched, limits: { keepAlive: 20 } });
    const asked = { method: 'POST', token: SECRET };
    const { json } = await endpoint.ask('/conversations', asked);
    const activity = { type: 'message', text: 'x'.repeat(64 * 1024) };
    for (let at = 0; at < 60; at += 1) {
      await log.append(json.conversationId, Array(10).fill(activity), endpoint.clock.now());
    }
    const raw = await openRaw(endpoint.root);
    const { pathname, search } = new URL(json.streamUrl);
    raw.socket.pause();
    raw.socket.write(head('GET', pathname + search, HANDSHAKE));
    await forgotten.promise;
    // Thirty pages of 1.3 MB in all; the kernel's buffers take some of them.
    expect(pages).to.be.within(1, 20);
    raw.socket.destroy();
  });

  it('DL-112 cuts a client that answers no ping', async () => {
    const endpoint = await start({ limits: { keepAlive: 20 } });
    const { streamUrl } = await endpoint.converse();
    const raw = await openRaw(endpoint.root);
    const { pathname, search } = new URL(streamUrl);
    raw.socket.write(head('GET', pathname + search, HANDSHAKE));
    await raw.until(/^HTTP\/1\.1 101 /);
    await raw.closed;
  });

  it('DL-113 DL-107 limits new conversations from one address, and from no other', async () => {
    const endpoint = await start({ limits: { starts: { burst: 4, perSecond: 0.5 } } });
    const page = { method: 'POST', headers: { origin: SITE } };
    const open = async (address: string) => {
      const { status, json } = await endpoint.ask('/tokens/generate', { ...page, address });
      if (status !== 200) return status;
      const started = { ...page, token: json.token, address };
      return (await endpoint.ask('/conversations', started)).status;
    };
    const statuses = [];
    for (let times = 0; times < 3; times += 1) statuses.push(await open('2001:db8:1:2::1'));
    expect(statuses).to.deep.equal([201, 201, 429]);
    expect(await open('2001:db8:1:2:ffff::9')).to.equal(429);
    expect(await open('2001:db8:1:3::1')).to.equal(201);
    const { headers } = await endpoint.ask('/tokens/generate', {
      ...page,
      address: '2001:db8:1:2::1',
    });
    expect(headers['retry-after']).to.equal('2');
    endpoint.clock.advance(4000);
    expect(await open('2001:db8:1:2::1')).to.equal(201);
    for (let times = 0; times < 10; times += 1) {
      const { status } = await endpoint.ask('/conversations', { method: 'POST', token: SECRET });
      expect(status).to.equal(201);
    }
  });

  it('answers 408 to a body that does not come, and closes', async () => {
    const endpoint = await start({ limits: { bodyTimeout: 20 } });
    const { path, token } = await endpoint.converse();
    const raw = await openRaw(endpoint.root);
    const headers = { authorization: `Bearer ${token}`, 'content-length': '100' };
    raw.socket.write(`${head('POST', `${PREFIX}${path}/activities`, headers)}{"type":`);
    await raw.closed;
    expect(raw.text()).to.match(/^HTTP\/1\.1 408 /);
    expect(raw.text()).to.include('"RequestTimeout"');
  });

  it('stops reading a body that has no end', async () => {
    const endpoint = await start();
    const { path, token } = await endpoint.converse();
    const raw = await openRaw(endpoint.root);
    const headers = { authorization: `Bearer ${token}`, 'transfer-encoding': 'chunked' };
    raw.socket.write(head('POST', `${PREFIX}${path}/activities`, headers));
    const chunk = Buffer.concat([
      Buffer.from('10000\r\n'),
      Buffer.alloc(0x10000, 0x20),
      Buffer.from('\r\n'),
    ]);
    let sent = 0;
    const pump = () => {
      while (!raw.socket.destroyed && sent < 2000) {
        sent += 1;
        if (!raw.socket.write(chunk)) return void raw.socket.once('drain', pump);
      }
    };
    pump();
    await raw.closed;
    expect(sent).to.be.lessThan(2000);
    expect((await endpoint.ask(path, { token })).status).to.equal(200);
  });

  it('forgets a client that goes away in the middle of a body', async () => {
    const endpoint = await start();
    const { path, token, post } = await endpoint.converse();
    for (const route of ['activities', 'upload?userId=u1']) {
      const raw = await openRaw(endpoint.root);
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': '1000',
      };
      raw.socket.write(`${head('POST', `${PREFIX}${path}/${route}`, headers)}--b\r\n`);
      await new Promise((resolve) => raw.socket.end('x', () => resolve(undefined)));
      raw.socket.destroy();
    }
    expect((await post('Bonjour')).status).to.equal(200);
    expect(endpoint.logged.filter(({ level }) => level === 'error')).to.deep.equal([]);
  });

  it('refuses strange upgrades before switching anything', async () => {
    const endpoint = await start();
    const { streamUrl, path } = await endpoint.converse();
    const { pathname, search } = new URL(streamUrl);
    const target = pathname + search;
    const requests: [string, string, object, RegExp][] = [
      ['POST', target, {}, /^HTTP\/1\.1 405 /],
      ['GET', `${PREFIX}${path}`, {}, /^HTTP\/1\.1 404 /],
      ['GET', `${PREFIX}/stream`, {}, /^HTTP\/1\.1 404 /],
      ['GET', target, { 'sec-websocket-key': 'short' }, /^HTTP\/1\.1 400 /],
      ['GET', target, { 'sec-websocket-version': '1' }, /^HTTP\/1\.1 4\d\d /],
      ['GET', target, { upgrade: 'h2c' }, /^HTTP\/1\.1 400 /],
    ];
    for (const [method, url, headers, expected] of requests) {
      const raw = await openRaw(endpoint.root);
      raw.socket.write(head(method, url, { ...HANDSHAKE, ...headers }));
      await raw.closed;
      expect(raw.text(), `${method} ${url.slice(0, 60)}`).to.match(expected);
    }
  });

  it('lets only so many messages of one conversation, and so many files in all, wait', async () => {
    const endpoint = await start({ limits: { turnsWaiting: 1, uploadsAtOnce: 1 } });
    const { post, path, token } = await endpoint.converse();
    const other = await endpoint.converse();
    const thought = Promise.withResolvers<void>();
    const thinking = Promise.withResolvers<void>();
    endpoint.script = async () => {
      thinking.resolve();
      await thought.promise;
      return [];
    };
    const headers = { 'content-type': 'text/plain' };
    const send = (to: { path: string; token: string }) =>
      endpoint.ask(`${to.path}/upload?userId=u1`, {
        method: 'POST',
        token: to.token,
        headers,
        body: 'x',
      });
    const first = send({ path, token });
    await thinking.promise;
    expect((await post('Encore')).status).to.equal(429);
    expect((await send(other)).status).to.equal(429);
    thought.resolve();
    expect((await first).status).to.equal(200);
    expect((await post('Encore')).status).to.equal(200);
    expect((await send(other)).status).to.equal(200);
  });

  it('delivers what is due before it says goodbye', async () => {
    const endpoint = await start();
    const { streamUrl, conversationId } = await endpoint.converse();
    const stream = await endpoint.stream(streamUrl);
    await stream.activities(1);
    const silent = { type: 'message', text: 'sans bruit' };
    await endpoint.stage.log.append(conversationId, [silent], endpoint.clock.now());
    await endpoint.directLine.close();
    expect((await stream.closed).code).to.equal(1012);
    expect((await stream.activities(2))[1].text).to.equal('sans bruit');
  });

  it('finishes the turn in flight before it closes, and refuses new ones meanwhile', async () => {
    const endpoint = await start();
    const { post, streamUrl, token, path } = await endpoint.converse();
    const stream = await endpoint.stream(streamUrl);
    await stream.activities(1);
    const { directLine } = endpoint;
    const thought = Promise.withResolvers<void>();
    const thinking = Promise.withResolvers<void>();
    const { script } = endpoint;
    endpoint.script = async (incoming) => {
      thinking.resolve();
      await thought.promise;
      return script(incoming);
    };
    const posted = post('Bonjour');
    await thinking.promise;
    const closing = directLine.close();
    const refused = await endpoint.ask(path, { token });
    expect([refused.status, refused.json.error.code]).to.deep.equal([503, 'ServiceUnavailable']);
    expect(await statusOf(streamUrl)).to.equal(503);
    thought.resolve();
    expect((await posted).status).to.equal(200);
    await closing;
    expect((await stream.activities(3)).at(-1).text).to.equal('Vous dites : Bonjour');
    expect((await stream.closed).code).to.equal(1012);
  });
});
