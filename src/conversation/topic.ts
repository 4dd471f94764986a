import type { Intent } from '#shared/intents.ts';
import type { Recognition, ScoredIntent } from '#shared/recognition.ts';

/** From this score on, a guess is what was meant when it carries on with the subject. */
const ENOUGH = 0.15;
/** From this score on, where nothing says that it carries on but the guess itself. */
const LIKELY = 0.3;

/** Intents that are asked about one after the other: careers, the programme, bookings, data, doubts. */
const CAREERS = 'career_';
const FAMILIES = [CAREERS, 'programme_', 'booking_', 'privacy_', 'barrier_'] as const;

const familyOf = (intent: Intent): string | undefined =>
  FAMILIES.find((family) => intent.startsWith(family));

/** Whether an intent is a subject, that a next message may lean on. */
export const isTopic = (intent: Intent): boolean => familyOf(intent) !== undefined;

const holds = ({ entities }: Recognition, kind: string): boolean =>
  entities.some((entity) => entity.kind === kind);

/** Whether the message says what jobs should be like ("des métiers sans diplôme"). */
const wishesForJobs = (recognition: Recognition): boolean =>
  holds(recognition, 'career_wish') && holds(recognition, 'career_scope');

/** Whether it names a job, or says what jobs should be like: it is about careers. */
const namesCareers = (recognition: Recognition): boolean =>
  holds(recognition, 'career') || wishesForJobs(recognition);

/** Whether the message is the name of a job and next to nothing else ("et graphiste ?"). */
const isCareer = ({ entities }: Recognition, text: string): boolean =>
  entities.some(
    ({ kind, start, end }) =>
      kind === 'career' && lettersOf(text) - lettersOf(text.slice(start, end)) <= MOST_AROUND,
  );

/** "Et pour une personne sourde ?", after a job. */
const namesHealth = (recognition: Recognition, topic: Intent | undefined): boolean =>
  topic !== undefined && familyOf(topic) === CAREERS && holds(recognition, 'health');

/** "un ", "et les ". */
const MOST_AROUND = 5;
const lettersOf = (text: string): number => text.replace(/[^\p{L}]/gu, '').length;

/**
 * Reads a message that is about a subject with that subject, where nothing else is sure: it leans
 * on what was answered last ("et le salaire ?"), or it names a job. The likeliest guess that
 * carries on with the subject is taken; the bare name of a job asks what it is, and health that is
 * named after a job, whether the job can be done with it.
 */
export const readWithTopic = (
  recognition: Recognition,
  topic: Intent | undefined,
  text: string,
): Recognition => {
  if (recognition.distress !== 'no') return recognition;
  const named = namedAlone(recognition, topic, text);
  if (named !== undefined) return about(recognition, { intent: named, score: 1 });
  const family = subjectOf(recognition, topic);
  if (family === undefined || sureOf(recognition) !== undefined) return recognition;
  const meant = recognition.top3.find(
    ({ intent, score }) => familyOf(intent) === family && score >= ENOUGH,
  );
  if (meant !== undefined) return about(recognition, meant);
  // However it was read, jobs like that are what is asked for.
  return wishesForJobs(recognition) ? about(recognition, EXPLORE) : recognition;
};

const EXPLORE: ScoredIntent = { intent: 'career_explore', score: 0.5 };

const sureOf = ({ action, intents: [first] }: Recognition): Intent | undefined =>
  action === 'answer' ? first?.intent : undefined;

/** What a message asks that says next to nothing but a name. */
function namedAlone(
  recognition: Recognition,
  topic: Intent | undefined,
  text: string,
): Intent | undefined {
  // A family of careers is only read where nothing else is said.
  if (holds(recognition, 'career_family')) return 'career_explore';
  const sure = sureOf(recognition);
  const asksOfJobs = sure !== undefined && familyOf(sure) === CAREERS;
  if (isCareer(recognition, text) && !asksOfJobs) return 'career_describe';
  const asksOfHealth = sure === undefined && namesHealth(recognition, topic);
  return asksOfHealth ? 'barrier_disability' : undefined;
}

const subjectOf = (recognition: Recognition, topic: Intent | undefined): string | undefined => {
  const leans = recognition.leansBack || carriesOn(recognition, topic);
  const leansOn = leans && topic ? familyOf(topic) : undefined;
  return leansOn ?? (namesCareers(recognition) ? CAREERS : undefined);
};

/** After a career, what is most likely about careers ("ok et ça gagne") is about them. */
const carriesOn = ({ top3: [likeliest] }: Recognition, topic: Intent | undefined): boolean =>
  likeliest !== undefined &&
  likeliest.score >= LIKELY &&
  topic !== undefined &&
  [topic, likeliest.intent].every((intent) => familyOf(intent) === CAREERS);

/** The message means this first, and what it said for sure besides. */
function about(recognition: Recognition, meant: ScoredIntent): Recognition {
  const { intents, top3 } = recognition;
  const others = top3.filter(({ intent }) => intent !== meant.intent);
  const also = intents.filter(
    ({ intent }) => intent !== meant.intent && intent !== top3[0]?.intent,
  );
  return { ...recognition, action: 'answer', intents: [meant, ...also], top3: [meant, ...others] };
}
