import { once } from 'node:events';
import { expect } from 'chai';
import { type Bench, LOCAL, openBench } from './clu-bench.ts';
import { predicts, type Reply } from './clu-peer.ts';

const GATEWAY = (code: string) => ({ error: { code, message: 'As the gateway says it.' } });
const HTML = '<html><body>Internal Server Error</body></html>';
/** Answers nothing at all. */
const SILENCE: Reply = () => undefined;

describe('Azure CLU: when it fails', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.peer.stop());

  const openings = () =>
    bench.log.filter(({ message }) => message.startsWith('Azure CLU does not answer'));

  for (const [what, reply, reason, level] of [
    ['a wrong key (401)', { status: 401, body: GATEWAY('401') }, 'unauthorised', 'error'],
    [
      'a resource without the role (403)',
      { status: 403, body: GATEWAY('403') },
      'unauthorised',
      'error',
    ],
    [
      'a project or deployment that is not there (404)',
      {
        status: 404,
        body: { error: { code: 'NotFound', innererror: { code: 'ProjectNotFound' } } },
      },
      'not_found',
      'error',
    ],
    ['too many calls (429)', { status: 429, body: GATEWAY('429') }, 'too_many_calls', 'warn'],
    ['a page in HTML (500)', { status: 500, body: HTML }, 'server_error', 'warn'],
    ['a gateway that gives up (503)', { status: 503, body: '' }, 'server_error', 'warn'],
    [
      'broken JSON (200)',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"kind":'),
      'unreadable',
      'warn',
    ],
    ['a page in HTML (200)', { status: 200, body: HTML }, 'unreadable', 'warn'],
    ['an empty object (200)', { body: {} }, 'unreadable', 'warn'],
    ['no intent at all (200)', predicts([]), 'unreadable', 'warn'],
    ['a redirection', { status: 307, headers: { location: '/elsewhere' } }, 'refused', undefined],
    ['a connection that breaks', (response) => response.destroy(), 'unreachable', 'warn'],
  ] as readonly (readonly [string, Reply, string, string | undefined])[]) {
    it(`lets the embedded recogniser decide on ${what}, asking once`, async () => {
      bench.peer.answer(reply);
      await bench.open();
      expect(await bench.recognise('ça paie combien')).to.equal(LOCAL);
      expect(bench.reasons()).to.deep.equal([reason]);
      expect(bench.peer.received).to.have.length(1);
      expect(openings().map((line) => line.level)).to.deep.equal(level ? [level] : []);
    });
  }

  it('lets it decide when nobody listens at that address', async () => {
    await bench.open({ endpoint: 'http://127.0.0.1:9' });
    expect(await bench.recognise('ça paie combien')).to.equal(LOCAL);
    expect(bench.reasons()).to.deep.equal(['unreachable']);
  });

  it('sends no key over http unless a test says so', async () => {
    bench.peer.answer(predicts([['career_salary', 0.9]]));
    await bench.open({ allowInsecureConnection: false });
    expect(await bench.recognise('ça paie combien')).to.equal(LOCAL);
    expect(bench.peer.received).to.have.length(0);
  });

  it('gives up at the time-out, and cuts the connection', async () => {
    const cut: Promise<unknown>[] = [];
    bench.peer.answer((response) => {
      cut.push(once(response, 'close'));
    });
    await bench.open({ timeoutMs: 50 });
    expect(await bench.recognise('ça paie combien')).to.equal(LOCAL);
    expect(bench.reasons()).to.deep.equal(['timeout']);
    expect(cut).to.have.length(1);
    await Promise.all(cut);
  });

  it('gives up on an answer that begins and never ends', async () => {
    bench.peer.answer((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"kind":"ConversationResult",');
    });
    await bench.open({ timeoutMs: 50 });
    expect(await bench.recognise('ça paie combien')).to.equal(LOCAL);
    expect(bench.reasons()).to.deep.equal(['timeout']);
  });

  it('makes nobody wait a second time: the circuit is open', async () => {
    bench.peer.answer(SILENCE);
    await bench.open({ timeoutMs: 50 });
    for (let turn = 0; turn < 5; turn++) await bench.recognise('ça paie combien');
    const open = 'circuit_open';
    expect(bench.reasons()).to.deep.equal(['timeout', open, open, open, open]);
    expect(bench.peer.received).to.have.length(1);
    expect(openings()).to.have.length(1);
  });

  it('tries again by itself after a rest, and makes nobody wait for the trial', async () => {
    let release = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      bench.peer.answer({ status: 500, body: HTML }, (response) => {
        release = () =>
          response.end(JSON.stringify((predicts([['greeting', 1]]) as { body: object }).body));
        response.writeHead(200, { 'content-type': 'application/json' });
        response.flushHeaders();
        resolve();
      });
    });
    await bench.open({ firstRestMs: 0 });
    await bench.recognise('bonjour');
    // The trial goes out with this message, which is answered before it.
    await bench.recognise('bonjour');
    await arrived;
    // Another message, while the trial is under way, does not wait for it either.
    await bench.recognise('bonjour');
    expect(bench.reasons()).to.deep.equal(['server_error', 'circuit_open', 'circuit_open']);
    bench.peer.answer(predicts([['greeting', 1]]));
    release();
    await settled(() => bench.log.some(({ message }) => message === 'Azure CLU answers again'));
    expect((await bench.recognise('bonjour')).intents[0]?.intent).to.equal('greeting');
    expect(bench.reasons().at(-1)).to.equal('clu');
    expect(bench.peer.received).to.have.length(3);
  });

  for (const [what, header, seconds] of [
    ['seconds', '120', 120],
    ['a date', new Date(Date.UTC(2026, 10, 24, 8, 3)).toUTCString(), 180],
    ['days, as a spent free tier does: an hour', '864000', 3600],
    ['less than a rest', '1', 60],
    ['nothing that can be read', 'soon', 60],
  ] as const) {
    it(`leaves the service alone for as long as Retry-After asks: ${what}`, async () => {
      const headers = { 'retry-after': header };
      bench.peer.answer({ status: 429, headers, body: GATEWAY('429') });
      await bench.open({ clock: { now: () => new Date(Date.UTC(2026, 10, 24, 8)) } });
      await bench.recognise('bonjour');
      expect(openings()[0]?.fields).to.deep.equal({
        reason: 'too_many_calls',
        status: 429,
        restSeconds: seconds,
      });
    });
  }

  it('blames the message, not the service, for a message that is refused', async () => {
    const refused = {
      status: 400,
      body: { error: { code: 'InvalidArgument', message: 'bonjour' } },
    };
    bench.peer.answer(refused, predicts([['greeting', 0.9]]));
    await bench.open();
    await bench.recognise('bonjour');
    await bench.recognise('bonjour');
    expect(bench.reasons()).to.deep.equal(['refused', 'clu']);
  });

  it('answers all who write at the same moment, each from their own message', async () => {
    bench.peer.answer((response, { body }) => {
      const { text } = (body as { analysisInput: { conversationItem: { text: string } } })
        .analysisInput.conversationItem;
      const intent = text.endsWith('1') ? 'greeting' : 'thanks';
      const reply = predicts([[intent, 0.9]]) as { body: object };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(reply.body));
    });
    await bench.open();
    const read = await Promise.all(
      Array.from({ length: 40 }, (_, i) => bench.recognise(`salut ${i % 2}`)),
    );
    read.forEach((one, i) => {
      expect(one.intents[0]?.intent).to.equal(i % 2 === 1 ? 'greeting' : 'thanks');
    });
  });
});

/** Waits, turn by turn of the event loop, for what the network brings. */
const settled = async (isSo: () => boolean): Promise<void> => {
  do await new Promise((resolve) => setImmediate(resolve));
  while (!isSo());
};
