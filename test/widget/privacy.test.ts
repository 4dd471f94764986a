import { expect } from 'chai';
import { useStage } from './stage.ts';

const storage = () => ({
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  cookie: document.cookie,
});

describe('widget: what it keeps', () => {
  const play = useStage();

  it('asks for the launcher alone and stores nothing before it is opened', async () => {
    const stage = await play();
    await stage.page.waitForLoadState('networkidle');
    const paths = stage.fake.calls.map(({ path }) => path);
    expect(paths.filter((path) => path.includes('declic'))).to.deep.equal(['/declic.js']);
    expect(paths.filter((path) => path.startsWith('/v3'))).to.deep.equal([]);
    expect(await stage.page.evaluate(storage)).to.deep.equal({
      local: [],
      session: [],
      cookie: '',
    });
    expect(await stage.context.cookies()).to.deep.equal([]);
  });

  it('loads one file more when it is opened', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    const paths = stage.fake.called('asset').map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('/declic/'))).to.have.length(1);
  });

  it('keeps no word of the conversation on the device, and no cookie', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour à vous' }] });
    await stage.open();
    await stage.say('quelque chose de très personnel');
    await stage.sees('Reçu : quelque chose');
    const kept = await stage.page.evaluate(() =>
      JSON.stringify({ ...localStorage, ...sessionStorage }),
    );
    expect(kept).not.to.match(/personnel|Bonjour|Reçu/);
    const { local, cookie } = await stage.page.evaluate(storage);
    expect([...local].sort()).to.deep.equal(['declic.session', 'declic.user']);
    expect(cookie).to.equal('');
    expect(await stage.context.cookies()).to.deep.equal([]);
  });

  it("sends no cookie and no referring address of the page's own to the server", async () => {
    const stage = await play();
    await stage.open();
    await stage.say('oui');
    await stage.sees('Reçu : oui');
    for (const { headers } of stage.fake.calls) expect(headers).not.to.have.property('cookie');
  });

  it('works where storage is forbidden (private mode)', async () => {
    const stage = await play({
      welcome: [{ text: 'Bonjour' }],
      before: () => {
        for (const name of ['localStorage', 'sessionStorage']) {
          Object.defineProperty(window, name, {
            get: () => {
              throw new DOMException('denied', 'SecurityError');
            },
          });
        }
      },
    });
    await stage.open();
    await stage.sees('Bonjour');
    await stage.say('oui');
    await stage.sees('Reçu : oui');
  });

  it('works where storage is full or holds nonsense', async () => {
    const stage = await play({
      welcome: [{ text: 'Bonjour' }],
      before: () => {
        for (const name of ['user', 'session', 'unsent', 'draft', 'size']) {
          localStorage.setItem(
            `declic.${name}`,
            name === 'session' ? '{"conversationId":3}' : '{broken',
          );
        }
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      },
    });
    await stage.open();
    await stage.sees('Bonjour');
    await stage.say('oui');
    await stage.sees('Reçu : oui');
    expect(stage.fake.conversation.userId).to.match(/^dl_/);
  });
});
