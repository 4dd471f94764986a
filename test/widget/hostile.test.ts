import { expect } from 'chai';
import type { Stage } from './stage.ts';
import { until, useStage } from './stage.ts';

const MARKUP = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>&lt;b&gt;';

/** Nothing was run, no element came out of a text, and the policy has nothing to report. */
const unharmed = async (stage: Stage): Promise<void> => {
  expect(await stage.page.evaluate(() => 'broken' in window)).to.equal(false);
  expect(
    await stage.panel.locator('img, script, iframe, object, style, [onerror], [onclick]').count(),
  ).to.equal(0);
  expect(
    await stage.page.evaluate(() => (window as unknown as { reports: string[] }).reports),
  ).to.deep.equal([]);
};

/** Remembers everything that the page's security policy refused. */
const watchPolicy = (): void => {
  const reports: string[] = [];
  Object.assign(window, { reports });
  document.addEventListener('securitypolicyviolation', (event) => {
    reports.push(
      `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
    );
  });
};

describe('widget: hostile input', () => {
  const play = useStage();

  it('shows markup as text wherever it can come from', async () => {
    const card = {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        body: [
          { type: 'TextBlock', text: MARKUP },
          { type: 'FactSet', facts: [{ title: MARKUP, value: MARKUP }] },
        ],
        actions: [{ type: 'Action.OpenUrl', title: MARKUP, url: 'https://example.org/' }],
      },
    };
    const actions = [{ type: 'messageBack', title: MARKUP, text: MARKUP, value: {} }];
    const stage = await play({
      before: watchPolicy,
      welcome: [
        {
          text: MARKUP,
          from: { id: 'x', name: MARKUP, role: 'bot' },
          attachments: [
            card,
            { contentType: MARKUP, name: MARKUP, contentUrl: 'https://example.org/x' },
          ],
          suggestedActions: { actions },
        },
      ],
    });
    await stage.open();
    await stage.sees(MARKUP);
    await stage.panel.locator('.choice').click();
    await stage.say(MARKUP);
    await until('both messages on the server', () => stage.fake.heard.length === 2);
    await stage.sees(`Reçu : ${MARKUP}`);
    await unharmed(stage);
  });

  it('makes no link of an address that runs code or hides where it leads', async () => {
    const bad = [
      'javascript:window.broken=1',
      'data:text/html,<script>x</script>',
      'https://a:b@mal.example/',
    ];
    const stage = await play({
      before: watchPolicy,
      welcome: bad.map((value) => ({
        text: value,
        attachments: [{ contentType: 'text/plain', name: 'x', contentUrl: value }],
        suggestedActions: { actions: [{ type: 'openUrl', title: 'Ici', value }] },
      })),
    });
    await stage.open();
    await stage.sees('javascript:');
    expect(await stage.log.getByRole('link').count()).to.equal(0);
    await unharmed(stage);
  });

  it('works under the strict policy: conversation, storage, cards, offline and back', async () => {
    const stage = await play({ before: watchPolicy, welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.say('un\ndeux\ntrois');
    await stage.sees('Reçu : un');
    await stage.button("Plus d'options").click();
    await stage.button('Agrandir le texte').click();
    await stage.context.setOffline(true);
    await stage.say('hors ligne');
    await stage.context.setOffline(false);
    await stage.sees('Reçu : hors ligne');
    await unharmed(stage);
  });

  it('stays usable with a history of 5,000 messages, and shows the past page by page', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    const many = Array.from({ length: 5_000 }, (_, index) => ({ text: `message ${index + 1}` }));
    stage.fake.socketsDead = true;
    stage.fake.say(...many);
    stage.fake.socketsDead = false;
    await stage.page.reload();
    await stage.sees('message 5000');
    expect(await stage.bubbles()).to.have.length(60);
    await stage.button('Voir les messages précédents').click();
    await until('a page more', async () => (await stage.bubbles()).length === 120);
    expect((await stage.bubbles())[0]).to.equal('message 4881');
    const seen = stage.log.locator('.bubble', { hasText: 'message 4941' });
    await until('the reader is left where they were', () => inSight(stage, seen));
    await stage.say('toujours là');
    await stage.sees('Reçu : toujours là');
    expect((await stage.bubbles())[0]).to.equal('message 4881');
  });

  it('breaks very long words instead of growing wider, at 320 pixels', async () => {
    const long = 'a'.repeat(900);
    const stage = await play({
      browser: { viewport: { width: 320, height: 568 } },
      welcome: [
        { text: `${long} https://example.org/${long}` },
        {
          text: 'Choisissez',
          attachments: [
            { contentType: 'text/calendar', name: `${long}.ics`, contentUrl: '/x.ics' },
          ],
          suggestedActions: {
            actions: [{ type: 'messageBack', title: long.slice(0, 300), text: 'x' }],
          },
        },
      ],
    });
    await stage.open();
    await stage.sees('Choisissez');
    await stage.say(long);
    await stage.sees(`Reçu : ${long}`);
    const wide = await stage.page.evaluate(() => {
      const root = document.querySelector('declic-widget')?.shadowRoot;
      const all = [...(root?.querySelectorAll('.panel *:not(.unseen)') ?? [])];
      const outside = all.filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5);
      return [
        ...outside.map((one) => one.className),
        document.documentElement.scrollWidth > innerWidth,
      ];
    });
    expect(wide).to.deep.equal([false]);
  });

  it('keeps its looks and its place on a page with styles of its own', async () => {
    const page = `<!doctype html><html lang="fr"><head><title>x</title><link rel="stylesheet" href="/loud.css">
      <script src="/declic.js" async></script><script src="/declic.js" async></script></head>
      <body><button id="declic">Avant</button></body></html>`;
    const loud = `html{font-size:62.5%;direction:rtl} *{color:red!important;display:block} button{position:static;font-size:40px}
      div{display:none} declic-widget{font-size:3px;text-transform:uppercase;letter-spacing:9px}`;
    const stage = await play({
      pages: { '/loud': page },
      styles: { '/loud.css': loud },
      path: '/loud',
      welcome: [{ text: 'Bonjour' }],
    });
    expect(await stage.page.locator('declic-widget').count()).to.equal(1);
    await stage.open();
    await stage.sees('Bonjour');
    const style = await stage.log.locator('.bubble').evaluate((bubble) => {
      const { fontSize, color, textTransform, letterSpacing, direction } = getComputedStyle(bubble);
      return { fontSize, color, textTransform, letterSpacing, direction };
    });
    expect(style).to.deep.equal({
      fontSize: '16px',
      color: 'rgb(32, 48, 43)',
      textTransform: 'none',
      letterSpacing: 'normal',
      direction: 'ltr',
    });
  });
});

