import { expect } from 'chai';
import { keptFiles, read } from './tree.ts';

/** What would hold on one machine only. */
const TIES: Readonly<Record<string, RegExp>> = {
  'a path of a machine': /(?<![\w.:/-])\/(?:home|root|work|Users|private)\/|[A-Z]:\\Users/,
  'a temporary folder': /(?<![\w.:/-])\/(?:var\/)?tmp\//,
  'a package registry': /\bregistry\.[a-z0-9-]+\.[a-z]{2,}|"resolved":\s*"http/,
};

const BINARY = /\.(?:png|jpe?g|gif|ico|woff2?)$/;

/** The first line that ties a text to a machine, and how. */
function tieIn(text: string): string | undefined {
  for (const [index, line] of text.split('\n').entries()) {
    const tie = Object.keys(TIES).find((name) => TIES[name]?.test(line));
    if (tie !== undefined) return `line ${index + 1} holds ${tie}`;
  }
  return undefined;
}

describe('project: kept files', () => {
  it('hold on any machine', function () {
    const files = filesOrSkip(this).filter((path) => !BINARY.test(path));
    expect(files.length).to.be.greaterThan(400);
    const found = files.flatMap((path) => {
      const tie = tieIn(read(path));
      return tie === undefined ? [] : [`${path}: ${tie}`];
    });
    expect(found.join('\n')).to.equal('');
  });

  it('hold no output, no data and no secret', function () {
    const strays = /(^|\/)(node_modules|data|build|coverage)\/|(^|\/)\.env$|\.(log|db|key|pem)$/;
    expect(filesOrSkip(this).filter((path) => strays.test(path))).to.deep.equal([]);
  });

  // Put together here, so that this file holds none itself.
  for (const [what, text, tied] of [
    ['a folder of somebody', `cd ${['', 'home', 'awa', 'declic'].join('/')}`, true],
    ['a temporary file', ['', 'tmp', 'x'].join('/'), true],
    ['a registry', `https://${['registry', 'example', 'org'].join('.')}/left-pad`, true],
    ['a path of an address', `https://example.org${['', 'home', 'page'].join('/')}`, false],
    ['a relative path', ['src', 'work', 'x.ts'].join('/'), false],
    ['a browser of the system', '/usr/bin/chromium', false],
  ] as const) {
    it(`${tied ? 'are found out by' : 'may hold'} ${what}`, () => {
      expect(tieIn(`one\n${text}`) !== undefined).to.equal(tied);
    });
  }
});

/** A folder that was downloaded, not cloned, has no list of what is kept. */
function filesOrSkip(context: Mocha.Context): readonly string[] {
  try {
    return keptFiles();
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    console.log('      skipped: git does not answer here');
    return context.skip();
  }
}
