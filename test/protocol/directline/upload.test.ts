import { expect } from 'chai';
import type { Conversing, Endpoint } from '#test/channels/directline/support/endpoint.ts';
import { type MadePart, multipart } from '#test/channels/directline/support/multipart-body.ts';
import { onEveryStage } from '#test/channels/directline/support/on-every-stage.ts';

const PNG = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 255]);
const ACTIVITY = 'application/vnd.microsoft.activity';

/** Sends parts as a browser's FormData would. */
function send(
  endpoint: Endpoint,
  { path, token }: Conversing,
  parts: readonly MadePart[],
  user = 'u1',
) {
  const { body, contentType } = multipart(parts);
  const headers = { 'content-type': contentType };
  return endpoint.ask(`${path}/upload?userId=${user}`, { method: 'POST', token, body, headers });
}

const file = (filename: string, content: Buffer | string = PNG, type = 'image/png'): MadePart => ({
  headers: {
    'Content-Disposition': `form-data; name="file"; filename="${filename}"`,
    'Content-Type': type,
  },
  content,
});
const activityPart = (activity: object): MadePart => ({
  headers: {
    'Content-Disposition': 'form-data; name="activity"; filename="blob"',
    'Content-Type': ACTIVITY,
  },
  content: JSON.stringify(activity),
});

