import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { CAREER_FAMILIES, CAREER_PARTS, CAREERS, careerOf } from '#knowledge/careers.ts';
import texts from '../../locales/fr/careers.json' with { type: 'json' };
import { sentencesOf } from './french-text.ts';
import { problemsOf } from './text-checks.ts';

/** What people call careers, that the understanding of messages recognises. */
const WORDS = new URL('../../src/understanding/resources/fr/careers.tsv', import.meta.url);

/** The most that a button of WhatsApp shows. */
const LONGEST_BUTTON = 20;

/** About the minimum wage of a year of full time since January 2026: the law, not the pay of a career. */
const LEGAL_FLOOR = 21_900;

/** Beyond this, a sentence is a template. */
const MOST_REPEATS = 3;

const ids = CAREERS.map(({ id }) => id);

/** "22 900 €" → 22900. */
const amountsIn = (text: string): readonly number[] =>
  [...text.matchAll(/(\d[\d\s]*)€/g)].map(([, digits = '']) => Number(digits.replace(/\s/g, '')));

const parts = CAREERS.flatMap(({ id }) =>
  Object.entries(texts[id]).map(([part, text]) => ({ id, part, text })),
);

function repeated(values: readonly string[], most: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].flatMap(([value, count]) => (count > most ? [`${count} × ${value}`] : []));
}

describe('careers', () => {
  it('are those that messages can name, and those that have texts', () => {
    const named = readFileSync(WORDS, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('\t')[0]);
    expect(ids).to.deep.equal(named);
    expect(Object.keys(texts)).to.deep.equal(ids);
    expect(repeated(ids, 1)).to.deep.equal([]);
    expect(ids.length).to.be.at.least(60);
  });

  it('are found by their id', () => {
    expect(careerOf('support-technician')?.rome).to.equal('I1404');
    expect(careerOf('astronaut')).to.equal(undefined);
  });

  it('fill every family', () => {
    expect(new Set(CAREERS.map(({ family }) => family))).to.deep.equal(new Set(CAREER_FAMILIES));
  });

  it('rest on sources, none named twice', () => {
    for (const { id, sources, pay, payMark } of CAREERS) {
      expect(repeated([...sources], 1), id).to.deep.equal([]);
      for (const told of [pay, payMark]) if (told) expect(sources, id).to.include(told.source);
    }
  });

  it('have figures in order, of years that have come', () => {
    for (const { id, months, pay, payMark } of CAREERS) {
      if (months) expect(months.least, id).to.be.at.most(months.most);
      for (const told of [pay, payMark]) {
        if (told) expect(told.low, id).to.be.at.most(told.high);
        if (told) expect(told.year, id).to.be.within(2015, 2026);
      }
    }
  });

  it('have a pay that can be compared, or a mark that cannot, not both', () => {
    const both = CAREERS.filter(({ pay, payMark }) => pay !== null && payMark !== undefined);
    expect(both.map(({ id }) => id)).to.deep.equal([]);
    expect(CAREERS.filter(({ pay }) => pay !== null)).not.to.have.length(0);
  });
});

describe('texts of careers', () => {
  it('are ten for each career, none empty', () => {
    for (const { id } of CAREERS) {
      expect(Object.keys(texts[id]), id).to.deep.equal([...CAREER_PARTS]);
    }
    expect(parts.filter(({ text }) => text.trim() === '')).to.deep.equal([]);
  });

  it('have a short button, different for each', () => {
    const buttons = ids.map((id) => texts[id].button);
    expect(buttons.filter((button) => [...button].length > LONGEST_BUTTON)).to.deep.equal([]);
    expect(buttons.filter((button) => /[.…]$/.test(button))).to.deep.equal([]);
    expect(
      repeated(
        buttons.map((button) => button.toLowerCase()),
        1,
      ),
    ).to.deep.equal([]);
  });

  it('have a name that can stand inside a sentence, different for each', () => {
    const names = ids.map((id) => texts[id].name);
    expect(names.filter((name) => !/^\p{Ll}.*[^.]$/u.test(name))).to.deep.equal([]);
    expect(repeated(names, 1)).to.deep.equal([]);
  });

  it('tell a pay with the amounts, the year and the source of the data', () => {
    for (const { id, pay, payMark } of CAREERS) {
      const told = pay ?? payMark;
      if (!told) continue;
      const text = texts[id].pay;
      const amounts = new Set(amountsIn(text).filter((amount) => amount !== LEGAL_FLOOR));
      const known = new Set([told.low, told.high].filter((amount) => amount !== LEGAL_FLOOR));
      expect(amounts, id).to.deep.equal(known);
      expect(text, id).to.include(String(told.year));
    }
  });

  it('tell no pay when the data has none: at most the legal minimum', () => {
    const without = CAREERS.filter(({ pay, payMark }) => pay === null && payMark === undefined);
    const told = without.filter(({ id }) =>
      amountsIn(texts[id].pay).some((amount) => amount !== LEGAL_FLOOR),
    );
    expect(without).not.to.have.length(0);
    expect(told.map(({ id }) => id)).to.deep.equal([]);
  });

  it('tell amounts of money where pay is told, nowhere else', () => {
    const elsewhere = parts.filter(({ part, text }) => part !== 'pay' && /\d\s*€/.test(text));
    expect(elsewhere).to.deep.equal([]);
  });

  it('tell in months only what the data knows', () => {
    for (const { id, months } of CAREERS) {
      expect(/^Comptez de \S+ à \S+ mois\./.test(texts[id].training), id).to.equal(months !== null);
    }
  });

  it('say plainly when studies are asked', () => {
    const asked = CAREERS.filter(({ diploma }) => diploma === 'asked');
    const silent = asked.filter(({ id }) => !/bac\+\d/i.test(texts[id].entry));
    expect(silent.map(({ id }) => id)).to.deep.equal([]);
  });

  it('give to every figure a year and a source', () => {
    // "3D" is the name of a craft, not a figure.
    const withoutNames = JSON.parse(JSON.stringify(texts).replaceAll('3D', 'volume')) as object;
    const broken = problemsOf(withoutNames, { statesFacts: true });
    expect(broken.map(({ key, rule, detail }) => `${key} — ${rule}: ${detail}`)).to.deep.equal([]);
  });

  it('speak of each career in its own words', () => {
    const sentences = parts.flatMap(({ text }) => sentencesOf(text));
    expect(repeated(sentences, MOST_REPEATS)).to.deep.equal([]);
    for (const part of ['day', 'strengths', 'market'] as const) {
      const openings = ids.map((id) => texts[id][part].split(/\s/).slice(0, 3).join(' '));
      expect(repeated(openings, MOST_REPEATS), part).to.deep.equal([]);
    }
  });
});