describe('widget: on the page of another site', () => {
  const play = useStage();

  it('talks to the server it came from, and loads its styles as a file in older browsers', async () => {
    const home = await play({ welcome: [{ text: 'Bonjour' }] });
    const html = `<!doctype html><html lang="fr"><head><title>x</title></head><body>
      <script src="${home.fake.url}/declic.js" async data-position="start" data-open="true"></script></body></html>`;
    const away = await play({
      pages: { '/away': html },
      policy: false,
      path: '/away',
      before: () => {
        Object.defineProperty(window, 'CSSStyleSheet', { value: undefined });
      },
    });
    await away.sees('Bonjour');
    expect(away.fake.called('generate')).to.have.length(0);
    expect(home.fake.called('generate')[0]?.headers.origin).to.equal(away.fake.url);
    await until('the styles', async () => ((await away.panel.boundingBox())?.x ?? 99) < 20);
    const sheets = home.fake
      .called('asset')
      .filter(({ path }) => path.endsWith('.css') && path.startsWith('/declic/'));
    expect(sheets).to.have.length(2);
    expect(await away.focused()).not.to.equal('declic-text');
  });
});

const inSight = async (
  stage: Stage,
  target: ReturnType<Stage['log']['getByText']>,
): Promise<boolean> => {
  const [box, log] = [await target.boundingBox(), await stage.log.boundingBox()];
  return !!box && !!log && box.y + box.height > log.y && box.y < log.y + log.height;
};
