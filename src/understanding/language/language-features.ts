import { FeatureBag, type Features } from '../features/feature-bag.ts';
import { hashText } from '../features/hash.ts';
import { tokenise } from '../text/tokenise.ts';

const SEED = { word: 21, folded: 22, written: 23 };
/** What a whole word weighs against a run of letters. */
const WORD = 1;
const LETTERS = 0.35;
/** Lengths of runs of letters, as written (accents tell a lot) and folded (they are often left out). */
const WRITTEN = [1, 2, 3];
const FOLDED = [3, 4];

const bag = new FeatureBag();

/** What tells the language of a text: its words and runs of letters, hashed; length one. */
export const languageFeatures = (text: string): Features => {
  bag.clear();
  for (const { norm, type, start, end } of tokenise(text)) {
    if (type !== 'word' || /^\d+$/.test(norm)) continue;
    bag.add(hashText(norm, SEED.word), WORD);
    addRuns(` ${text.slice(start, end).toLowerCase()} `, WRITTEN, SEED.written);
    addRuns(` ${norm} `, FOLDED, SEED.folded);
  }
  return bag.features();
};

const addRuns = (padded: string, lengths: readonly number[], seed: number): void => {
  for (const length of lengths) {
    for (let i = 0; i + length <= padded.length; i++) {
      bag.add(hashText(padded, seed, i, i + length), LETTERS);
    }
  }
};
