import type { Intent } from '#shared/intents.ts';
import type { Recognition } from '#shared/recognition.ts';

/** From this score on, a guess is what was meant when it carries on with the subject. */
const ENOUGH = 0.15;

/** Intents that are asked about one after the other: careers, the programme, bookings, data, doubts. */
const FAMILIES = ['career_', 'programme_', 'booking_', 'privacy_', 'barrier_'] as const;

const familyOf = (intent: Intent): string | undefined =>
  FAMILIES.find((family) => intent.startsWith(family));

/** Whether an intent is a subject, that a next message may lean on. */
export const isTopic = (intent: Intent): boolean => familyOf(intent) !== undefined;

/** Whether the message names a job, or jobs and what they should be like: it is about careers. */
const namesCareers = ({ entities }: Recognition): boolean => {
  const kinds = new Set(entities.map(({ kind }) => kind));
  return kinds.has('career') || (kinds.has('career_wish') && kinds.has('career_scope'));
};

/**
 * Reads a message that is about a subject with that subject, where nothing else is sure: it leans
 * on what was answered last ("et le salaire ?"), or it names a job. The likeliest guess that
 * carries on with the subject is taken.
 */
export const readWithTopic = (recognition: Recognition, topic: Intent | undefined): Recognition => {
  const { leansBack, distress, action, intents, top3 } = recognition;
  const leansOn = leansBack && topic ? familyOf(topic) : undefined;
  const family = leansOn ?? (namesCareers(recognition) ? 'career_' : undefined);
  if (family === undefined || distress !== 'no' || action === 'answer') return recognition;
  const meant = top3.find(({ intent, score }) => familyOf(intent) === family && score >= ENOUGH);
  if (meant === undefined) return recognition;
  const others = top3.filter(({ intent }) => intent !== meant.intent);
  const also = intents.filter(
    ({ intent }) => intent !== meant.intent && intent !== top3[0]?.intent,
  );
  return { ...recognition, action: 'answer', intents: [meant, ...also], top3: [meant, ...others] };
};
