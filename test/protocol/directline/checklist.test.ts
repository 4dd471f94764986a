import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

const CHECKLIST = new URL('../../../../shared/protocol/directline/checklist.tsv', import.meta.url);
const HERE = new URL('.', import.meta.url);

/** Points that are met in another way than the list has it, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'DL-004': 'the secret is taken everywhere but by tokens/refresh: it never expires (400)',
  'DL-017':
    'MissingProperty cannot arise: the server gives every conversation a user, trusted origins or not',
  'DL-024':
    'a user is always known, so the greeting comes at the start and never only at the first message',
  'DL-049': 'the socket is kept when a token runs out, for six hours at most (streamAge)',
  'DL-078': 'typing is accepted and goes no further: the assistant has no use for it',
  'DL-081': 'such events are kept and echoed; nothing acts on them',
  'DL-106': '409 is never needed: what exists is answered with 200',
};

/** The ids in the names of the tests next to this file. */
function testedIds(): Set<string> {
  const ids = new Set<string>();
  for (const name of readdirSync(HERE).filter((it) => it.endsWith('.test.ts'))) {
    const source = readFileSync(new URL(name, HERE), 'utf8');
    for (const [, title = ''] of source.matchAll(/\bit\(\s*['"`]((?:DL-\d{3} ?)+)/g)) {
      for (const id of title.trim().split(' ')) ids.add(id);
    }
  }
  return ids;
}

describe('the checklist of Direct Line', () => {
  it('has a test for every point, and says which are met otherwise', function () {
    if (!existsSync(CHECKLIST)) {
      console.log('      skipped: ../shared/protocol/directline/checklist.tsv is not here');
      return this.skip();
    }
    const lines = readFileSync(CHECKLIST, 'utf8').trim().split('\n').slice(1);
    const points = lines.map((line) => line.split('\t')[0]!);
    const tested = testedIds();
    expect(points).to.have.length(113);
    expect(points.filter((id) => !tested.has(id))).to.deep.equal([]);
    expect([...tested].filter((id) => !points.includes(id))).to.deep.equal([]);
    for (const [id, why] of Object.entries(OTHERWISE)) console.log(`      ${id} otherwise: ${why}`);
  });
});
