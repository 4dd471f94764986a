import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { announce } from '#src/announce.ts';
import { readConfig, SETTING_NAMES } from '#src/config.ts';
import { find, pages, ROOT, read } from './tree.ts';

/** Addresses of Markdown links and images that lead to a file of the project. */
const linksIn = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, address = '']) => address.replace(/#.*$/, ''))
    .filter((address) => address !== '' && !/^[a-z]+:/.test(address));

/** Paths from the root, between backticks; `*` and `<…>` stand for any name. */
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:src|dialogs|locales|test|bench|scripts|docs)\/[^`\s]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !/[<…]/.test(path));

const scriptsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bnpm (?:run (?:--[\w-]+ )*([a-z][\w:]*)|(test|start)\b)/g)].map(
    ([, run, short]) => run ?? short ?? '',
  );

/** `docs/decisions/0004` is enough to find the page. */
const isThere = (path: string): boolean => find(path.replace(/\/$/, ''), `${path}*`).length > 0;

const scripts = Object.keys(
  (JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> })
    .scripts,
);

/** The rows of the table whose first heading is this, without the backticks. */
function table(text: string, heading: string): readonly (readonly string[])[] {
  const [, rows = ''] = text.split(`| ${heading} |`);
  const lines = rows.split('\n').slice(2);
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines
    .slice(0, end)
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
}

describe('project: pages', () => {
  for (const page of pages()) {
    it(`${page} leads only to what is there`, () => {
      const text = read(page);
      const fromRoot = pathsIn(text).filter((path) => !isThere(path));
      const fromPage = linksIn(text).filter(
        (link) => !existsSync(join(ROOT, dirname(page), decodeURIComponent(link))),
      );
      expect([...fromRoot, ...fromPage]).to.deep.equal([]);
    });

    it(`${page} names only npm commands that exist`, () => {
      expect(scriptsIn(read(page)).filter((name) => !scripts.includes(name))).to.deep.equal([]);
    });
  }

  it('are found with what they hold', () => {
    expect(pages()).to.include.members(['README.md', 'docs/map.md', 'src/server/README.md']);
    expect(linksIn('[a](b.md#c) ![d](e/f.png) [g](https://h.org)')).to.deep.equal([
      'b.md',
      'e/f.png',
    ]);
    expect(pathsIn('`src/x.ts` and `test/a/*.ts`, `x.ts`, `dialogs/<name>.ts`')).to.deep.equal([
      'src/x.ts',
      'test/a/*.ts',
    ]);
    const commands = '`npm run bench:turns`, `npm ci && npm test`, `npm run --silent declic -- x`';
    expect(scriptsIn(commands)).to.deep.equal(['bench:turns', 'test', 'declic']);
  });

  describe('README.md', () => {
    const text = read('README.md');

    it('begins with the two commands', () => {
      const blocks = [...text.matchAll(/```sh\n(.*?)\n```/gs)].map(([, block]) => block);
      expect(blocks).to.deep.equal(['npm ci && npm start', 'npm ci && npm test']);
    });

    it('shows the first lines as they are printed', () => {
      const config = readConfig({});
      const printed = announce(config, 'sqlite', config.port)
        .filter((line) => !/^ {2}(not configured|warning):/.test(line))
        .map((line) => line.replace(config.dataDir, './data'));
      expect(text).to.include(`\`\`\`\n${printed.join('\n')}\n\`\`\``);
    });

    it('has a row for each setting, with its default', () => {
      const example = new Map(
        [...read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(
          ([, name = '', value = '']) => [name, value === '' ? 'empty' : value],
        ),
      );
      const rows = new Map(
        table(text, 'Setting').map(([, name = '', value = '']) => [name, value]),
      );
      expect([...rows.keys()]).to.have.members([...SETTING_NAMES]);
      expect(Object.fromEntries(rows)).to.deep.equal(Object.fromEntries(example));
    });

    it('has a row for each room', () => {
      const rooms = find('src/*/').map((path) => `src/${path.split('/')[1]}`);
      const listed = table(text, 'Folder').map(([, first = '']) => first);
      const missing = rooms.filter((room) => !listed.some((cell) => cell.includes(`[${room}/]`)));
      expect(missing).to.deep.equal([]);
    });
  });
});
