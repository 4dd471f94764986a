import type { Recognition, ScoredIntent } from '#shared/recognition.ts';

/** What asks where a job leads. */
const LEADS = 'career_reconversion';
/** From this score on, the guess that it is asked is taken, where a job is told. */
const LIKELY = 0.3;
/** Told beside something sure: enough to be answered after it. */
const BESIDE = 0.5;

/**
 * Reads a message that tells the writer's job ("j'étais coiffeuse, mais nulle en ordi") as asking
 * where that job leads, when this was a likely guess: alone where it is the likeliest, and after a
 * doubt that is sure, or likelier than it. "Mon ancien métier", and nothing else, asks it.
 */
export const readWithJob = (recognition: Recognition): Recognition => {
  const { action, distress, entities, intents, top3 } = recognition;
  if (distress !== 'no') return recognition;
  const tells = (kind: string): boolean => entities.some((entity) => entity.kind === kind);
  // Only read where nothing else is said.
  if (tells('former_job')) {
    return { ...recognition, action: 'answer', intents: [{ intent: LEADS, score: 1 }] };
  }
  const guess = top3.find(({ intent }) => intent === LEADS);
  if (guess === undefined || guess.score < LIKELY) return recognition;
  const others = intents.filter(({ intent }) => intent !== LEADS);
  const [first] = top3;
  if (action !== 'answer' && first?.intent === LEADS) {
    const named = tells('occupation') || tells('trade');
    return named ? { ...recognition, action: 'answer', intents: [guess] } : recognition;
  }
  const doubts = action === 'answer' ? others : [first].filter(isLikelyDoubt);
  if (!tells('occupation') || !doubts.some(isDoubt)) return recognition;
  return { ...recognition, action: 'answer', intents: [...doubts, atLeast(guess, BESIDE)] };
};

const isLikelyDoubt = (first: ScoredIntent | undefined): first is ScoredIntent =>
  first !== undefined && isDoubt(first) && first.score >= BESIDE;

const isDoubt = ({ intent }: ScoredIntent): boolean => intent.startsWith('barrier_');

const atLeast = ({ intent, score }: ScoredIntent, least: number): ScoredIntent => ({
  intent,
  score: Math.max(score, least),
});
