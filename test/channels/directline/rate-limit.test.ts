import { expect } from 'chai';
import { addressKey, createRateLimit } from '#channels/directline/rate-limit.ts';
import { createTestClock } from './support/endpoint.ts';

describe('a rate limit', () => {
  it('grants a burst, then as much as grows back, and tells how long to wait', () => {
    const clock = createTestClock();
    const limit = createRateLimit({ burst: 3, perSecond: 0.5 }, clock);
    expect([1, 2, 3, 4].map(() => limit.take('a'))).to.deep.equal([0, 0, 0, 2]);
    clock.advance(1000);
    expect(limit.take('a')).to.equal(1);
    clock.advance(1000);
    expect(limit.take('a')).to.equal(0);
    expect(limit.take('b', 3)).to.equal(0);
  });

  it('never grants more than a burst, however long it was left alone, or when time goes back', () => {
    const clock = createTestClock();
    const limit = createRateLimit({ burst: 2, perSecond: 1 }, clock);
    clock.advance(1_000_000);
    expect([1, 2, 3].map(() => limit.take('a') > 0)).to.deep.equal([false, false, true]);
    clock.advance(-1_000_000);
    expect(limit.take('a')).to.be.greaterThan(0);
  });

  it('forgets nobody who has spent their share when a crowd passes by', () => {
    const clock = createTestClock();
    const limit = createRateLimit({ burst: 1, perSecond: 0.001 }, clock);
    for (let at = 0; at < 30_000; at += 1) {
      limit.take(`visitor ${at}`);
      if (at % 5000 === 0) expect(limit.take('regular') === 0).to.equal(at === 0);
    }
  });

  it('counts the addresses of one IPv6 network as one, and no others', () => {
    const one = addressKey('2001:db8:1:2::1');
    expect(addressKey('2001:db8:1:2:aaaa:bbbb:cccc:dddd')).to.equal(one);
    expect(addressKey('2001:db8:1:3::1')).not.to.equal(one);
    expect(addressKey('2001:db8::')).to.equal('2001:db8:0:0');
    expect(addressKey('192.0.2.1')).to.equal('192.0.2.1');
    expect(addressKey('::ffff:192.0.2.1')).to.equal('192.0.2.1');
    for (const own of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      expect(addressKey(own)).to.equal(undefined);
    }
  });
});
