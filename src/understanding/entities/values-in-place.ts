import type { LexiconMatch } from './lexicon.ts';
import type { Sentence } from './sentence.ts';

/** A message is short up to this many words. */
const SHORT = 6;
/** A long way to ask the same ("à quoi ça vous sert de savoir mon âge") is still short enough. */
const LONG = 12;
/** How many words a request may have around the words that make it. */
const AROUND = { wide: 4, narrow: 2 };

/** The message without the polite words around it. */
export interface Core {
  readonly from: number;
  readonly to: number;
}

/** Leaves out the fillers at both ends, while something is left. */
export const coreOf = (sentence: Sentence, fillers: readonly LexiconMatch[]): Core => {
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

type Rule = (place: Place) => boolean;

/** A match, and the message it stands in. */
interface Place {
  readonly sentence: Sentence;
  readonly match: LexiconMatch;
  readonly core: Core;
  /** How many words of the match and of the core. */
  readonly length: number;
  readonly all: number;
  /** The match is all that is said, polite words apart. */
  readonly whole: boolean;
}

/** Where the values of a group count; anywhere when the group is not listed. */
const RULES: Readonly<Record<string, Rule>> = {
  way_out: ({ whole }) => whole,
  yes_no_alone: ({ whole }) => whole,
  yes_no: (place) => opens(place) && endsIfDoubtful(place),
  not_now: (place) => opens(place) && endsIfDoubtful(place),
  meta: ({ whole, length, all }) => whole || (length > 1 && all <= (length > 2 ? LONG : SHORT)),
  variant: ({ whole, length, all, match }) => {
    const around = match.columns[1] === 'facile' ? AROUND.narrow : AROUND.wide;
    return whole || (length > 1 && all <= length + around);
  },
  language: (place) => place.whole || isAskedFor(place),
};

/** Groups that judge their doubtful values by themselves. */
const OWN_DOUBT: ReadonlySet<string> = new Set(['situation', 'yes_no', 'not_now']);

/** Whether a value counts where it stands; a doubtful one is judged by its group, or alone. */
export const counts = (sentence: Sentence, match: LexiconMatch, core: Core): boolean => {
  const group = match.columns[0] ?? '';
  const whole = match.from <= core.from && match.to >= core.to;
  if (match.doubtful && !OWN_DOUBT.has(group)) return whole;
  const length = match.to - match.from;
  const all = core.to - core.from;
  return RULES[group]?.({ sentence, match, core, length, all, whole }) ?? true;
};

/** At the beginning, or said apart at the end ("ça me va, oui"). */
const opens = ({ sentence, match, core, whole }: Place): boolean =>
  whole ||
  match.from === 0 ||
  match.from === core.from ||
  (match.to === core.to && sentence.startsClause(match.from));

/** "Je veux pas" is a no, "je veux pas être la potiche" is not. */
const endsIfDoubtful = ({ sentence, match, whole }: Place): boolean => {
  const { to } = match;
  if (!match.doubtful || whole || to >= sentence.words.length || sentence.startsClause(to)) {
    return true;
  }
  const next = sentence.at('connector', to) ?? sentence.at('subject', to, 'self');
  return next !== undefined;
};

/** "On peut parler en arabe ?", not "je suis nul en anglais". */
const isAskedFor = ({ sentence, match, all }: Place): boolean =>
  all <= SHORT + AROUND.narrow && sentence.cueBefore('speak', match.from, 2);
