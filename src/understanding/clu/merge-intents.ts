import type { Recognition, ScoredIntent } from '#shared/recognition.ts';

/** From which confidence on CLU's likeliest intent is answered, or offered. */
export interface CluDecision {
  readonly answer: number;
  readonly clarify: number;
}

const GUESSES = 3;

/**
 * The recognition once CLU has been asked: it decides on the likeliest intent and on the guesses.
 * All else is the embedded recogniser's: language, entities, distress, which further intents the
 * clauses of the message carry, and in which order they are answered.
 * @param local a recognition without distress
 * @param ranking what CLU thinks, likeliest first; at least one
 */
export const mergeIntents = (
  local: Recognition,
  ranking: readonly ScoredIntent[],
  decision: CluDecision,
): Recognition => {
  const [first] = ranking;
  if (first === undefined) return local;
  if (first.intent === 'distress') return askAboutDistress(local, ranking, decision);
  const best = likeliest(local.intents);
  // Two recognisers that agree are surer than either.
  const agreed = best?.intent === first.intent;
  const chosen = agreed ? { ...first, score: Math.max(first.score, best.score) } : first;
  const action = actionOf(first.score, decision);
  return {
    ...local,
    intents: withChosen(local.intents, best, chosen),
    top3: [chosen, ...ranking.slice(1, GUESSES)],
    action: agreed && local.action === 'answer' ? 'answer' : action,
  };
};

/** CLU never takes distress away; where it alone sees some, the person is asked. */
const askAboutDistress = (
  local: Recognition,
  ranking: readonly ScoredIntent[],
  { clarify }: CluDecision,
): Recognition => {
  const [first, ...others] = ranking;
  if (first === undefined || first.score < clarify) {
    return { ...local, top3: others.slice(0, GUESSES), action: 'unknown' };
  }
  const intents = [first, ...local.intents.filter(({ intent }) => intent !== 'distress')];
  return {
    ...local,
    intents,
    top3: ranking.slice(0, GUESSES),
    action: 'clarify',
    distress: 'maybe',
  };
};

const actionOf = (score: number, { answer, clarify }: CluDecision): Recognition['action'] => {
  if (score >= answer) return 'answer';
  return score >= clarify ? 'clarify' : 'unknown';
};

const likeliest = (intents: readonly ScoredIntent[]): ScoredIntent | undefined =>
  intents.reduce<ScoredIntent | undefined>(
    (best, each) => (best === undefined || each.score > best.score ? each : best),
    undefined,
  );

/** The chosen intent stands where it was found, or where the one that it replaces was. */
const withChosen = (
  intents: readonly ScoredIntent[],
  best: ScoredIntent | undefined,
  chosen: ScoredIntent,
): readonly ScoredIntent[] => {
  if (best === undefined) return [chosen];
  const known = intents.some(({ intent }) => intent === chosen.intent);
  return intents
    .map((each) => ((known ? each.intent === chosen.intent : each === best) ? chosen : each))
    .sort((a, b) => rank(a) - rank(b));
};

/** Doubts are answered before the rest, insults after (see reading/message-intents.ts). */
const rank = ({ intent }: ScoredIntent): number => {
  if (intent.startsWith('barrier_')) return 0;
  return intent === 'abuse' ? 2 : 1;
};
