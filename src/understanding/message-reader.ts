import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '#shared/clock.ts';
import type { Recognition, RecognitionContext, ScoredIntent } from '#shared/recognition.ts';
import { DistressDetector } from './distress/distress-detector.ts';
import { dayIn } from './entities/calendar-day.ts';
import { EntityFinder } from './entities/entity-finder.ts';
import { LanguageDetector } from './language/language-detector.ts';
import { LanguageModel } from './language-model.ts';
import { type Clause, splitClauses } from './reading/clauses.ts';
import { chooseAction, type Decision, readDecisions } from './reading/decision.ts';
import { messageIntents, type PartReading } from './reading/message-intents.ts';
import { NO_SPELLING, type Word } from './text/spelling.ts';
import { tokenise } from './text/tokenise.ts';
import type { LoadedLanguage } from './training/model-cache.ts';

/** Longer messages are read up to here (UTF-16 units): time is bounded, and offsets stay true. */
export const MAX_LENGTH = 2000;

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
    const decisions = readDecisions();
    for (const { model, sources } of loaded) {
      const { locale, spelling } = sources;
      const decision = { ...decisions.default, ...decisions[locale] } as Decision;
      const entities = new EntityFinder(localesDir, locale, spelling);
      this.#languages.set(locale, {
        model: new LanguageModel(model, sources, decision.temperature, entities.knownWords()),
        entities,
        connectors: readConnectors(locale),
        decision,
      });
    }
    const spellings = new Map(loaded.map(({ sources }) => [sources.locale, sources.spelling]));
    this.#distress = new DistressDetector(
      (language) => spellings.get(language) ?? NO_SPELLING,
      (decisions.default as Decision).distress,
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
    return { ...this.#meaning(words, language, known), language: spoken, entities };
  }

  #fallback(): Language {
    return this.#languages.get('fr') ?? ([...this.#languages.values()][0] as Language);
  }

  #meaning(
    words: readonly Word[],
    language: Language,
    known: boolean,
  ): Pick<Recognition, 'intents' | 'top3' | 'action' | 'distress'> {
    const { model, connectors, decision } = language;
    const whole = ranked(model, words);
    const clauses = splitClauses(words, connectors);
    const parts = clauses.length > 1 ? clauses.map((clause) => readPart(model, clause)) : [];
    const probability = Math.max(...[whole, ...parts.map((p) => p.scores)].map(ofDistress));
    const distress = this.#distress.assess(words, known ? probability : 0);
    const found = messageIntents(whole, parts, decision);
    const intents = distress === 'yes' ? distressFirst(found, probability) : found;
    const top3 = (distress === 'yes' ? distressFirst(whole, probability) : whole).slice(0, 3);
    const action =
      distress === 'yes'
        ? 'answer'
        : known && words.length > 0
          ? chooseAction(whole, intents, decision)
          : 'unknown';
    return { intents, top3, action, distress };
  }
}

const readPart = (model: LanguageModel, { words, start }: Clause): PartReading => ({
  start,
  scores: ranked(model, words),
});

/** Every intent with its probability, best first. */
const ranked = (model: LanguageModel, words: readonly Word[]): ScoredIntent[] => {
  const scores = model.probabilities(words);
  return model.classes
    .map((intent, k) => ({ intent, score: scores[k] as number }))
    .sort((a, b) => b.score - a.score);
};

const ofDistress = (scores: readonly ScoredIntent[]): number =>
  scores.find(({ intent }) => intent === 'distress')?.score ?? 0;

/** Distress in front, whatever else was read; surer than the model when the words decided. */
const distressFirst = (found: readonly ScoredIntent[], probability: number): ScoredIntent[] => [
  { intent: 'distress', score: Math.max(probability, 0.9) },
  ...found.filter(({ intent }) => intent !== 'distress'),
];

const readConnectors = (locale: string): ReadonlySet<string> => {
  const path = join(RESOURCES, locale, 'connectors.txt');
  return new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []);
};
