/**
 * How many messages have all their expected entities read: `npx node bench/entities.ts [FILE.jsonl]`,
 * lines of `{text, locale, entities: [{kind, value}]}`; test/understanding/blind/fr-context.jsonl
 * when absent. Counts only: the lines stay unseen, so that nobody tunes to them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadUnderstanding } from '#understanding/embedded-understanding.ts';

interface Expected {
  readonly kind: string;
  readonly value: string;
}

interface Line {
  readonly text: string;
  readonly locale: string;
  readonly entities: readonly Expected[];
}

/** Of one kind: how many are expected, how many of them are read, how many are read beside. */
interface Tally {
  expected: number;
  read: number;
  beside: number;
}

const ROOT = join(import.meta.dirname, '..');
const path = process.argv[2] ?? join(ROOT, 'test/understanding/blind/fr-context.jsonl');
const lines = readFileSync(path, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Line => JSON.parse(line));

/** Phones by their last nine digits, the rest without case or accents: spelling is not reading. */
const same = (one: Expected, other: Expected): boolean =>
  one.kind === other.kind && plain(one) === plain(other);

const plain = ({ kind, value }: Expected): string => {
  if (kind === 'phone') return value.replace(/\D/g, '').slice(-9);
  return value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
};

const understanding = await loadUnderstanding({ localesDir: join(ROOT, 'locales') });
const kinds = new Map<string, Tally>();
const of = (kind: string): Tally => {
  const tally = kinds.get(kind) ?? { expected: 0, read: 0, beside: 0 };
  kinds.set(kind, tally);
  return tally;
};

let whole = 0;
for (const { text, locale, entities } of lines) {
  const { entities: read } = await understanding.recognise(text, { locale });
  const isRead = (entity: Expected): boolean => read.some((other) => same(entity, other));
  const isExpected = (entity: Expected): boolean => entities.some((other) => same(entity, other));
  if (entities.every(isRead)) whole++;
  for (const entity of entities) {
    of(entity.kind).expected++;
    if (isRead(entity)) of(entity.kind).read++;
  }
  for (const entity of read) if (!isExpected(entity)) of(entity.kind).beside++;
}

console.log(`${whole} of ${lines.length} messages have all their expected entities.`);
console.table(Object.fromEntries([...kinds].sort(([a], [b]) => (a < b ? -1 : 1))));
