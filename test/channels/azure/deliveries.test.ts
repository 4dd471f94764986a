import { expect } from 'chai';
import { createDeliveries, type Delivery } from '#channels/azure/deliveries.ts';

/** Replies that arrive when told to. */
function heldSends() {
  const asked: string[] = [];
  const releases: (() => void)[] = [];
  const delivery = (activity: string, more: Partial<Delivery> = {}): Delivery => ({
    conversation: 'c',
    activity,
    count: 2,
    send: (index) => {
      asked.push(`${activity}${index}`);
      return new Promise<void>((resolve) => releases.push(resolve));
    },
    ...more,
  });
  const releaseNext = async () => {
    while (releases.length === 0) await new Promise((resolve) => setImmediate(resolve));
    releases.shift()?.();
  };
  return { asked, delivery, releaseNext };
}

describe('deliveries', () => {
  it('of one conversation wait for each other, of two do not', async () => {
    const { asked, delivery, releaseNext } = heldSends();
    const { deliver } = createDeliveries(10_000);
    const all = [
      deliver(delivery('a')),
      deliver(delivery('b')),
      deliver(delivery('x', { conversation: 'd' })),
    ];
    for (let sent = 0; sent < 6; sent++) await releaseNext();
    await Promise.all(all);
    expect(asked.filter((it) => !it.startsWith('x'))).to.deep.equal(['a0', 'a1', 'b0', 'b1']);
    expect(asked.indexOf('x0')).to.be.lessThan(asked.indexOf('b0'));
  });

  it('asked twice are one', async () => {
    const { asked, delivery, releaseNext } = heldSends();
    const { deliver } = createDeliveries(10_000);
    const all = [deliver(delivery('a')), deliver(delivery('a'))];
    await releaseNext();
    await releaseNext();
    await Promise.all(all);
    await deliver(delivery('a'));
    expect(asked).to.deep.equal(['a0', 'a1']);
  });

  it('that fail are resumed, and hold up nothing that comes after', async () => {
    const sent: string[] = [];
    let works = false;
    const { deliver } = createDeliveries(10_000);
    const failing: Delivery = {
      conversation: 'c',
      activity: 'a',
      count: 3,
      send: async (index) => {
        if (index === 1 && !works) throw new Error('no');
        sent.push(`a${index}`);
      },
    };
    const next: Delivery = {
      ...failing,
      activity: 'b',
      count: 1,
      send: async () => sent.push('b0'),
    };
    const [first] = await Promise.allSettled([deliver(failing), deliver(next)]);
    expect(first.status).to.equal('rejected');
    expect(sent).to.deep.equal(['a0', 'b0']);
    works = true;
    await deliver(failing);
    expect(sent).to.deep.equal(['a0', 'b0', 'a1', 'a2']);
  });

  it('are given up when nothing comes back', async () => {
    const { deliver } = createDeliveries(20);
    const never: Delivery = {
      conversation: 'c',
      activity: 'a',
      count: 1,
      send: () => new Promise(() => {}),
    };
    const outcome = await deliver(never).then(
      () => 'arrived',
      (error: unknown) => (error as { code?: string }).code,
    );
    expect(outcome).to.equal('CHANNEL_FAILED');
  });
});
