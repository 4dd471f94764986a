import type { Recognition } from '#shared/recognition.ts';

/** One message of an evaluation: what it means, and what was read. */
export interface Judged {
  readonly text: string;
  /** The right intent; of several, the one to answer first. */
  readonly expected: string;
  /** All of them, when the message carries several. */
  readonly expectedAll: readonly string[];
  readonly predicted: string;
  readonly predictedAll: readonly string[];
  readonly score: number;
  readonly action: Recognition['action'];
  readonly distress: Recognition['distress'];
  /** Milliseconds. */
  readonly took: number;
}

/** How well one intent is read. */
export interface IntentScore {
  readonly intent: string;
  readonly count: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface Confusion {
  readonly expected: string;
  readonly predicted: string;
  readonly count: number;
  readonly examples: readonly string[];
}

export interface Report {
  readonly count: number;
  readonly accuracy: number;
  readonly macroF1: number;
  /** Share of messages that get an answer (action = answer). */
  readonly coverage: number;
  /** Share of all messages that get a wrong answer. */
  readonly wrongAnswers: number;
  /** Expected calibration error over ten bins of the score. */
  readonly calibrationError: number;
  readonly latency: { readonly p50: number; readonly p99: number };
  /** Of messages that carry several intents: how many, the exact set found, the first one right. */
  readonly several: { readonly count: number; readonly exact: number; readonly first: number };
  /** `yes` or `maybe` counts as found; false alarms are `yes` where there is none. */
  readonly distress: {
    readonly count: number;
    readonly recall: number;
    readonly falseAlarms: number;
    readonly falseQuestions: number;
  };
  readonly intents: readonly IntentScore[];
  readonly confusions: readonly Confusion[];
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const isRight = ({ expected, predicted }: Judged): boolean => expected === predicted;

/** Everything there is to say about a set of judged messages. */
export const report = (judged: readonly Judged[]): Report => {
  const intents = scoreIntents(judged);
  const answered = judged.filter(({ action }) => action === 'answer');
  const times = judged.map(({ took }) => took).sort((a, b) => a - b);
  return {
    count: judged.length,
    accuracy: share(judged.filter(isRight).length, judged.length),
    macroF1: share(
      intents.reduce((sum, { f1 }) => sum + f1, 0),
      intents.length,
    ),
    coverage: share(answered.length, judged.length),
    wrongAnswers: share(answered.filter((j) => !isRight(j)).length, judged.length),
    calibrationError: calibrationError(judged),
    latency: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
    several: scoreSeveral(judged),
    distress: scoreDistress(judged),
    intents,
    confusions: listConfusions(judged),
  };
};

const scoreIntents = (judged: readonly Judged[]): IntentScore[] => {
  const names = [...new Set(judged.map(({ expected }) => expected))].sort();
  return names.map((intent) => {
    const wanted = judged.filter(({ expected }) => expected === intent);
    const given = judged.filter(({ predicted }) => predicted === intent);
    const right = wanted.filter(isRight).length;
    const precision = share(right, given.length);
    const recall = share(right, wanted.length);
    const f1 = share(2 * precision * recall, precision + recall);
    return { intent, count: wanted.length, precision, recall, f1 };
  });
};

const scoreSeveral = (judged: readonly Judged[]): Report['several'] => {
  const several = judged.filter(({ expectedAll }) => expectedAll.length > 1);
  const exact = several.filter(({ expectedAll, predictedAll }) => {
    const found = new Set(predictedAll);
    return found.size === expectedAll.length && expectedAll.every((intent) => found.has(intent));
  });
  return {
    count: several.length,
    exact: share(exact.length, several.length),
    first: share(several.filter(isRight).length, several.length),
  };
};

const scoreDistress = (judged: readonly Judged[]): Report['distress'] => {
  const real = judged.filter(({ expectedAll }) => expectedAll.includes('distress'));
  const others = judged.filter(({ expectedAll }) => !expectedAll.includes('distress'));
  const with_ = (list: readonly Judged[], levels: readonly string[]) =>
    share(list.filter(({ distress }) => levels.includes(distress)).length, list.length);
  return {
    count: real.length,
    recall: with_(real, ['yes', 'maybe']),
    falseAlarms: with_(others, ['yes']),
    falseQuestions: with_(others, ['maybe']),
  };
};

/** Mean distance between how sure the recogniser is and how often it is right. */
export const calibrationError = (judged: readonly Judged[], bins = 10): number => {
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const members = judged.filter(
      ({ score }) => Math.min(bins - 1, Math.floor(score * bins)) === bin,
    );
    const sure = members.reduce((sum, { score }) => sum + score, 0);
    error += Math.abs(sure - members.filter(isRight).length);
  }
  return share(error, judged.length);
};

const listConfusions = (judged: readonly Judged[]): Confusion[] => {
  const groups = new Map<string, Judged[]>();
  for (const wrong of judged.filter((j) => !isRight(j))) {
    const key = `${wrong.expected} ${wrong.predicted}`;
    groups.set(key, [...(groups.get(key) ?? []), wrong]);
  }
  return [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .map((group) => ({
      expected: group[0]?.expected ?? '',
      predicted: group[0]?.predicted ?? '',
      count: group.length,
      examples: group.map(({ text }) => text),
    }));
};

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
