import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildWidget } from '#widget/build.ts';
import type { Stage } from './stage.ts';
import { LOCALES, PHONE, replies, until, useStage } from './stage.ts';

const WELCOME = [{ text: 'Bonjour' }, { text: 'On essaie ?', ...replies('Oui', 'Pas maintenant') }];

/** Whether everything the panel shows is inside the window, and the page did not grow wider. */
const fits = ({ page }: Stage): Promise<boolean> =>
  page.evaluate(() => {
    const root = document.querySelector('declic-widget')?.shadowRoot;
    const shown = [
      ...(root?.querySelectorAll('.panel, .header *, .composer *, .bubble, .choice') ?? []),
    ];
    const inside = shown.every((one) => {
      const { left, right } = one.getBoundingClientRect();
      return left >= -0.5 && right <= innerWidth + 0.5;
    });
    return inside && document.documentElement.scrollWidth <= innerWidth;
  });

describe('widget: looks', () => {
  const play = useStage();

  for (const [name, width, height] of [
    ['320 pixels wide', 320, 568],
    ['a page at 200 % zoom', 640, 400],
    ['a page at 400 % zoom', 320, 256],
    ['a phone on its side', 740, 360],
  ] as const) {
    it(`fits ${name}: all can be read and reached`, async () => {
      const stage = await play({ welcome: WELCOME, browser: { viewport: { width, height } } });
      expect(await fits(stage)).to.equal(true);
      await stage.open();
      await stage.sees('On essaie ?');
      expect(await fits(stage)).to.equal(true);
      await stage.button("Plus d'options").click();
      await stage.button('Effacer mes données').click();
      await stage.sees('Reçu : effacer');
      const room = await stage.log.boundingBox();
      expect(room?.height).to.be.greaterThan(90);
    });
  }

  it('fits with the text at its largest on a small phone', async () => {
    const stage = await play({
      welcome: WELCOME,
      browser: { ...PHONE, viewport: { width: 320, height: 568 } },
    });
    await stage.open();
    await stage.button("Plus d'options").click();
    await stage.button('Agrandir le texte').click();
    await stage.button('Agrandir le texte').click();
    await stage.button('Revenir à la taille normale').waitFor();
    expect(await fits(stage)).to.equal(true);
  });

  it('covers a phone whole, holds the page behind, and lets it go again', async () => {
    const stage = await play({ welcome: WELCOME, browser: PHONE });
    await stage.open();
    await until('the whole screen', async () => {
      const box = await stage.panel.boundingBox();
      return box?.x === 0 && box.y === 0 && box.width === 360 && box.height === 740;
    });
    const overflow = () => stage.page.evaluate(() => document.documentElement.style.overflow);
    expect(await overflow()).to.equal('hidden');
    await stage.button('Fermer la conversation').click();
    await stage.launcher.waitFor();
    await until('the page free again', async () => (await overflow()) === '');
  });

  it('follows the room that an on-screen keyboard leaves', async () => {
    const long = Array.from({ length: 12 }, (_, index) => ({ text: `message ${index}` }));
    const stage = await play({ welcome: [...long, ...WELCOME], browser: PHONE });
    await stage.open();
    await stage.sees('On essaie ?');
    await stage.page.evaluate(() => {
      const area = window.visualViewport;
      Object.defineProperty(area, 'height', { value: 400, configurable: true });
      Object.defineProperty(area, 'offsetTop', { value: 20, configurable: true });
      area?.dispatchEvent(new Event('resize'));
    });
    await until('less room', async () => {
      const box = await stage.panel.boundingBox();
      return box?.y === 20 && box.height === 400;
    });
    const send = await stage.button('Envoyer').boundingBox();
    expect((send?.y ?? 999) + (send?.height ?? 0)).to.be.at.most(420);
    await until('the last words in sight', async () => {
      const last = await stage.button('Pas maintenant').boundingBox();
      return (last?.y ?? 999) + (last?.height ?? 0) < 420;
    });
  });

  it('lets a long answer be read from its beginning, and leads to its end', async () => {
    const answer = Array.from({ length: 20 }, (_, index) => ({ text: `réponse ${index}` }));
    const stage = await play({ welcome: WELCOME, browser: PHONE, script: () => answer });
    await stage.open();
    await stage.say('dites-moi tout');
    await stage.sees('réponse 19');
    const visible = async (text: string): Promise<boolean> => {
      const box = await stage.log.locator('.bubble', { hasText: text }).boundingBox();
      const log = await stage.log.boundingBox();
      return !!box && !!log && box.y >= log.y - 1 && box.y + box.height <= log.y + log.height + 1;
    };
    await until(
      'the question and the first answer',
      async () => (await visible('dites-moi tout')) && (await visible('réponse 0')),
    );
    expect(await visible('réponse 19')).to.equal(false);
    await stage.button('Aller au dernier message').click();
    await until('the last answer', () => visible('réponse 19'));
    await until(
      'no more need of it',
      async () => (await stage.button('Aller au dernier message').count()) === 0,
    );
    expect(await stage.focused()).to.equal('Conversation');
  });

  it('leaves somebody who reads the past where they are when a message comes', async () => {
    const past = Array.from({ length: 30 }, (_, index) => ({ text: `avant ${index}` }));
    const stage = await play({ welcome: past, browser: PHONE });
    await stage.open();
    await stage.sees('avant 29');
    await stage.log.evaluate((log) => log.scrollTo(0, 100));
    await stage.button('Aller au dernier message').waitFor();
    stage.fake.say({ text: 'du nouveau' });
    await stage.sees('du nouveau');
    expect(await stage.log.evaluate((log) => log.scrollTop)).to.equal(100);
  });

  it('has edges where colours are forced', async () => {
    const stage = await play({ welcome: WELCOME, browser: { forcedColors: 'active' } });
    await stage.open();
    await stage.button('Oui').click();
    await stage.sees('Reçu : Oui');
    const borders = await stage.page.evaluate(() => {
      const root = document.querySelector('declic-widget')?.shadowRoot;
      return ['.own .bubble', '.theirs .bubble', '.send', '.choice', 'textarea', '.panel'].map(
        (name) => {
          const found = root?.querySelector(name);
          return found ? Number.parseFloat(getComputedStyle(found).borderTopWidth) : 0;
        },
      );
    });
    expect(borders.every((width) => width >= 1)).to.equal(true);
  });

  it('stands still for those who ask for it, and moves for the others', async () => {
    for (const [reducedMotion, expected] of [
      ['reduce', 'none'],
      ['no-preference', 'wait'],
    ] as const) {
      const stage = await play({ script: () => [], browser: { reducedMotion } });
      await stage.open();
      await stage.say('oui');
      const dot = stage.panel.locator('.dots i').first();
      await dot.waitFor();
      expect(await dot.evaluate((one) => getComputedStyle(one).animationName)).to.equal(expected);
    }
  });

  it('turns around for languages written from right to left', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'widget-'));
    const french = JSON.parse(await readFile(join(LOCALES, 'fr/widget.json'), 'utf8')) as object;
    for (const [locale, direction] of [
      ['fr', 'ltr'],
      ['ar', 'rtl'],
    ] as const) {
      await mkdir(join(folder, locale));
      await writeFile(
        join(folder, locale, 'widget.json'),
        JSON.stringify({ ...french, language: { direction } }),
      );
    }
    const assets = await buildWidget({ localesDir: folder, minify: true });
    await rm(folder, { recursive: true });
    const page = `<!doctype html><html lang="ar" dir="rtl"><head><title>x</title>
      <script src="/declic.js" async></script></head><body></body></html>`;
    const stage = await play({ assets, pages: { '/ar': page }, path: '/ar', welcome: WELCOME });
    await stage.open();
    await stage.say('مرحبا');
    await stage.sees('Reçu : مرحبا');
    expect((await stage.panel.boundingBox())?.x).to.be.lessThan(40);
    const [own, theirs] = [
      stage.log.locator('.own .bubble').first(),
      stage.log.locator('.theirs .bubble').first(),
    ];
    expect((await own.boundingBox())?.x).to.be.lessThan((await theirs.boundingBox())?.x ?? 0);
    expect(stage.fake.called('generate')[0]?.body.locale).to.equal('ar');
  });
});
