import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { WidgetAssets } from '#widget/build.ts';
import { buildWidget } from '#widget/build.ts';
import { pickLocale } from '#widget/pick-locale.ts';
import { countWords, fill } from '#widget/widget-words.ts';
import { LOCALES, widget } from './stage.ts';

const LAUNCHER_BUDGET = 10_240;
const WHOLE_BUDGET = 40_960;
/** What a French page can load at most: launcher, chat with its words, styles for old browsers too. */
const FRENCH = /^\/declic(\.js|\/(chat-fr|chat|launcher)-[0-9a-f]{10}\.(js|css))$/;

const size = (assets: WidgetAssets, wanted: (path: string) => boolean): number =>
  [...assets]
    .filter(([path]) => wanted(path))
    .reduce((sum, [, { body }]) => sum + gzipSync(body, { level: 9 }).length, 0);

describe('widget: the build', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'widget-'));
    await mkdir(join(folder, 'fr'));
    await cp(join(LOCALES, 'fr/widget.json'), join(folder, 'fr/widget.json'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('makes a launcher of 10 kB at most, and 40 kB at most with styles and words', async () => {
    const assets = await widget();
    const launcher = size(assets, (path) => path === '/declic.js');
    const whole = size(assets, (path) => FRENCH.test(path));
    console.log(`      gzipped: launcher ${launcher} bytes, everything ${whole} bytes`);
    expect(launcher).to.be.at.most(LAUNCHER_BUDGET);
    expect(whole).to.be.at.most(WHOLE_BUDGET);
  });

  it('gives every file a type, and marks as lasting only what has a hash in its name', async () => {
    for (const [path, { contentType, immutable = false, body }] of await widget()) {
      expect(contentType).to.match(
        /^(text\/(html|css|javascript); charset=utf-8|image\/svg\+xml)$/,
      );
      expect(immutable).to.equal(/-[0-9a-f]{10}\.(js|css)$/.test(path));
      expect(body.length).to.be.greaterThan(0);
    }
  });

  it('makes the same names of the same sources, and other names of other words', async () => {
    const names = (assets: WidgetAssets) =>
      [...assets.keys()].filter((path) => path.includes('chat-fr'));
    const first = await buildWidget({ localesDir: folder, minify: true });
    expect(names(first)).to.deep.equal(
      names(await buildWidget({ localesDir: folder, minify: true })),
    );
    await writeFile(join(folder, 'fr/widget.json'), await changed(folder));
    expect(names(first)).not.to.deep.equal(
      names(await buildWidget({ localesDir: folder, minify: true })),
    );
  });

  it('leaves no inline script, handler or style in the page', async () => {
    const page = (await widget()).get('/')?.body.toString() ?? '';
    expect(page).to.contain('<html lang="fr"');
    expect(page.match(/<script[^>]*>/g)).to.deep.equal(['<script src="/declic.js" async>']);
    expect(page).not.to.match(/<style|\sstyle=|\son\w+=|javascript:/i);
  });

  it('builds the chat once more for every language, in French where words are missing', async () => {
    await mkdir(join(folder, 'ar'));
    await writeFile(
      join(folder, 'ar/widget.json'),
      JSON.stringify({ language: { direction: 'rtl' }, composer: { send: 'أرسل' }, unknown: 1 }),
    );
    const assets = await buildWidget({ localesDir: folder, minify: true });
    const arabic = [...assets].find(([path]) => path.includes('chat-ar-'))?.[1].body.toString();
    expect(arabic)
      .to.contain('أرسل')
      .and.to.contain('Votre message')
      .and.not.to.contain('"unknown"');
    expect(assets.get('/declic.js')?.body.toString()).to.contain('rtl');
  });

  it('refuses words it cannot read, by name', async () => {
    await writeFile(join(folder, 'fr/widget.json'), '{');
    const refused = await buildWidget({ localesDir: folder, minify: true }).catch(
      (error: unknown) => error,
    );
    expect(refused).to.include({ code: 'CONTENT_INVALID' });
    expect(String(refused)).to.contain('widget.json');
  });

  it('lets the process end by itself: no bundler is left running', async () => {
    const module = join(import.meta.dirname, '../../src/widget/build.ts');
    const code = `import { buildWidget } from ${JSON.stringify(module)};
      const assets = await buildWidget({ localesDir: ${JSON.stringify(LOCALES)}, minify: true });
      console.log(assets.size);`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', code],
      { cwd: join(LOCALES, '..'), timeout: 15_000 },
    );
    expect(Number(stdout)).to.be.greaterThan(5);
  });
});

/** The French words with one of them changed. */
const changed = async (folder: string): Promise<string> => {
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(join(folder, 'fr/widget.json'), 'utf8');
  return text.replace('Envoyer', 'Expédier');
};

describe('widget: words', () => {
  it('speaks the first wished language there is, else French', () => {
    const available = ['en', 'fr', 'fr-x-facile'];
    expect(pickLocale(['fr-x-facile'], available)).to.equal('fr-x-facile');
    expect(pickLocale(['FR-FR'], available)).to.equal('fr');
    expect(pickLocale([undefined, '', 'de', 'en-GB'], available)).to.equal('en');
    expect(pickLocale(['de'], available)).to.equal('fr');
  });

  it("puts values in, counts by the language's rule, and shows what it was not given", () => {
    expect(fill('{{a}} et {{b}}', { a: '{{b}}', b: 2 })).to.equal('{{b}} et 2');
    expect(fill('{{c}}', {})).to.equal('{{c}}');
    expect(countWords('fr', 0, '{{count}} mot', '{{count}} mots')).to.equal('0 mot');
    expect(countWords('fr', 2, '{{count}} mot', '{{count}} mots')).to.equal('2 mots');
    expect(countWords('en', 0, '{{count}} word', '{{count}} words')).to.equal('0 words');
  });
});
