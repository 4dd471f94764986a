import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '#shared/clock.ts';
import type { Recognition, RecognitionContext, ScoredIntent } from '#shared/recognition.ts';
import { DistressDetector } from './distress/distress-detector.ts';
import { dayIn } from './entities/calendar-day.ts';
import { EntityFinder } from './entities/entity-finder.ts';
import { isLexical } from './features/concept-finder.ts';
import { LanguageDetector } from './language/language-detector.ts';
import { LanguageModel } from './language-model.ts';
import type { PartReading } from './reading/candidates.ts';
import { splitClauses } from './reading/clauses.ts';
import { chooseAction, type Decision, readDecisions } from './reading/decision.ts';
import { messageIntents } from './reading/message-intents.ts';
import { NO_SPELLING, toWords, type Word } from './text/spelling.ts';
import { tokenise } from './text/tokenise.ts';
import type { LoadedLanguage } from './training/model-cache.ts';

/** Longer messages are read up to here (UTF-16 units): time is bounded, and offsets stay true. */
export const MAX_LENGTH = 2000;

/** How many guesses are told. */
const GUESSES = 3;
/** What distress scores at least once the words have decided. */
const SURE = 0.9;

const RESOURCES = join(import.meta.dirname, 'resources');

/** All that one language is read with. */
interface Language {
  readonly model: LanguageModel;
  readonly entities: EntityFinder;
  readonly connectors: ReadonlySet<string>;
  readonly decision: Decision;
}

/** Reads messages: language, distress, intents, action, entities. */
export class MessageReader {
  readonly #languages = new Map<string, Language>();
  readonly #detector = new LanguageDetector();
  readonly #distress: DistressDetector;

  constructor(localesDir: string, loaded: readonly LoadedLanguage[]) {
    const { decisions, distress } = readDecisions();
    for (const { model, sources } of loaded) {
      const { locale, spelling } = sources;
      const entities = new EntityFinder(localesDir, locale, spelling);
      this.#languages.set(locale, {
        model: new LanguageModel(model, sources, entities.knownWords()),
        entities,
        connectors: readConnectors(locale),
        decision: (decisions[locale] ?? decisions.default) as Decision,
      });
    }
    const spellings = new Map(loaded.map(({ sources }) => [sources.locale, sources.spelling]));
    this.#distress = new DistressDetector(
      (language) => spellings.get(language) ?? NO_SPELLING,
      distress,
    );
  }

  read(message: string, context: RecognitionContext): Recognition {
    const text = message.slice(0, MAX_LENGTH);
    const usual = context.locale.slice(0, 2).toLowerCase();
    const spoken = this.#detector.detect(text, tokenise(text), usual);
    const language = this.#languages.get(spoken) ?? this.#fallback();
    const words = language.model.reader.read(text);
    const today = dayIn(context.now ?? systemClock.now(), context.timeZone);
    const entities = language.entities.find(text, words, today);
    const known = this.#languages.has(spoken);
    const plain = known ? words : toWords(text, NO_SPELLING);
    return { ...this.#meaning(words, plain, language, known), language: spoken, entities };
  }

  #fallback(): Language {
    return this.#languages.get('fr') ?? ([...this.#languages.values()][0] as Language);
  }

  #meaning(
    words: readonly Word[],
    plain: readonly Word[],
    language: Language,
    known: boolean,
  ): Pick<Recognition, 'intents' | 'top3' | 'action' | 'distress'> {
    const { whole, parts } = readParts(language, words);
    const probability = Math.max(...[whole, ...parts.map((p) => p.scores)].map(ofDistress));
    const distress = this.#distress.assess(plain, known ? probability : undefined);
    const { intents, guesses } = messageIntents(whole, parts, language.decision);
    if (distress === 'yes') {
      const first = { intent: 'distress', score: Math.max(probability, SURE) } as const;
      const others = (list: readonly ScoredIntent[]) => list.filter((i) => i.intent !== 'distress');
      const top3 = [first, ...others(guesses)].slice(0, GUESSES);
      return { intents: [first, ...others(intents)], top3, action: 'answer', distress };
    }
    const readable = known && words.some(isLexical);
    const action = readable ? chooseAction(intents, language.decision) : 'unknown';
    return { intents, top3: guesses.slice(0, GUESSES), action, distress };
  }
}

/** A message read at once and by clauses: what all decisions rest on. */
export const readParts = (
  { model, connectors }: Pick<Language, 'model' | 'connectors'>,
  words: readonly Word[],
): { whole: readonly ScoredIntent[]; parts: readonly PartReading[] } => {
  const whole = ranked(model, words);
  const clauses = splitClauses(words, connectors);
  if (clauses.length < 2) return { whole, parts: [] };
  const parts = clauses.map(({ words: own, start }) => ({
    start,
    length: own.filter(isLexical).length,
    scores: ranked(model, own),
  }));
  return { whole, parts };
};

/** Every intent with its probability, best first. */
const ranked = (model: LanguageModel, words: readonly Word[]): ScoredIntent[] => {
  const scores = model.probabilities(words);
  return model.classes
    .map((intent, k) => ({ intent, score: scores[k] as number }))
    .sort((a, b) => b.score - a.score);
};

const ofDistress = (scores: readonly ScoredIntent[]): number =>
  scores.find(({ intent }) => intent === 'distress')?.score ?? 0;

export const readConnectors = (locale: string): ReadonlySet<string> => {
  const path = join(RESOURCES, locale, 'connectors.txt');
  return new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []);
};
