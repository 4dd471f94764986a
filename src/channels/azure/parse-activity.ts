import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Refusal } from './answer-json.ts';

export type ParseOutcome =
  | { readonly kind: 'parsed'; readonly activity: Activity }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const word = z.string('is required').min(1, 'is required').max(2048, 'is too long');
const party = z.looseObject({ id: word }, 'is required');

/**
 * What must be there before anything looks at an activity (requirements A2001 and following of
 * the Bot Framework activity protocol); everything else is read where it is used, if it can be.
 */
const ACTIVITY = z
  .looseObject({
    type: word,
    channelId: word,
    conversation: party,
    from: party,
    recipient: party.optional(),
    id: word.optional(),
    serviceUrl: z.url({ protocol: /^https?$/, error: 'must be an http address' }).optional(),
    deliveryMode: z.string('must be a text').optional(),
    locale: z.string('must be a text').nullish(),
  })
  .refine((activity) => activity.type !== 'message' || activity.id !== undefined, {
    path: ['id'],
    error: 'is required',
    when: () => true,
  });

/** Takes an object for an activity, or says all that is missing or of a wrong kind. */
export function parseActivity(object: Readonly<Record<string, unknown>>): ParseOutcome {
  const parsed = ACTIVITY.safeParse(object);
  if (parsed.success) return { kind: 'parsed', activity: { ...object } as unknown as Activity };
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  const missing = parsed.error.issues.every(({ message }) => message === 'is required');
  const code = missing ? 'MissingProperty' : 'BadArgument';
  const message = `The activity cannot be read: ${[...new Set(faults)].join(', ')}.`;
  return { kind: 'refused', refusal: { status: 400, code, message } };
}
