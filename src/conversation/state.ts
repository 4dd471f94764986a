import { z } from 'zod';
import { INTENT_NAMES, type Intent } from '#shared/intents.ts';
import type { Json } from './json.ts';
import { WAYS_OUT } from './message.ts';
import type { Reply } from './reply.ts';
import type { StoredState } from './turn-store.ts';

/** Goes up when an older state can no longer be read as it is. */
export const STATE_VERSION = 1;

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(json),
    z.record(z.string(), json),
  ]),
);
const data = z.record(z.string(), json.optional());

/** An action as it may come back from any client. */
export const actionSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('answer'), step: z.string().max(100), value: z.string().max(2000) }),
  z.object({
    do: z.literal('intent'),
    intent: z.enum(INTENT_NAMES as [Intent, ...Intent[]]),
    with: z.record(z.string().max(50), z.string().max(500)).optional(),
  }),
  z.object({ do: z.literal('way_out'), way: z.enum(WAYS_OUT) }),
  z.object({ do: z.literal('resume') }),
  z.object({ do: z.literal('open'), url: z.string().max(2000) }),
]);

const frame = z.object({
  dialog: z.string(),
  version: z.number(),
  step: z.string(),
  data,
  /** Times the current question was asked without an answer that could be read. */
  round: z.number(),
  /** Questions already put in this dialog, in order, the current one last. */
  trail: z.array(z.string()),
  /** Where to go on when the dialog called from here is over. */
  resumeAt: z.string().optional(),
});

const state = z.object({
  locale: z.string(),
  stack: z.array(frame),
  /** The question on top waits, but is not brought back until the person asks. */
  paused: z.boolean(),
  /** Messages in a row that were not understood. */
  misses: z.number(),
  /** Who speaks was not said yet: something came first. */
  owesFirstWords: z.boolean().optional(),
  memory: data,
  /** The message that the last turn made guesses about, masked (`keep-unread.ts`). */
  guessed: z.object({ text: z.string(), language: z.string() }).optional(),
  /** The intent last answered: what "et le salaire ?" leans on. */
  topic: z.enum(INTENT_NAMES as [Intent, ...Intent[]]).optional(),
  /** The last turn, to say it again, to number its buttons and never to say the same twice. */
  last: z.array(z.custom<Reply>((value) => typeof value === 'object' && value !== null)),
});

export type Frame = z.infer<typeof frame>;
export type ConversationState = z.infer<typeof state>;

export const freshState = (locale: string): ConversationState => ({
  locale,
  stack: [],
  paused: false,
  misses: 0,
  memory: {},
  last: [],
});

export const storeState = (current: ConversationState): StoredState => ({
  version: STATE_VERSION,
  json: JSON.stringify(current),
});

/**
 * Reads a stored state. `lost` is set when it was written by another version or is damaged:
 * the conversation then starts anew, with what can be saved of it (language and memory).
 */
export function readState(
  stored: StoredState | undefined,
  locale: string,
): { readonly state: ConversationState; readonly known: boolean; readonly lost: boolean } {
  if (stored === undefined) return { state: freshState(locale), known: false, lost: false };
  const parsed = parseJson(stored.json);
  const whole = state.safeParse(parsed);
  if (whole.success && stored.version === STATE_VERSION) {
    return { state: whole.data, known: true, lost: false };
  }
  const rest = z
    .object({ locale: z.string().catch(locale), memory: data.catch({}) })
    .safeParse(parsed);
  return {
    state: { ...freshState(locale), ...(rest.success ? rest.data : {}) },
    known: true,
    lost: true,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
