import { expect } from 'chai';
import { SECRET, say } from '#test/channels/directline/support/endpoint.ts';
import { onEveryStage } from '#test/channels/directline/support/on-every-stage.ts';
import type { Seen } from '#test/channels/directline/support/open-stream.ts';

onEveryStage('Direct Line: polling', (start) => {
  it('DL-054 DL-065 answers activities and a watermark that is a string, never cached', async () => {
    const endpoint = await start();
    const { read } = await endpoint.converse();
    const { status, json, headers } = await read();
    expect(status).to.equal(200);
    expect(json.activities).to.have.length(1);
    expect(json.watermark).to.equal('1');
    expect(headers['cache-control']).to.equal('no-store');
  });

  it('DL-055 answers only what comes after the watermark, which never goes back', async () => {
    const endpoint = await start();
    const { read, post } = await endpoint.converse();
    await post('Un');
    const first = (await read()).json;
    expect((await read(first.watermark)).json).to.deep.equal({
      activities: [],
      watermark: first.watermark,
    });
    await post('Deux');
    const later = (await read(first.watermark)).json;
    expect(later.activities.map((it: Seen) => it.text)).to.deep.equal([
      'Deux',
      'Vous dites : Deux',
    ]);
    expect(Number(later.watermark)).to.be.greaterThan(Number(first.watermark));
  });

  it('DL-056 answers the same to the same watermark', async () => {
    const endpoint = await start();
    const { read, post } = await endpoint.converse();
    await post('Un');
    expect((await read('1')).json).to.deep.equal((await read('1')).json);
  });

  it('DL-057 DL-058 reads a watermark that is none of its own as "from the beginning"', async () => {
    const endpoint = await start();
    const { read, post } = await endpoint.converse();
    await post('Un');
    const whole = (await read()).json;
    for (const mark of [
      '',
      'null',
      'abc',
      '-1',
      '1e9',
      '99999999999999999999',
      '%00',
      '4',
      '0000a-42',
    ]) {
      const { status, json } = await read(mark);
      expect(status, mark).to.equal(200);
      expect(json, mark).to.deep.equal(whole);
    }
  });

  it('DL-059 ends when a client pages until nothing comes', async () => {
    const endpoint = await start({ limits: { readPage: 4 } });
    const { read, post } = await endpoint.converse();
    for (const text of ['1', '2', '3', '4', '5']) await post(text);
    const seen: Seen[] = [];
    let mark = '';
    for (;;) {
      const { activities, watermark } = (await read(mark)).json;
      if (activities.length === 0) break;
      expect(activities.length).to.be.at.most(4);
      seen.push(...activities);
      mark = watermark;
    }
    expect(new Set(seen.map(({ id }) => id)).size).to.equal(11);
    expect(seen).to.have.length(11);
  });

  it('DL-060 DL-063 never limits the rate of this route', async () => {
    const tight = { burst: 1, perSecond: 0.001 };
    const endpoint = await start({ limits: { posts: tight, starts: tight } });
    const { read } = await endpoint.converse();
    for (let times = 0; times < 100; times += 1) expect((await read('1')).status).to.equal(200);
  });

  it('DL-062 answers 404 for a conversation that does not exist', async () => {
    const endpoint = await start();
    const { status } = await endpoint.ask('/conversations/unknown/activities', { token: SECRET });
    expect(status).to.equal(404);
  });

  it('DL-064 shows the same ids by polling as in the stream', async () => {
    const endpoint = await start();
    const { read, post, streamUrl } = await endpoint.converse();
    const stream = await endpoint.stream(streamUrl);
    endpoint.script = async () => [say('a'), say('b')];
    await post('Un');
    const ids = (await read()).json.activities.map((it: Seen) => it.id);
    expect((await stream.activities(4)).map((it) => it.id)).to.deep.equal(ids);
    expect(new Set(ids).size).to.equal(4);
  });

  it('answers an empty list for a conversation that has a token and was never started', async () => {
    const endpoint = await start();
    const { token, conversationId } = await endpoint.generate();
    const { status, json } = await endpoint.ask(`/conversations/${conversationId}/activities`, {
      token,
    });
    expect(status).to.equal(200);
    expect(json).to.deep.equal({ activities: [], watermark: '0' });
  });
});
