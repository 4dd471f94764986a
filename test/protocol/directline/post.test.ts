import { expect } from 'chai';
import { SECRET, say } from '#test/channels/directline/support/endpoint.ts';
import { onEveryStage } from '#test/channels/directline/support/on-every-stage.ts';
import type { Seen } from '#test/channels/directline/support/open-stream.ts';
import { ALL_STAGES } from '#test/channels/directline/support/stages.ts';

onEveryStage(
  'Direct Line: posting',
  (start) => {
    it('DL-066 answers the id under which the activity is seen', async () => {
      const endpoint = await start();
      const { post, read, conversationId } = await endpoint.converse();
      const { status, json } = await post('Bonjour');
      expect(status).to.equal(200);
      expect(json).to.deep.equal({ id: `${conversationId}|0000002` });
      expect((await read('1')).json.activities[0]).to.include({ id: json.id, text: 'Bonjour' });
    });

    it('DL-067 answers when the bot has, and not after the client has given up', async () => {
      const endpoint = await start({ limits: { turnTimeout: 20 } });
      const { post, read } = await endpoint.converse();
      const thought = Promise.withResolvers<void>();
      endpoint.script = async () => {
        await thought.promise;
        return [say('Enfin.')];
      };
      const channelData = { clientActivityID: 'slow' };
      const { status, json } = await post('Bonjour', { channelData });
      expect([status, json.error.code]).to.deep.equal([502, 'BotRejectedActivity']);
      thought.resolve();
      const again = await post('Bonjour', { channelData });
      expect(again.status).to.equal(200);
      const texts = (await read('1')).json.activities.map((it: Seen) => it.text);
      expect(texts).to.deep.equal(['Bonjour', 'Enfin.']);
    });

    it('DL-068 DL-069 answers 502 BotRejectedActivity when the bot throws, and nothing was done', async () => {
      const endpoint = await start();
      const { post, read } = await endpoint.converse();
      endpoint.script = async () => Promise.reject(new TypeError('about "Mon secret"'));
      const { status, json } = await post('Mon secret');
      expect([status, json.error.code]).to.deep.equal([502, 'BotRejectedActivity']);
      const [entry] = endpoint.logged.filter(({ level }) => level === 'error');
      expect(entry?.fields).to.include({ code: 'INTERNAL', error: 'TypeError' });
      expect(JSON.stringify(endpoint.logged)).not.to.include('Mon secret');
      expect((await read('1')).json.activities).to.deep.equal([]);
      endpoint.script = async () => [say('Oui.')];
      expect((await post('Mon secret')).status).to.equal(200);
    });

    it('DL-070 refuses an activity from nobody, unless the token says who it is', async () => {
      const endpoint = await start();
      const anonymous = await endpoint.converse();
      for (const from of [undefined, null, {}, { id: '' }, { id: 7 }, 'u1', []]) {
        const { status, json } = await anonymous.post('x', { from });
        expect([status, json.error.code]).to.deep.equal([400, 'MissingProperty']);
      }
      const known = await endpoint.converse({ user: { id: 'dl_x' } });
      expect((await known.post('x', { from: undefined })).status).to.equal(200);
    });

    it('DL-071 refuses what is no activity', async () => {
      const endpoint = await start();
      const { path, token } = await endpoint.converse();
      const from = { id: 'u1' };
      const bodies = [
        '',
        'bonjour',
        '{"type":"message"',
        'null',
        '[]',
        '[{"type":"message","from":{"id":"u1"}}]',
        Buffer.from([0x7b, 0xff, 0x7d]),
        { from, text: 'x' },
        { type: '', from },
        { type: 7, from },
        { type: 'message', from, text: 7 },
        { type: 'message', from, attachments: 'x' },
        { type: 'message', from, attachments: [null] },
        { type: 'message', from, entities: {} },
        { type: 'message', from, channelData: { clientActivityID: 'x\u0000' } },
        `{"type":"message","from":{"id":"u1"},"value":${'['.repeat(5000)}${']'.repeat(5000)}}`,
      ];
      for (const body of bodies) {
        const asked = { method: 'POST', token, body };
        const { status, json } = await endpoint.ask(`${path}/activities`, asked);
        expect(status, String(body).slice(0, 60)).to.equal(400);
        expect(json.error).to.have.all.keys('code', 'message');
      }
    });

    it('DL-072 answers 404 for a conversation that does not exist', async () => {
      const endpoint = await start();
      const body = { type: 'message', from: { id: 'u1' }, text: 'x' };
      const asked = { method: 'POST', token: SECRET, body };
      expect((await endpoint.ask('/conversations/unknown/activities', asked)).status).to.equal(404);
    });

    it('DL-074 DL-103 gives the client words to show with every refusal', async () => {
      const endpoint = await start();
      const { post } = await endpoint.converse();
      const { json } = await post('x', { type: 'conversationUpdate' });
      expect(json.error.message).to.match(/\w/);
    });

    it('DL-075 DL-107 answers 429 with Retry-After in seconds to a conversation that floods', async () => {
      const endpoint = await start({ limits: { posts: { burst: 3, perSecond: 0.1 } } });
      const { post } = await endpoint.converse();
      const other = await endpoint.converse();
      const statuses: number[] = [];
      for (let times = 0; times < 4; times += 1) statuses.push((await post('x')).status);
      expect(statuses).to.deep.equal([200, 200, 200, 429]);
      const { json, headers } = await post('x');
      expect(json.error.code).to.equal('TooManyRequests');
      expect(headers['retry-after']).to.equal('10');
      expect((await other.post('x')).status).to.equal(200);
      endpoint.clock.advance(10_000);
      expect((await post('x')).status).to.equal(200);
    });

    it('DL-076 refuses a body over 256 K characters, and takes one just below', async () => {
      const endpoint = await start();
      const { post } = await endpoint.converse();
      endpoint.script = async () => [say('Long.')];
      expect((await post('é'.repeat(262_000))).status).to.equal(200);
      const { status, json } = await post('é'.repeat(262_145));
      expect([status, json.error.code]).to.deep.equal([413, 'MessageSizeTooBig']);
      expect((await post('x'.repeat(5_000_000))).status).to.equal(413);
    });

    it('DL-077 keeps an event as it came, and echoes it', async () => {
      const endpoint = await start();
      const { post, read } = await endpoint.converse();
      const event = { type: 'event', name: 'page/read', value: { page: 3, list: [{}] } };
      expect((await post('', { ...event, text: undefined })).status).to.equal(200);
      expect((await read('1')).json.activities[0]).to.deep.include(event);
    });

    it('DL-078 takes a typing sign without keeping it', async () => {
      const endpoint = await start();
      const { post, read } = await endpoint.converse();
      const { status, json } = await post('', { type: 'typing', text: undefined });
      expect(status).to.equal(200);
      expect(json.id).to.be.a('string');
      expect((await read('1')).json.activities).to.deep.equal([]);
    });

    it('DL-079 refuses the types that only a channel may send', async () => {
      const endpoint = await start();
      const { post, read } = await endpoint.converse();
      for (const type of [
        'conversationUpdate',
        'contactRelationUpdate',
        'installationUpdate',
        'invoke',
      ]) {
        const { status } = await post('', { type, membersAdded: [{ id: 'x' }], name: 'x' });
        expect(status, type).to.equal(400);
      }
      expect((await read('1')).json.activities).to.deep.equal([]);
      expect(endpoint.handled).to.have.length(1);
    });

    it('DL-081 gives privileged names no effect: they are kept, and no more', async () => {
      const endpoint = await start();
      const { post } = await endpoint.converse();
      for (const name of ['handoff.status', 'tokens/response', 'handoff.initiate']) {
        const { status } = await post('', { type: 'event', name, value: { state: 'completed' } });
        expect(status).to.equal(200);
      }
      expect(endpoint.handled).to.have.length(1);
      expect((await post('Bonjour')).status).to.equal(200);
    });

    it('DL-083 says itself where, when and to whom, whatever the client says', async () => {
      const endpoint = await start();
      const { post, read, conversationId } = await endpoint.converse();
      const { json } = await post('Bonjour', {
        id: 'forged',
        timestamp: '1999-01-01T00:00:00Z',
        recipient: { id: 'forged' },
        conversation: { id: 'forged' },
        serviceUrl: 'https://evil.example',
        channelId: 'msteams',
        callerId: 'urn:forged',
        ...JSON.parse('{"__proto__":{"polluted":true}}'),
      });
      const [kept] = (await read('1')).json.activities;
      expect(kept).to.deep.include({
        id: json.id,
        recipient: { id: 'declic', role: 'bot' },
        conversation: { id: conversationId },
        channelId: 'directline',
      });
      expect(kept.timestamp).to.match(/^2026-/);
      expect({}).not.to.have.property('polluted');
      expect(kept).not.to.have.any.keys('serviceUrl', 'callerId');
      expect(endpoint.handled.at(-1)).to.include({ channel: 'directline', conversationId });
    });

    it('DL-084 lets nobody pass for the bot', async () => {
      const endpoint = await start();
      const { post, read } = await endpoint.converse();
      expect((await post('x', { from: { id: 'declic' } })).status).to.equal(400);
      await post('x', { from: { id: 'u1', role: 'bot' } });
      expect((await read('1')).json.activities[0].from).to.deep.equal({ id: 'u1', role: 'user' });
    });

    it('DL-085 does once what was sent twice, and answers the first id again', async () => {
      const endpoint = await start();
      const { post, read } = await endpoint.converse();
      const channelData = { clientActivityID: 'retry-me' };
      const both = await Promise.all([
        post('Réservez', { channelData }),
        post('Réservez', { channelData }),
      ]);
      const later = await post('Réservez', { channelData });
      const ids = [...both, later].map(({ json }) => json.id);
      expect(new Set(ids).size).to.equal(1);
      expect(endpoint.handled.filter(({ text }) => text === 'Réservez')).to.have.length(1);
      expect(endpoint.handled.at(-1)?.activityId).to.equal('c:retry-me');
      expect((await read('1')).json.activities).to.have.length(2);
      const event = { type: 'event', name: 'seen', channelData: { clientActivityID: 'once' } };
      const events = [await post('', event), await post('', event)];
      expect(events[0]!.json).to.deep.equal(events[1]!.json);
      expect((await read('3')).json.activities).to.have.length(1);
    });

    it('DL-086 runs the turns of a conversation one after the other', async () => {
      const endpoint = await start();
      const { post, read } = await endpoint.converse();
      let running = 0;
      endpoint.script = async ({ text }) => {
        running += 1;
        expect(running).to.equal(1);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return [say(`${text} a`), say(`${text} b`)];
      };
      const texts = ['1', '2', '3', '4', '5', '6'];
      await Promise.all(texts.map((text) => post(text)));
      const seen = (await read('1')).json.activities.map((it: Seen) => it.text);
      expect(seen).to.have.length(18);
      for (let at = 0; at < 18; at += 3) {
        expect(seen.slice(at, at + 3)).to.deep.equal([seen[at], `${seen[at]} a`, `${seen[at]} b`]);
      }
    });

    it('DL-087 gives every character back as it was', async () => {
      const endpoint = await start();
      const { post, read } = await endpoint.converse();
      const odd = 'a\u0000b \u202eRTL\u202c שלום e\u0301 👩🏽‍💻 \ud800 \ufeff\r\n\t';
      const text = odd.repeat(200).padEnd(10_000, 'x');
      expect((await post(text)).status).to.equal(200);
      const [echoed, reply] = (await read('1')).json.activities;
      expect(echoed.text).to.equal(text);
      expect(reply.text).to.equal(`Vous dites : ${text}`);
    });

    it('DL-088 passes addresses of attachments on without fetching any', async () => {
      const endpoint = await start();
      const { post, read } = await endpoint.converse();
      const contentUrls = [
        `${endpoint.root}/fetched`,
        'https://127.0.0.1:1/x',
        'data:text/plain,x',
      ];
      const attachments = contentUrls.map((contentUrl) => ({
        contentType: 'image/png',
        contentUrl,
      }));
      expect((await post('', { attachments })).status).to.equal(200);
      expect((await read('1')).json.activities[0].attachments).to.deep.equal(attachments);
      expect(endpoint.handled.at(-1)).to.include({ hasAttachment: true });
      expect(endpoint.requests()).not.to.include('/fetched');
    });

    it('DL-052 takes a delivery mode of its own for the normal one', async () => {
      const endpoint = await start();
      const { post } = await endpoint.converse();
      expect((await post('Bonjour', { deliveryMode: 'stream' })).status).to.equal(200);
    });
  },
  ALL_STAGES,
);
