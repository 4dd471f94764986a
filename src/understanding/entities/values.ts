import type { Entity } from '#shared/recognition.ts';
import { isHome, mayBeHome } from './home.ts';
import type { Lexicon, LexiconMatch } from './lexicon.ts';
import type { Sentence } from './sentence.ts';
import { isClause, isSituation } from './situation.ts';
import { type Core, coreOf, counts } from './values-in-place.ts';
import { isDenied, isOthers } from './whose.ts';

const FILLER = 'filler';
const CUE = 'cue';
/** Terms that mean none of the values that are read inside them ("no code" is no "no"). */
const APART = 'apart';

/** A message this short, polite words apart, is an answer about the writer. */
const SHORT = 3;

/**
 * Values of the groups of `values.tsv`. A denied situation ("je ne suis pas étudiant") comes out
 * with `not:` before its value; what is said of somebody else, or of the past, does not come out.
 */
export const readValues = (sentence: Sentence, values: Lexicon): Entity[] => {
  const ofGroup = byGroup(values.findAll(sentence.words));
  const core = coreOf(sentence, ofGroup.get(FILLER) ?? []);
  ofGroup.delete(FILLER);
  const entities = new Map<string, Entity>();
  for (const [group, found] of ofGroup) {
    const kind = group === 'yes_no_alone' ? 'yes_no' : group;
    for (const match of longestOf(found).filter((each) => counts(sentence, each, core))) {
      const value = meaningOf(sentence, match, core);
      if (value === undefined) continue;
      entities.set(`${kind} ${match.from}`, sentence.entity(kind, value, match.from, match.to));
    }
  }
  return [...entities.values()];
};

/** The matches of each group, without the values that a longer term hides. */
const byGroup = (matches: readonly LexiconMatch[]): Map<string, LexiconMatch[]> => {
  const groups = new Map<string, LexiconMatch[]>();
  const apart = matches.filter(({ columns }) => columns[0] === CUE && columns[1] === APART);
  for (const match of matches) {
    const [group = ''] = match.columns;
    const isValue = group !== FILLER && group !== CUE;
    if (apart.includes(match) || (isValue && apart.some((other) => holds(other, match)))) continue;
    const found = groups.get(group);
    if (found === undefined) groups.set(group, [match]);
    else found.push(match);
  }
  return groups;
};

const holds = (outer: LexiconMatch, inner: LexiconMatch): boolean =>
  outer.from <= inner.from && outer.to >= inner.to;

const longestOf = (matches: readonly LexiconMatch[]): LexiconMatch[] => {
  const sorted = [...matches].sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  const kept: LexiconMatch[] = [];
  for (const match of sorted) {
    if (kept.every((k) => match.to <= k.from || match.from >= k.to)) kept.push(match);
  }
  return kept.sort((a, b) => a.from - b.from);
};

/** What a match means where it stands; undefined when it does not speak of the writer now. */
const meaningOf = (sentence: Sentence, match: LexiconMatch, core: Core): string | undefined => {
  const [group, value = ''] = match.columns;
  const { from } = match;
  if (group === 'situation' && !isSituation(sentence, match)) return undefined;
  if (group === 'adult' && isOthers(sentence, from)) return undefined;
  if (group === 'place' && !isLivedIn(sentence, match, core)) return undefined;
  const deniable = group === 'situation' || group === 'adult' || group === 'place';
  return deniable && isDenied(sentence, from) ? `not:${value}` : value;
};

const isLivedIn = (sentence: Sentence, match: LexiconMatch, core: Core): boolean =>
  match.columns[1] === 'abroad'
    ? isHome(
        sentence,
        match.from,
        core.to - core.from <= SHORT || isClause(sentence, match.from, match.to),
      )
    : mayBeHome(sentence, match.from);