onEveryStage('Direct Line: sending files', (start) => {
  const path = (url: string) => url.replace(/.*\/v3\/directline/, '');
  const attachmentsOf = async ({ read }: Conversing) =>
    (await read('1')).json.activities[0].attachments;

  it('DL-089 takes a single file as the body', async () => {
    const endpoint = await start();
    const talk = await endpoint.converse();
    const headers = {
      'content-type': 'image/png',
      'content-disposition': 'name="file"; filename="a.png"',
    };
    const asked = { method: 'POST', token: talk.token, headers, body: PNG };
    const { status, json } = await endpoint.ask(`${talk.path}/upload?userId=u7`, asked);
    expect(status).to.equal(200);
    const [message] = (await talk.read('1')).json.activities;
    expect(message).to.deep.include({ id: json.id, type: 'message' });
    expect(message.from).to.deep.equal({ id: 'u7', role: 'user' });
    expect(message.attachments).to.have.length(1);
    expect(message.attachments[0]).to.include({ contentType: 'image/png', name: 'a.png' });
    const got = await endpoint.ask(path(message.attachments[0].contentUrl));
    expect(got.body).to.deep.equal(PNG);
    expect(endpoint.handled.at(-1)).to.include({ text: '', hasAttachment: true });
  });

  it('DL-090 takes several with their activity, as DirectLineJS sends them', async () => {
    const endpoint = await start();
    const talk = await endpoint.converse();
    const thumbnailUrl = 'data:image/png;base64,AAAA';
    const channelData = { clientActivityID: 'up.1' };
    const activity = {
      type: 'message',
      text: 'Voilà',
      channelData,
      from: { id: 'u1', name: 'Lou' },
      attachments: [
        { contentType: 'image/png', name: 'a.png', thumbnailUrl },
        { contentType: 'text/plain', name: 'b.txt' },
      ],
    };
    const parts = [activityPart(activity), file('b.txt', 'bé', 'text/plain'), file('a.png')];
    const { status } = await send(endpoint, talk, parts);
    expect(status).to.equal(200);
    const [message] = (await talk.read('1')).json.activities;
    expect(message).to.deep.include({ text: 'Voilà', channelData });
    expect(message.from).to.deep.equal({ id: 'u1', name: 'Lou', role: 'user' });
    expect(message.attachments[0]).to.include({ name: 'a.png', thumbnailUrl });
    const contents: string[] = [];
    for (const { contentUrl } of message.attachments) {
      contents.push((await endpoint.ask(path(contentUrl))).body.toString('hex'));
    }
    expect(contents).to.deep.equal([PNG.toString('hex'), Buffer.from('bé').toString('hex')]);
  });

  it('DL-090 takes an activity part as the documentation writes it, without a disposition', async () => {
    const endpoint = await start();
    const talk = await endpoint.converse();
    const content = JSON.stringify({ type: 'message', text: 'Sans en-tête' });
    const parts = [file('a.png'), { headers: { 'Content-Type': ACTIVITY }, content }];
    expect((await send(endpoint, talk, parts)).status).to.equal(200);
    const [message] = (await talk.read('1')).json.activities;
    expect(message.text).to.equal('Sans en-tête');
    expect(message.attachments).to.have.length(1);
  });

  it('DL-091 wraps files in an empty message when there is no activity', async () => {
    const endpoint = await start();
    const talk = await endpoint.converse();
    await send(endpoint, talk, [file('a.png'), file('b.png')]);
    const [message] = (await talk.read('1')).json.activities;
    expect(message.type).to.equal('message');
    expect(message).not.to.have.property('text');
    expect(message.attachments.map((it: { name: string }) => it.name)).to.deep.equal([
      'a.png',
      'b.png',
    ]);
  });

  it('DL-092 finds files by their name, not by their place', async () => {
    const endpoint = await start();
    const talk = await endpoint.converse();
    const attachments = ['blob', 'blob (1)'].map((name) => ({ contentType: 'image/png', name }));
    const activity = { type: 'message', attachments };
    await send(endpoint, talk, [
      activityPart(activity),
      file('blob (1)', 'two'),
      file('blob', 'one'),
    ]);
    const contents: string[] = [];
    for (const { contentUrl } of await attachmentsOf(talk)) {
      contents.push((await endpoint.ask(path(contentUrl))).body.toString());
    }
    expect(contents).to.deep.equal(['one', 'two']);
  });

  it('DL-093 refuses files from nobody', async () => {
    const endpoint = await start();
    const talk = await endpoint.converse();
    const { status, json } = await send(endpoint, talk, [file('a.png')], '');
    expect([status, json.error.code]).to.deep.equal([400, 'MissingProperty']);
  });

  it('DL-094 takes the user of the token for the sender', async () => {
    const endpoint = await start();
    const talk = await endpoint.converse({ user: { id: 'dl_x' } });
    await send(endpoint, talk, [file('a.png')], 'dl_other');
    expect((await talk.read('1')).json.activities[0].from.id).to.equal('dl_x');
    expect(endpoint.handled.at(-1)).to.include({ userId: 'dl_x' });
  });

  it('DL-095 refuses what is too large, too many, cut short or not what it says', async () => {
    const endpoint = await start();
    const talk = await endpoint.converse();
    const good = multipart([file('a.png')]);
    const post = (body: Buffer | undefined, contentType: string) => {
      const headers = { 'content-type': contentType };
      const asked = { method: 'POST', token: talk.token, headers, body };
      return endpoint.ask(`${talk.path}/upload?userId=u1`, asked);
    };
    const large = Buffer.alloc(5 * 1024 * 1024);
    const many = Array.from({ length: 100 }, (_, at) => file(`${at}.png`));
    const refused = [
      await post(large, 'image/png'),
      await send(endpoint, talk, [file('large.png', large)]),
      await send(endpoint, talk, [file('above.png', Buffer.alloc(4 * 1024 * 1024 + 1))]),
      await send(endpoint, talk, many),
      await send(endpoint, talk, many.slice(0, 11)),
      await post(good.body.subarray(0, -20), good.contentType),
      await post(good.body, 'multipart/form-data; boundary=other'),
      await post(good.body, 'multipart/form-data'),
      await post(Buffer.alloc(0), good.contentType),
      await post(undefined, 'image/png'),
      await send(endpoint, talk, [activityPart([])]),
      await send(endpoint, talk, [{ ...activityPart({}), content: '{' }]),
    ];
    expect(refused.map(({ status }) => status)).to.deep.equal([
      413, 413, 413, 413, 413, 400, 400, 400, 400, 400, 400, 400,
    ]);
    expect((await talk.read('1')).json.activities).to.deep.equal([]);
    expect((await send(endpoint, talk, [file('a.png')])).status).to.equal(200);
  });

  it('DL-096 keeps files under names of its own, and lets no name break out of a header', async () => {
    const endpoint = await start();
    const talk = await endpoint.converse();
    const names = [
      '../../etc/passwd',
      '..\\..\\x.exe',
      'a%0d%0aSet-Cookie: x=1.png',
      'é"; filename=evil.html;.png',
      '\u202egnp.exe',
      '',
    ];
    for (const name of names) {
      const escaped = name.replace(/"/g, '\\"');
      const { status } = await send(endpoint, talk, [file(escaped)]);
      expect(status).to.equal(200);
      const { activities } = (await talk.read()).json;
      const { contentUrl } = activities.findLast((it: { attachments?: [] }) => it.attachments)
        .attachments[0];
      expect(contentUrl).to.match(/\/v3\/directline\/attachments\/[\w-]{32}$/);
      const { headers } = await endpoint.ask(path(contentUrl));
      expect(headers).not.to.have.property('set-cookie');
      const disposition = String(headers['content-disposition']);
      expect(disposition).to.match(
        /^attachment; filename="[\w.() -]+"; filename\*=UTF-8''[\w.%!~-]+$/,
      );
      expect(disposition).not.to.match(/passwd.*\/|\.\.|%2F|%5C|%E2%80%AE/i);
    }
  });

  it('DL-097 serves pages and drawings as files to save, never as pages of its own', async () => {
    const endpoint = await start();
    for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml', 'x']) {
      const talk = await endpoint.converse();
      await send(endpoint, talk, [file('page', '<script>alert(1)</script>', type)]);
      expect(endpoint.handled.at(-1)).to.include({ hasAttachment: true });
      const [{ contentUrl }] = await attachmentsOf(talk);
      const { headers } = await endpoint.ask(path(contentUrl));
      expect(headers['content-type']).to.equal('application/octet-stream');
      expect(headers['content-disposition']).to.match(/^attachment;/);
      expect(headers['x-content-type-options']).to.equal('nosniff');
      expect(headers['content-security-policy']).to.include('sandbox');
    }
  });

  it('DL-098 serves a file to whoever has its address, for a day', async () => {
    const endpoint = await start();
    const talk = await endpoint.converse();
    await send(endpoint, talk, [file('a.png')]);
    const [{ contentUrl }] = await attachmentsOf(talk);
    const status = async (url: string) => (await endpoint.ask(path(url))).status;
    expect(await status(contentUrl)).to.equal(200);
    expect(await status(contentUrl.replace(/.$/, contentUrl.endsWith('A') ? 'B' : 'A'))).to.equal(
      404,
    );
    endpoint.clock.advance(24 * 3_600_000);
    expect(await status(contentUrl)).to.equal(404);
  });

  it('keeps nothing of the files of a turn that failed', async () => {
    const endpoint = await start();
    const talk = await endpoint.converse();
    endpoint.script = async () => Promise.reject(new TypeError('broken'));
    expect((await send(endpoint, talk, [file('a.png')])).status).to.equal(502);
    endpoint.clock.advance(25 * 3_600_000);
    const now = endpoint.clock.now();
    const gone = await endpoint.stage.log.sweep({ uploads: now, conversations: new Date(0) });
    expect(gone.uploads).to.equal(0);
  });

  it('DL-107 limits how much one address may send, and no other', async () => {
    const uploaded = { burst: 1000, perSecond: 1 };
    const endpoint = await start({ limits: { uploaded } });
    const { path: talkPath, token } = await endpoint.converse();
    const sendFrom = (address: string) => {
      const headers = { 'content-type': 'image/png' };
      const asked = { method: 'POST', token, headers, body: 'x'.repeat(600), address };
      return endpoint.ask(`${talkPath}/upload?userId=u1`, asked);
    };
    expect((await sendFrom('192.0.2.1')).status).to.equal(200);
    const { status, headers } = await sendFrom('192.0.2.1');
    expect((await sendFrom('192.0.2.2')).status).to.equal(200);
    expect(status).to.equal(429);
    expect(Number(headers['retry-after'])).to.be.within(1, 1000);
  });
});
