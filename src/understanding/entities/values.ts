import type { Entity } from '#shared/recognition.ts';
import type { Lexicon, LexiconMatch } from './lexicon.ts';
import type { Sentence } from './sentence.ts';

/** Groups that count only when (nearly) the whole message says so. */
const WHOLE_MESSAGE = new Set(['way_out', 'yes_no_alone']);
/** Groups that count at the beginning of a message, or when it is short. */
const OPENING = new Set(['yes_no', 'not_now']);
/** Groups whose one-word terms count only as the whole message. */
const SHORT_ALONE = new Set(['meta', 'variant', 'language']);
/** Groups in which a denied value means "not that". */
const DENIABLE = new Set(['situation', 'place', 'adult']);
const FILLER = 'filler';
/** A message is short up to this many words. */
const SHORT = 6;
/** How far a negator reaches, in words. */
const REACH = 4;

/**
 * Values of the groups of `values.tsv`. A denied situation ("je ne suis pas étudiant") comes out
 * with `not:` before its value.
 */
export const readValues = (sentence: Sentence, values: Lexicon): Entity[] => {
  const matches = values.findAll(sentence.words);
  const fillers = matches.filter((match) => match.columns[0] === FILLER);
  const core = coreOf(sentence, fillers);
  const entities: Entity[] = [];
  const groups = new Set(matches.map((match) => match.columns[0] ?? ''));
  for (const group of groups) {
    if (group === FILLER) continue;
    for (const match of longestOf(matches.filter((m) => m.columns[0] === group))) {
      if (counts(group, match, core)) entities.push(toEntity(sentence, group, match));
    }
  }
  return entities;
};

/** The message without the polite words around it. */
interface Core {
  readonly from: number;
  readonly to: number;
}

const coreOf = (sentence: Sentence, fillers: readonly LexiconMatch[]): Core => {
  let from = 0;
  let to = sentence.words.length;
  for (let grown = true; grown && from < to; ) {
    const head = fillers.filter((f) => f.from === from).sort((a, b) => b.to - a.to)[0];
    const tail = fillers.filter((f) => f.to === to).sort((a, b) => a.from - b.from)[0];
    grown = false;
    if (head !== undefined && head.to <= to) {
      from = head.to;
      grown = true;
    } else if (tail !== undefined && tail.from >= from) {
      to = tail.from;
      grown = true;
    }
  }
  return { from, to };
};

const counts = (group: string, match: LexiconMatch, core: Core): boolean => {
  const whole = match.from <= core.from && match.to >= core.to;
  if (WHOLE_MESSAGE.has(group)) return whole;
  if (OPENING.has(group)) return whole || match.from === 0 || match.from === core.from;
  if (SHORT_ALONE.has(group) && match.to - match.from === 1) return whole;
  if (group === 'meta') return whole || core.to - core.from <= SHORT;
  return true;
};

const longestOf = (matches: readonly LexiconMatch[]): LexiconMatch[] => {
  const sorted = [...matches].sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  const kept: LexiconMatch[] = [];
  for (const match of sorted) {
    if (kept.every((k) => match.to <= k.from || match.from >= k.to)) kept.push(match);
  }
  return kept.sort((a, b) => a.from - b.from);
};

const toEntity = (sentence: Sentence, group: string, match: LexiconMatch): Entity => {
  const value = match.columns[1] ?? '';
  const denied = DENIABLE.has(group) && isDenied(sentence, match.from);
  return sentence.entity(
    group === 'yes_no_alone' ? 'yes_no' : group,
    denied ? `not:${value}` : value,
    match.from,
    match.to,
  );
};

/** Whether a negator stands shortly before, in the same clause. */
const isDenied = (sentence: Sentence, from: number): boolean => {
  for (let at = from - 1; at >= Math.max(0, from - REACH); at--) {
    if (sentence.at('connector', at) !== undefined || signBetween(sentence, at)) return false;
    if (sentence.at('negator', at) !== undefined) return true;
  }
  return false;
};

/** Whether a sign parts a word from the next one. */
const signBetween = (sentence: Sentence, at: number): boolean => {
  const word = sentence.words[at];
  const next = sentence.words[at + 1];
  if (word === undefined || next === undefined) return false;
  return /[,;.!?:()\n]/.test(sentence.text.slice(word.end, next.start));
};
