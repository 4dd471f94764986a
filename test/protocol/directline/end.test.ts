import { expect } from 'chai';
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
    const endpoint = await start();
    const { post } = await endpoint.converse();
    const [ended, late] = await Promise.all([
      post('', { type: 'endOfConversation', text: undefined }),
      post('Trop tard'),
    ]);
    expect(ended.status).to.equal(200);
    expect(late.status).to.be.oneOf([200, 400]);
    const heard = endpoint.handled.filter(({ text }) => text === 'Trop tard');
    expect(heard).to.have.length(late.status === 200 ? 1 : 0);
  });
});
