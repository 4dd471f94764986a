import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '#shared/clock.ts';
import type { Recognition, RecognitionContext, ScoredIntent } from '#shared/recognition.ts';
import { type Danger, type DangerChances, dangerLevel } from './distress/danger-level.ts';
import { DangerWords } from './distress/danger-words.ts';
import { dayIn } from './entities/calendar-day.ts';
import { EntityFinder } from './entities/entity-finder.ts';
import { isLexical } from './features/concept-finder.ts';
import { LanguageDetector } from './language/language-detector.ts';
import { LanguageModel } from './language-model.ts';
import type { PartReading, Reading } from './reading/candidates.ts';
import { type Clause, splitClauses } from './reading/clauses.ts';
import {
  chooseAction,
  type Decision,
  type DecisionFile,
  readDecisions,
} from './reading/decision.ts';
import { messageIntents } from './reading/message-intents.ts';
import { NO_SPELLING, toWords, type Word } from './text/spelling.ts';
import type { LoadedModels, ReadyLanguage } from './training/model-cache.ts';

/** Longer messages are read up to here (UTF-16 units): time is bounded, and offsets stay true. */
export const MAX_LENGTH = 2000;

/** How many guesses are told. */
const GUESSES = 3;

const RESOURCES = join(import.meta.dirname, 'resources');

/** All that one language is read with. */
interface Language {
  readonly model: LanguageModel;
  readonly entities: EntityFinder;
  readonly connectors: ReadonlySet<string>;
  /** Words that begin what leans on the last exchange ("et…"). */
  readonly continuations: ReadonlySet<string>;
  readonly decision: Decision;
}

/** The language that stands in for those that nothing was learned of. */
const BASE = 'fr';

/** Reads messages: language, distress, intents, action, entities. */
export class MessageReader {
  readonly #localesDir: string;
  readonly #ready: ReadonlyMap<string, ReadyLanguage>;
  readonly #languages = new Map<string, Language>();
  readonly #decisions: DecisionFile;
  readonly #detector: LanguageDetector;
  readonly #danger: DangerWords;
  readonly #base: Language;

  constructor(localesDir: string, { languages, detector }: LoadedModels) {
    this.#localesDir = localesDir;
    this.#ready = new Map(languages.map((language) => [language.sources.locale, language]));
    this.#decisions = readDecisions();
    this.#detector = new LanguageDetector(detector);
    const spellingOf = (locale: string) => this.#ready.get(locale)?.sources.spelling;
    this.#danger = new DangerWords((locale) => spellingOf(locale) ?? NO_SPELLING);
    this.#base = this.#language(
      this.#ready.has(BASE) ? BASE : ([...this.#ready.keys()][0] ?? BASE),
    ) as Language;
  }

  /** What a language is read with, made when it is first spoken; undefined when it has no phrases. */
  #language(locale: string): Language | undefined {
    const known = this.#languages.get(locale);
    const ready = this.#ready.get(locale);
    if (known !== undefined || ready === undefined) return known;
    const { model, sources } = ready.load();
    const { decisions } = this.#decisions;
    const entities = new EntityFinder(this.#localesDir, locale, sources.spelling);
    const language: Language = {
      model: new LanguageModel(model, sources, entities.knownWords()),
      entities,
      connectors: readConnectors(locale),
      continuations: readWords(locale, 'continuations.txt'),
      decision: (decisions[locale] ?? decisions.default) as Decision,
    };
    this.#languages.set(locale, language);
    return language;
  }

  read(message: string, context: RecognitionContext): Recognition {
    const text = message.slice(0, MAX_LENGTH);
    const usual = context.locale.slice(0, 2).toLowerCase();
    const spoken = this.#detector.detect(text, usual);
    const own = this.#language(spoken);
    const language = own ?? this.#base;
    const words = language.model.reader.read(text);
    const today = dayIn(context.now ?? systemClock.now(), context.timeZone);
    const entities = language.entities.find(text, words, today);
    const known = own !== undefined;
    const plain = known ? words : toWords(text, NO_SPELLING);
    const leansBack = isElliptic(words, language.continuations);
    return {
      ...this.#meaning(words, plain, language, known),
      language: spoken,
      entities,
      leansBack,
    };
  }

  #meaning(
    words: readonly Word[],
    plain: readonly Word[],
    language: Language,
    known: boolean,
  ): Pick<Recognition, 'intents' | 'top3' | 'action' | 'distress'> {
    const { chances, ...reading } = readParts(language, words);
    const signs = this.#danger.find(plain.filter(isLexical));
    const danger = dangerLevel(signs, known ? chances : undefined, this.#decisions.distress);
    const { intents, guesses } = messageIntents(reading, language.decision);
    if (danger.leads) return ledByDanger(danger, intents, guesses);
    const readable = known && words.some(isLexical);
    const others = withoutDistress(intents);
    const action = readable ? chooseAction(others, language.decision) : 'unknown';
    const top3 = guesses.slice(0, GUESSES);
    return { intents: others, top3, action, distress: danger.level };
  }
}

