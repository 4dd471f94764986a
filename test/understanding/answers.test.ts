import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Entity } from '#shared/recognition.ts';
import { recognise } from './recogniser.ts';

const ANSWERS = join(import.meta.dirname, 'answers');

/** What a dialog takes from the entities of an answer. */
type Reading = (first: (kind: string) => string | undefined, all: readonly Entity[]) => string;

const DAYS: Readonly<Record<string, string>> = {
  date: '',
  month: 'month:',
  ordinal: 'rank:',
  number: 'day:',
};

const dates = (all: readonly Entity[]): string =>
  all
    .filter(({ kind, value }) => kind in DAYS || (kind === 'cue' && value === 'soonest'))
    .map(({ kind, value }) => `${DAYS[kind] ?? ''}${value}`)
    .join(' ');

/** By question, as its dialog reads it: what is named first among the kinds that answer it. */
const READINGS: Readonly<Record<string, Reading>> = {
  situation: (first) => first('situation') ?? '',
  adult: (first) => {
    if (first('meta') !== undefined) return '';
    return first('age') ?? first('adult') ?? first('yes_no') ?? first('number') ?? '';
  },
  place: (first) => first('place') ?? '',
  date: (_first, all) => dates(all),
  'yes-no': (first) =>
    first('way_out') ?? first('meta') ?? first('not_now') ?? first('yes_no') ?? '',
  'first-name': (first) => first('first_name') ?? '',
  phone: (first) => first('phone') ?? first('email') ?? '',
};

/** The lines of a file of answers: what is to be read (- for nothing), a tab, and the answer. */
const linesOf = (name: string): { expected: string; text: string }[] =>
  readFileSync(join(ANSWERS, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [expected = '', text = ''] = line.split('\t');
      return { expected: expected === '-' ? '' : expected, text };
    });

describe('Answers as people type them', () => {
  for (const [question, read] of Object.entries(READINGS)) {
    it(`are read as ${question.replace('-', ' or ')}`, async () => {
      const lines = linesOf(`${question}.tsv`);
      const misread: string[] = [];
      for (const { expected, text } of lines) {
        const { entities } = await recognise(text);
        const found = read((kind) => entities.find((e) => e.kind === kind)?.value, entities);
        if (found !== expected) misread.push(`${text} → ${found || '-'}, not ${expected || '-'}`);
      }
      expect(lines).to.have.length.greaterThan(90);
      expect(misread).to.deep.equal([]);
    });
  }
});
