import type { LinearModel } from '../model/linear-model.ts';
import { languageFeatures } from './language-features.ts';
import { languageOfScript } from './script.ts';

/** What the conversation's language is ahead by, for a message of one word; less for longer ones. */
const LOYALTY = 2.5;

/** What is learned to tell languages apart. */
export interface DetectorModel {
  /** Two-letter codes, in the order of the columns. */
  readonly languages: readonly string[];
  readonly linear: LinearModel;
}

/** Tells the language of a message; short and doubtful ones keep the conversation's. */
export class LanguageDetector {
  readonly #model: DetectorModel;

  constructor(model: DetectorModel) {
    this.#model = model;
  }

  /** @param usual language of the conversation, without region @returns a two-letter code */
  detect(text: string, usual: string): string {
    const script = languageOfScript(text, usual);
    if (script !== undefined) return script;
    const features = languageFeatures(text);
    if (features.hashes.length === 0) return usual;
    const { languages, linear } = this.#model;
    const scores = linear.score(features);
    const at = languages.indexOf(usual);
    const loyalty = LOYALTY / Math.sqrt(text.trim().split(/\s+/).length);
    let best = usual;
    let most = at < 0 ? loyalty : (scores[at] as number) + loyalty;
    languages.forEach((language, k) => {
      if ((scores[k] as number) <= most) return;
      best = language;
      most = scores[k] as number;
    });
    return best;
  }
}