/** Distress comes first; it is answered when it is sure, asked about when it is not. */
const ledByDanger = (
  { level, likelihood }: Danger,
  intents: readonly ScoredIntent[],
  guesses: readonly ScoredIntent[],
): Pick<Recognition, 'intents' | 'top3' | 'action' | 'distress'> => {
  const first = { intent: 'distress', score: likelihood } as const;
  const apart = (list: readonly ScoredIntent[]) => list.filter((i) => i.intent !== 'distress');
  return {
    intents: [first, ...apart(intents)],
    top3: [first, ...apart(guesses)].slice(0, GUESSES),
    action: level === 'yes' ? 'answer' : 'clarify',
    distress: level,
  };
};

/** Whether there is danger is told apart: an intent that the decision does not back is dropped. */
const withoutDistress = (intents: readonly ScoredIntent[]): readonly ScoredIntent[] => {
  const others = intents.filter(({ intent }) => intent !== 'distress');
  return others.length > 0 ? others : intents;
};

/** A message read at once and by clauses: what all decisions rest on. */
export interface MessageParts extends Reading {
  readonly chances: DangerChances;
}

export const readParts = (
  { model, connectors }: Pick<Language, 'model' | 'connectors'>,
  words: readonly Word[],
): MessageParts => {
  const whole = ranked(model, words);
  const clauses = splitClauses(words, connectors);
  const parts = clauses.length < 2 ? [] : clauses.map((clause) => readPart(model, clause));
  return {
    whole: whole.scores,
    parts,
    chances: {
      intent: { whole: ofDistress(whole), part: Math.max(0, ...parts.map(ofDistress)) },
      alarm: { whole: whole.alarm, part: Math.max(0, ...parts.map(({ alarm }) => alarm)) },
    },
  };
};

const readPart = (model: LanguageModel, { words, start }: Clause): PartReading => ({
  start,
  length: words.filter(isLexical).length,
  asks: words.at(-1)?.norm === '?',
  ...ranked(model, words),
});

/** Every intent with its probability, best first. */
const ranked = (model: LanguageModel, words: readonly Word[]) => {
  const { scores, alarm } = model.read(words);
  const intents = model.classes
    .map((intent, k): ScoredIntent => ({ intent, score: scores[k] as number }))
    .sort((a, b) => b.score - a.score);
  return { scores: intents, alarm };
};

const ofDistress = ({ scores }: { readonly scores: readonly ScoredIntent[] }): number =>
  scores.find(({ intent }) => intent === 'distress')?.score ?? 0;

/** Words that may begin a new clause. */
export const readConnectors = (locale: string): ReadonlySet<string> =>
  readWords(locale, 'connectors.txt');

/** More words than this say by themselves what is meant. */
const ELLIPTIC = 6;

const isElliptic = (words: readonly Word[], continuations: ReadonlySet<string>): boolean => {
  const lexical = words.filter(isLexical);
  return lexical.length <= ELLIPTIC && continuations.has(lexical[0]?.norm ?? '');
};

const readWords = (locale: string, file: string): ReadonlySet<string> => {
  const path = join(RESOURCES, locale, file);
  return new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []);
};
