import { isTaskCancelledError } from 'cockatiel';

/** Why CLU did not decide on a message, and the embedded recogniser did. */
export const REASONS = [
  'not_sent',
  'minute_budget',
  'month_budget',
  'circuit_open',
  'timeout',
  'unreachable',
  'unauthorised',
  'not_found',
  'too_many_calls',
  'refused',
  'server_error',
  'unreadable',
  'foreign_intents',
] as const;

export type Reason = (typeof REASONS)[number];

/** Those that a person who runs the service must mend: waiting does not. */
const NEEDS_SOMEBODY: ReadonlySet<Reason> = new Set(['unauthorised', 'not_found']);
/** Those that say nothing of the next message: the service is up. */
const OF_THIS_MESSAGE: ReadonlySet<Reason> = new Set([
  'not_sent',
  'minute_budget',
  'month_budget',
  'circuit_open',
  'refused',
  'foreign_intents',
]);

/** An answer that CLU did not give. Holds no text, and no response: those can quote the person. */
export class CluFailure extends Error {
  override readonly name = 'CluFailure';
  readonly reason: Reason;
  readonly status: number | undefined;
  /** How long the service asks to be left alone, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(reason: Reason, told: { status?: number; retryAfter?: number | undefined } = {}) {
    super(told.status === undefined ? reason : `${reason} (HTTP ${told.status})`);
    this.reason = reason;
    this.status = told.status;
    this.retryAfter = told.retryAfter;
  }

  get needsSomebody(): boolean {
    return NEEDS_SOMEBODY.has(this.reason);
  }

  /** Whether the next call would probably fail as well. */
  get isOfTheService(): boolean {
    return !OF_THIS_MESSAGE.has(this.reason);
  }
}

/** What Azure's clients throw, as far as it is looked at. */
interface Thrown {
  readonly name?: string;
  readonly code?: string;
  readonly statusCode?: number;
  readonly response?: { readonly headers: { get(name: string): string | undefined } };
}

/** Translates whatever a call threw. */
export const toCluFailure = (error: unknown, now: Date): CluFailure => {
  if (error instanceof CluFailure) return error;
  const { name = '', code, statusCode, response } = (error ?? {}) as Thrown;
  if (isTaskCancelledError(error) || name === 'AbortError') return new CluFailure('timeout');
  if (name.startsWith('Authentication') || name.startsWith('Credential')) {
    return new CluFailure('unauthorised');
  }
  if (code === 'PARSE_ERROR') return new CluFailure('unreadable');
  if (statusCode === undefined) return new CluFailure('unreachable');
  const retryAfter = retryAfterOf((header) => response?.headers.get(header), now);
  return new CluFailure(reasonOf(statusCode), { status: statusCode, retryAfter });
};

const reasonOf = (status: number): Reason => {
  if (status === 401 || status === 403) return 'unauthorised';
  if (status === 404) return 'not_found';
  if (status === 429) return 'too_many_calls';
  if (status === 408 || status >= 500) return 'server_error';
  return status >= 300 ? 'refused' : 'unreadable';
};

/**
 * What `Retry-After` asks for, in milliseconds: seconds, or a date (RFC 9110, 10.2.3).
 * @param header looks a header up by its name
 */
export const retryAfterOf = (
  header: (name: string) => string | null | undefined,
  now: Date,
): number | undefined => {
  const text = header('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
};
