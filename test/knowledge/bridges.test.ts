import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { typesetFrench } from '#conversation/typeset.ts';
import data from '#knowledge/bridges.json' with { type: 'json' };
import {
  BRIDGES,
  bridgeFor,
  bridgeOf,
  careersFrom,
  careersKeeping,
  DAYS,
  KEEPS,
} from '#knowledge/bridges.ts';
import { CAREERS, careerOf } from '#knowledge/careers.ts';
import texts from '../../locales/fr/bridges.json' with { type: 'json' };
import careers from '../../locales/fr/careers.json' with { type: 'json' };
import { MAX_CHARACTERS } from './text-checks.ts';

interface Told {
  readonly strengths: string;
  readonly why: Readonly<Record<string, string>>;
}

const jobs: Readonly<Record<string, Told>> = texts.job;
const families: Readonly<Record<string, Told>> = texts.family;
const buttons: Readonly<Record<string, { readonly button: string }>> = careers;

/** First column of what the recogniser calls jobs. */
const occupations = (locale: string): readonly string[] =>
  readFileSync(
    new URL(`../../src/understanding/resources/${locale}/occupations.tsv`, import.meta.url),
    'utf8',
  )
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t')[0] ?? '');

const longest = (sentences: readonly string[]): number =>
  Math.max(...sentences.map((sentence) => typesetFrench(sentence).length));

describe('former jobs', () => {
  it('are many, each once, and their texts are theirs', () => {
    expect(BRIDGES.length).to.be.at.least(150);
    expect(Object.keys(jobs)).to.deep.equal(BRIDGES.map(({ id }) => id));
    expect(new Set(BRIDGES.map(({ occupation }) => occupation)).size).to.equal(BRIDGES.length);
  });

  it('lead to two to four careers, each with its reason, none without', () => {
    for (const { id, careers: ids } of BRIDGES) {
      expect(ids.length, id).to.be.within(2, 4);
      expect(new Set(ids).size, id).to.equal(ids.length);
      expect(Object.keys(jobs[id]?.why ?? {}), id).to.deep.equal([...ids]);
    }
  });

  it('are all that the recogniser can name, in French and in English, and no other', () => {
    for (const locale of ['fr', 'en']) {
      expect(occupations(locale), locale).to.have.members(BRIDGES.map((job) => job.occupation));
    }
    expect(bridgeFor('hôtesse / hôte de caisse')?.id).to.equal('cashier');
    expect(bridgeFor('astronaute')).to.equal(undefined);
    expect(bridgeOf('mason')?.careers[0]).to.equal('bim-modeler');
  });

  it('lead first to a career that does not ask for a diploma', () => {
    const firsts = BRIDGES.map(({ careers: [first = ''] }) => careerOf(first)?.diploma);
    expect([...new Set(firsts)]).to.have.members(['open', 'helps']);
  });

  it('lead, all together, to every career', () => {
    const reached = new Set<string>(BRIDGES.flatMap(({ careers: ids }) => ids));
    expect(CAREERS.map(({ id }) => id).filter((id) => !reached.has(id))).to.deep.equal([]);
  });

  it('count unpaid work: home, family, associations, prison, what is not declared', () => {
    const unpaid = [
      'family-carer',
      'parent-at-home',
      'family-interpreter',
      'family-farm-helper',
      'spouse-in-business',
      'volunteer',
      'informal-work',
      'prison-work',
      'civic-service',
    ];
    expect(unpaid.filter((id) => bridgeOf(id) === undefined)).to.deep.equal([]);
  });

  it('have reasons that are their own: none is said of two jobs', () => {
    const reasons = Object.values(jobs).flatMap(({ why }) => Object.values(why));
    expect(new Set(reasons).size).to.equal(reasons.length);
    const strengths = Object.values(jobs).map((told) => told.strengths);
    expect(new Set(strengths).size).to.equal(strengths.length);
  });

  it('have reasons that go on after a colon: small letter, one sentence', () => {
    const reasons = [...Object.values(jobs), ...Object.values(families)].flatMap(({ why }) =>
      Object.values(why),
    );
    expect(reasons.filter((reason) => !/^\p{Ll}[^:]*\.$/u.test(reason))).to.deep.equal([]);
  });

  it('fit their messages: two strengths, and two reasons with what is asked after them', () => {
    const told = [...Object.values(jobs), ...Object.values(families)];
    const strengths = longest(told.map((one) => one.strengths));
    expect(2 * strengths + 1).to.be.at.most(MAX_CHARACTERS);
    expect(strengths + longest(Object.values(texts.keep.heard))).to.be.below(MAX_CHARACTERS);
    const lines = told.flatMap(({ why }) =>
      Object.entries(why).map(([id, reason]) => `${buttons[id]?.button} : ${reason}`),
    );
    const button = longest(Object.values(buttons).map((career) => career.button));
    const steps = Object.values(texts.step).map((step) =>
      step.replace('{{career}}', 'x'.repeat(button)),
    );
    expect(2 * longest(lines) + longest(steps) + 2).to.be.at.most(MAX_CHARACTERS);
  });
});

describe('a job that is not known by name', () => {
  for (const day of DAYS) {
    it(`${day}: leads to careers with their reasons`, () => {
      expect(Object.keys(families[day]?.why ?? {})).to.deep.equal([...careersFrom(day)]);
      expect(careersKeeping(day, undefined)).to.deep.equal(careersFrom(day).slice(0, 3));
    });

    for (const keep of KEEPS) {
      it(`${day}, keeping ${keep}: three careers, those that keep it before the others`, () => {
        const told = careersKeeping(day, keep);
        expect(new Set(told).size).to.equal(3);
        const kept = told.map((id) => data.keeps[keep].includes(id));
        expect(kept).to.deep.equal([...kept].sort((one, other) => Number(other) - Number(one)));
        expect(kept[0]).to.equal(true);
      });
    }
  }

  it('changes with what one would keep', () => {
    for (const day of DAYS) {
      const firsts = new Set(KEEPS.map((keep) => careersKeeping(day, keep)[0]));
      expect(firsts.size, day).to.be.at.least(3);
    }
  });
});
