import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import { createConnectionCap } from '#server/connection-cap.ts';
import { createRateLimits } from '#server/rate-limits.ts';
import { createTokenBuckets } from '#server/token-buckets.ts';
import { startServer } from './start-server.ts';

/** A clock that moves when told to. */
function handClock() {
  let seconds = 1_000_000;
  return {
    now: () => new Date(seconds * 1000),
    pass: (more: number) => {
      seconds += more;
    },
  };
}

const ALLOWANCES = {
  open: { burst: 2, perSecond: 0.5 },
  write: { burst: 3, perSecond: 1 },
  messages: { burst: 3, perSecond: 1 },
  links: { burst: 1, perSecond: 1 },
};

describe('an allowance', () => {
  it('lets a burst pass, then says how long to wait, then fills again', () => {
    const clock = handClock();
    const take = createTokenBuckets({ burst: 2, perSecond: 0.5 }, clock);
    expect([take('a'), take('a'), take('a')]).to.deep.equal([0, 0, 2]);
    expect(take('b')).to.equal(0);
    clock.pass(1);
    expect(take('a')).to.equal(1);
    clock.pass(1);
    expect([take('a'), take('a')]).to.deep.equal([0, 2]);
    clock.pass(3600);
    expect([take('a'), take('a'), take('a')]).to.deep.equal([0, 0, 2]);
  });

  it('does not grow when the clock is set back, nor take less than nothing', () => {
    const clock = handClock();
    const take = createTokenBuckets({ burst: 1, perSecond: 1 }, clock);
    take('a');
    clock.pass(-3600);
    expect(take('a')).to.equal(1);
    clock.pass(1);
    expect(take('a')).to.equal(0);
  });

  it('forgets the longest unused beyond ten thousand', () => {
    const take = createTokenBuckets({ burst: 1, perSecond: 0.001 }, handClock());
    take('first');
    take('second');
    for (let other = 0; other < 9_999; other++) take(String(other));
    expect(take('second')).to.be.greaterThan(0);
    expect(take('first')).to.equal(0);
  });
});

describe('limits by address', () => {
  const address = '192.0.2.1';
  const times = (count: number, ask: () => number) => Array.from({ length: count }, ask);

  it('never stop anyone from reading a conversation', () => {
    const check = createRateLimits(ALLOWANCES, handClock());
    const path = '/v3/directline/conversations/abc/activities';
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      expect(
        times(50, () => check({ method, path, address })).every((wait) => wait === 0),
      ).to.equal(true);
    }
  });

  it('count conversations that open apart from what is said in them, and each address apart', () => {
    const check = createRateLimits(ALLOWANCES, handClock());
    const open = { method: 'POST', path: '/v3/directline/tokens/generate', address };
    const say = { method: 'POST', path: '/v3/directline/conversations/abc/activities', address };
    expect(times(3, () => check(open))).to.deep.equal([0, 0, 2]);
    expect(check({ ...open, path: '/v3/directline/conversations' })).to.equal(2);
    expect(
      check({ ...open, path: '/v3/directline/conversations/a/stream', method: 'UPGRADE' }),
    ).to.equal(2);
    expect(times(4, () => check(say))).to.deep.equal([0, 0, 0, 1]);
    expect(check({ ...open, address: '192.0.2.2' })).to.equal(0);
    expect(check({ method: 'GET', path: '/', address })).to.equal(0);
  });

  it('do not concern programs of this machine', () => {
    const check = createRateLimits(ALLOWANCES, handClock());
    const call = { method: 'POST', path: '/api/messages', address: '127.0.0.1' };
    expect(times(50, () => check(call)).every((wait) => wait === 0)).to.equal(true);
    expect(times(4, () => check({ ...call, address }))).to.deep.equal([0, 0, 0, 1]);
  });

  it('are answered 429 with the time to wait, which pages of other sites can read', async () => {
    const server = await startServer({ trustProxy: 1, allowances: ALLOWANCES, clock: handClock() });
    const post = (client: string) =>
      fetch(`${server.url}/v3/directline/tokens/generate`, {
        method: 'POST',
        headers: { 'x-forwarded-for': client },
      });
    const statuses = [];
    for (let sent = 0; sent < 3; sent++) statuses.push((await post(address)).status);
    expect(statuses).to.deep.equal([200, 200, 429]);
    const answer = await post(address);
    expect(answer.headers.get('retry-after')).to.equal('2');
    expect(answer.headers.get('access-control-allow-origin')).to.equal('*');
    expect(await answer.json()).to.have.nested.property('error.code', 'TooManyRequests');
    expect((await post(`${address}, 192.0.2.7`)).status).to.equal(200);
    await server.stop();
  });
});

describe('the cap on connections', () => {
  const connect = (cap: (socket: Socket) => void, remoteAddress: string) => {
    const socket = Object.assign(new EventEmitter(), {
      remoteAddress,
      destroyed: false,
      destroy() {
        socket.destroyed = true;
        socket.emit('close');
      },
    });
    cap(socket as unknown as Socket);
    return socket;
  };

  it('drops what one network opens beyond it, and counts down as they close', () => {
    const cap = createConnectionCap(2);
    const first = connect(cap, '192.0.2.1');
    connect(cap, '::ffff:192.0.2.1');
    expect(connect(cap, '192.0.2.1').destroyed).to.equal(true);
    expect(connect(cap, '192.0.2.2').destroyed).to.equal(false);
    first.destroy();
    expect(connect(cap, '192.0.2.1').destroyed).to.equal(false);
    expect(connect(cap, '192.0.2.1').destroyed).to.equal(true);
  });

  it('leaves this machine alone', () => {
    const cap = createConnectionCap(0);
    expect(connect(cap, '127.0.0.1').destroyed).to.equal(false);
  });
});
