import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { easeOf, problemsOf, READABILITY_FLOOR, SHORT_SHARE } from './text-checks.ts';

const FRENCH = new URL('../../locales/fr/', import.meta.url);

/** These speak of the world: their figures carry a year and a source in words. */
const STATES_FACTS = ['doubts', 'jobs', 'programme', 'safety'];

/** Words of the team's command line: the assistant never says them. */
const NOT_SPOKEN = ['team.json'];

const namespaces = readdirSync(FRENCH)
  .filter((file) => file.endsWith('.json') && !NOT_SPOKEN.includes(file))
  .map((file) => ({
    name: file.slice(0, -'.json'.length),
    content: JSON.parse(readFileSync(new URL(file, FRENCH), 'utf8')) as object,
  }));

describe('the French sentences', () => {
  it('are found, those that state facts among them', () => {
    expect(namespaces.map(({ name }) => name)).to.include.members(STATES_FACTS);
  });

  for (const { name, content } of namespaces) {
    describe(name, () => {
      it('keeps the voice in every sentence', () => {
        const problems = problemsOf(content, { statesFacts: STATES_FACTS.includes(name) });
        const told = problems.map(({ key, rule, detail }) => `${name}:${key} — ${rule}: ${detail}`);
        expect(told.join('\n')).to.equal('');
      });

      it('has short sentences and is easy to read', () => {
        const { long, shortShare, readability } = easeOf(content);
        expect(shortShare, long.join('\n')).to.be.at.least(SHORT_SHARE);
        expect(readability, 'Kandel–Moles').to.be.at.least(READABILITY_FLOOR);
      });
    });
  }
});
