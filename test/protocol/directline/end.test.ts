import { expect } from 'chai';
import type { ActivityLog } from '#shared/activity-log.ts';
import { SECRET } from '#test/channels/directline/support/endpoint.ts';
import { createMemoryLog } from '#test/channels/directline/support/memory-log.ts';
import { onEveryStage } from '#test/channels/directline/support/on-every-stage.ts';
import type { Seen } from '#test/channels/directline/support/open-stream.ts';

onEveryStage('Direct Line: the end of a conversation', (start) => {
  it('DL-080 ends when the client says so: no more posts, the history stays', async () => {
    const endpoint = await start();
    const { post, read, path, token } = await endpoint.converse();
    const ended = await post('', { type: 'endOfConversation', text: undefined });
    expect(ended.status).to.equal(200);
    const refused = await post('Encore');
    expect([refused.status, refused.json.error.code]).to.deep.equal([400, 'ConversationEnded']);
    const upload = { method: 'POST', token, body: 'x', headers: { 'content-type': 'text/plain' } };
    expect((await endpoint.ask(`${path}/upload?userId=u1`, upload)).status).to.equal(400);
    const { activities } = (await read()).json;
    expect(activities.map((it: Seen) => it.type)).to.deep.equal(['message', 'endOfConversation']);
    expect(activities[1].id).to.equal(ended.json.id);
  });

  it('DL-108 shows the end that the bot gives, by both ways, and takes no more posts', async () => {
    const endpoint = await start();
    const { post, read, streamUrl, conversationId } = await endpoint.converse();
    const stream = await endpoint.stream(streamUrl);
    const { log, fanout } = endpoint.stage;
    const end = { type: 'endOfConversation', from: { id: 'declic', role: 'bot' } };
    await log.append(conversationId, [end], endpoint.clock.now());
    await log.markEnded(conversationId, endpoint.clock.now());
    fanout.publish(conversationId);
    expect((await stream.activities(2))[1].type).to.equal('endOfConversation');
    expect((await read('1')).json.activities[0].type).to.equal('endOfConversation');
    expect((await post('Encore')).status).to.equal(400);
  });

  it('refuses what was waiting for its turn when the end came', async () => {
    const log = createMemoryLog();
    const ending = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    let looked = () => {};
    const slow: ActivityLog = {
      ...log,
      async find(...args) {
        const found = await log.find(...args);
        looked();
        return found;
      },
      async markEnded(...args) {
        ending.resolve();
        await mayEnd.promise;
        return log.markEnded(...args);
      },
    };
    const endpoint = await start({ log: slow });
    const { json } = await endpoint.ask('/conversations', { method: 'POST', token: SECRET });
    const post = (type: string) =>
      endpoint.ask(`/conversations/${json.conversationId}/activities`, {
        method: 'POST',
        token: SECRET,
        body: { type, from: { id: 'u1' }, text: 'Trop tard' },
      });
    const end = post('endOfConversation');
    await ending.promise;
    const entered = Promise.withResolvers<void>();
    looked = entered.resolve;
    const late = post('message');
    await entered.promise;
    mayEnd.resolve();
    expect((await end).status).to.equal(200);
    expect((await late).json.error.code).to.equal('ConversationEnded');
    expect(endpoint.handled.map(({ kind }) => kind)).to.deep.equal(['start']);
  });

  it('looks at no body once the end has come', async () => {
    const endpoint = await start();
    const { post, path, token } = await endpoint.converse();
    await post('', { type: 'endOfConversation', text: undefined });
    const asked = { method: 'POST', token, body: '{' };
    const { json } = await endpoint.ask(`${path}/activities`, asked);
    expect(json.error.code).to.equal('ConversationEnded');
  });
});
