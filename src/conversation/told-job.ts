import type { Intent } from '#shared/intents.ts';
import type { Recognition, ScoredIntent } from '#shared/recognition.ts';

/** What asks where a job leads. */
const LEADS: Intent = 'career_reconversion';
/** From this score on, the guess that it is asked is taken, where a job is told. */
const LIKELY = 0.3;
/** Told beside something sure: enough to be answered after it. */
const BESIDE = 0.5;

/**
 * Reads a message that tells the writer's job ("j'étais coiffeuse, mais nulle en ordi") as asking
 * where that job leads, when this was a likely guess: alone where it is the likeliest, and after a
 * doubt that is sure, or likelier than it. "Mon ancien métier", and nothing else, asks it; so does
 * another job right after a first, which it mends.
 */
export const readWithJob = (recognition: Recognition, topic: Intent | undefined): Recognition => {
  if (recognition.distress !== 'no') return recognition;
  const { action } = recognition;
  const another = topic === LEADS && action !== 'answer' && tells(recognition, 'occupation');
  // `former_job` is only read where nothing else is said.
  return another || tells(recognition, 'former_job')
    ? asking(recognition, [{ intent: LEADS, score: 1 }])
    : withGuess(recognition);
};

function withGuess(recognition: Recognition): Recognition {
  const { action, intents, top3 } = recognition;
  const [first] = top3;
  const guess = top3.find(({ intent, score }) => intent === LEADS && score >= LIKELY);
  if (guess === undefined) return recognition;
  const told = tells(recognition, 'occupation');
  if (action !== 'answer' && first === guess) {
    return told || tells(recognition, 'trade') ? asking(recognition, [guess]) : recognition;
  }
  const others = action === 'answer' ? intents : [first].filter(isLikely);
  const besides = others.filter(({ intent }) => intent !== LEADS);
  if (!told || !besides.some(isDoubt)) return recognition;
  return asking(recognition, [...besides, { intent: LEADS, score: Math.max(guess.score, BESIDE) }]);
}

const tells = ({ entities }: Recognition, kind: string): boolean =>
  entities.some((entity) => entity.kind === kind);

const asking = (recognition: Recognition, intents: readonly ScoredIntent[]): Recognition => ({
  ...recognition,
  action: 'answer',
  intents,
});

const isLikely = (first: ScoredIntent | undefined): first is ScoredIntent =>
  first !== undefined && first.score >= BESIDE;

const isDoubt = ({ intent }: ScoredIntent): boolean => intent.startsWith('barrier_');
