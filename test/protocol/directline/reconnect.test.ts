import { expect } from 'chai';
import { createDirectLine } from '#channels/directline/direct-line.ts';
import { SECRET, SIGNING_KEY, say } from '#test/channels/directline/support/endpoint.ts';
import { onEveryStage } from '#test/channels/directline/support/on-every-stage.ts';
import { type Seen, statusOf } from '#test/channels/directline/support/open-stream.ts';
import { ALL_STAGES } from '#test/channels/directline/support/stages.ts';

onEveryStage(
  'Direct Line: coming back',
  (start) => {
    it('DL-043 DL-044 loses nothing and repeats nothing over a cut socket', async () => {
      const endpoint = await start();
      const { streamUrl, post, path, token } = await endpoint.converse();
      const before = await endpoint.stream(streamUrl);
      await post('Un');
      await before.activities(3);
      const mark = before.watermark();
      before.socket.terminate();
      await before.closed;
      await post('Deux');
      await post('Trois');
      const { status, json } = await endpoint.ask(`${path}?watermark=${mark}`, { token });
      expect(status).to.equal(200);
      expect(json).to.include.keys('conversationId', 'token', 'streamUrl');
      const after = await endpoint.stream(json.streamUrl);
      const seen = await after.activities(4);
      expect(seen.map((it) => it.text)).to.deep.equal([
        'Deux',
        'Vous dites : Deux',
        'Trois',
        'Vous dites : Trois',
      ]);
    });

    it('DL-045 replays everything for an empty watermark, and only what comes later without one', async () => {
      const endpoint = await start();
      const { post, path, token } = await endpoint.converse();
      const empty = await endpoint.ask(`${path}?watermark=`, { token });
      const none = await endpoint.ask(path, { token });
      const fromNow = await endpoint.stream(none.json.streamUrl);
      await post('Bonjour');
      const fromStart = await endpoint.stream(empty.json.streamUrl);
      expect((await fromStart.activities(3))[0].text).to.equal('Bienvenue.');
      expect((await fromNow.activities(2))[0].text).to.equal('Bonjour');
    });

    it('DL-057 replays everything for a watermark that is none of its own', async () => {
      const endpoint = await start();
      const { path, token } = await endpoint.converse();
      for (const mark of ['99999', 'x', '-1']) {
        const { json } = await endpoint.ask(`${path}?watermark=${mark}`, { token });
        const stream = await endpoint.stream(json.streamUrl);
        expect((await stream.activities(1))[0].text, mark).to.equal('Bienvenue.');
      }
    });

    it('DL-046 answers 404 for a conversation that does not exist', async () => {
      const endpoint = await start();
      const { status, json } = await endpoint.ask('/conversations/unknown', { token: SECRET });
      expect([status, json.error.code]).to.deep.equal([404, 'NotFound']);
    });

    it('DL-047 answers 403 TokenExpired to a client whose token has expired meanwhile', async () => {
      const endpoint = await start();
      const { path, token } = await endpoint.converse();
      endpoint.clock.advance(1_801_000);
      const { status, json } = await endpoint.ask(`${path}?watermark=1`, { token });
      expect([status, json.error.code]).to.deep.equal([403, 'TokenExpired']);
    });

    it('DL-048 DL-049 keeps a socket open beyond its first token, but not for ever', async () => {
      const endpoint = await start({ limits: { keepAlive: 10, streamAge: 6 * 3_600_000 } });
      const { streamUrl, stage, post } = { ...(await endpoint.converse()), stage: endpoint.stage };
      const stream = await endpoint.stream(streamUrl);
      await stream.activities(1);
      endpoint.clock.advance(2 * 3_600_000);
      const beats = stream.frames.length;
      await stream.until((frame) => frame === '' && stream.frames.length > beats + 1);
      expect(stream.socket.readyState).to.equal(stream.socket.OPEN);
      expect((await post('x')).status).to.equal(403);
      await stage.log.append(
        conversationOf(streamUrl),
        [{ type: 'message' }],
        endpoint.clock.now(),
      );
      stage.fanout.publish(conversationOf(streamUrl));
      await stream.activities(2);
      endpoint.clock.advance(4 * 3_600_000 + 1000);
      expect(await stream.closed).to.deep.equal({ code: 1000, reason: 'open for too long' });
    });

    it('DL-050 goes on after a restart with the same token, watermark and history', async () => {
      const endpoint = await start();
      const { streamUrl, post, path, token } = await endpoint.converse();
      const before = await endpoint.stream(streamUrl);
      await post('Avant');
      await before.activities(3);
      await endpoint.restart();
      expect((await before.closed).code).to.equal(1012);
      const { status, json } = await endpoint.ask(`${path}?watermark=${before.watermark()}`, {
        token,
      });
      expect(status).to.equal(200);
      const after = await endpoint.stream(json.streamUrl);
      await post('Après');
      expect((await after.activities(2))[0].text).to.equal('Après');
      const { activities } = (await endpoint.ask(`${path}/activities`, { token })).json;
      expect(activities).to.have.length(5);
      expect(endpoint.handled.map(({ kind }) => kind)).to.deep.equal([
        'start',
        'message',
        'message',
      ]);
    });

    it('feeds its sockets with what another instance over the same storage has taken in', async () => {
      const endpoint = await start();
      const { stage, clock } = endpoint;
      const { streamUrl, conversationId } = await endpoint.converse();
      const stream = await endpoint.stream(streamUrl);
      await stream.activities(1);
      const other = createDirectLine({
        assistant: stage.createAssistant(endpoint.script),
        log: stage.log,
        fanout: stage.fanout,
        clock,
        logger: { debug() {}, info() {}, warn() {}, error() {} },
        publicUrl: endpoint.root,
        secret: SECRET,
        signingKey: SIGNING_KEY,
        allowedOrigins: [],
      });
      const first = endpoint.directLine;
      endpoint.directLine = other;
      const body = { type: 'message', from: { id: 'u1' }, text: 'Ailleurs' };
      const asked = { method: 'POST', token: SECRET, body };
      await endpoint.ask(`/conversations/${conversationId}/activities`, asked);
      expect((await stream.activities(3))[1].text).to.equal('Ailleurs');
      endpoint.directLine = first;
      await other.close();
    });

    it('finds by itself what no news told it of', async () => {
      const endpoint = await start({ limits: { keepAlive: 10 } });
      const { streamUrl, conversationId } = await endpoint.converse();
      const stream = await endpoint.stream(streamUrl);
      await stream.activities(1);
      const silent = { type: 'message', text: 'sans bruit' };
      await endpoint.stage.log.append(conversationId, [silent], endpoint.clock.now());
      expect((await stream.activities(2))[1].text).to.equal('sans bruit');
    });

    it('goes on after the person has had everything erased, and tells the page of it once', async () => {
      const endpoint = await start();
      const { streamUrl, conversationId, post, read } = await endpoint.converse();
      const stream = await endpoint.stream(streamUrl);
      await post('Secret');
      await stream.activities(3);
      const { userId } = (await endpoint.stage.log.find(conversationId))!;
      endpoint.script = async ({ text }) => {
        if (text === 'Effacer') await endpoint.stage.erase(userId);
        return [say('Fait.')];
      };
      await post('Effacer');
      await post('Encore');
      const seen = await stream.activities(8);
      const told = seen.slice(3).map(({ type, text, name }) => text ?? `${type} ${name}`);
      expect(told).to.deep.equal(['Effacer', 'Fait.', 'event declic/erased', 'Encore', 'Fait.']);
      const { activities } = (await read()).json;
      expect(activities.map(({ id }: Seen) => id)).to.deep.equal(seen.slice(3).map(({ id }) => id));
    });

    it('DL-110 closes the sockets of a conversation that was swept, and answers 404 from then on', async () => {
      const endpoint = await start({
        limits: { keepAlive: 10, sweepEvery: 10, streamAge: Number.POSITIVE_INFINITY },
      });
      const { streamUrl, path, post } = await endpoint.converse();
      const stream = await endpoint.stream(streamUrl);
      await stream.activities(1);
      endpoint.clock.advance(31 * 24 * 3_600_000);
      expect(await stream.closed).to.deep.equal({ code: 1000, reason: 'conversation gone' });
      while ((await endpoint.ask(path, { token: SECRET })).status !== 404);
      expect((await endpoint.ask(`${path}/activities`, { token: SECRET })).status).to.equal(404);
      expect((await post('x')).status).to.equal(403);
      expect(await statusOf(streamUrl)).to.equal(403);
    });
  },
  ALL_STAGES,
);

/** The conversation in the address of a stream. */
function conversationOf(streamUrl: string): string {
  return /conversations\/([^/]+)/.exec(streamUrl)![1]!;
}
