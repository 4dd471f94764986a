import { expect } from 'chai';
import { createTurnQueue } from '#channels/directline/turn-queue.ts';

describe('a queue of turns', () => {
  it('runs those of one conversation in order, past failures, and those of others meanwhile', async () => {
    const queue = createTurnQueue();
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    const slow = queue.run('a', async () => {
      await gate.promise;
      order.push('a1');
    });
    const failing = queue.run('a', async () => {
      order.push('a2');
      throw new TypeError('broken');
    });
    const last = queue.run('a', async () => order.push('a3'));
    await queue.run('b', async () => order.push('b1'));
    expect(queue.waiting('a')).to.equal(3);
    gate.resolve();
    await slow;
    expect(await failing.catch(({ message }) => message)).to.equal('broken');
    await last;
    expect(order).to.deep.equal(['b1', 'a1', 'a2', 'a3']);
    expect(queue.waiting('a')).to.equal(0);
  });
});
