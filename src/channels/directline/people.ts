import { randomBytes } from 'node:crypto';
import { isLocale } from '#channels/render/where-they-are.ts';
import { isRefusal, type Refusal, refuse } from './answer.ts';

/** Who a client says its user is, and which pages may use its token. */
export interface AskedFor {
  readonly userId: string | undefined;
  readonly userName: string | undefined;
  readonly locale: string | undefined;
  readonly trustedOrigins: readonly string[];
}

/** The person behind a conversation. */
export interface Person {
  /** The id under which the assistant knows the person: nobody may choose that of another. */
  readonly userId: string;
  /** The id under which the client knows its user, when a token has to hold it. */
  readonly embedded: string | undefined;
}

/** Ids of people whom no site vouches for live apart, under this prefix. */
const UNVOUCHED = 'dl_a_';
const LONGEST = 100;
/** An id that a page chooses stands for a person only when nobody can guess it. */
const UNGUESSABLE = /^dl_[A-Za-z0-9_-]{16,97}$/;

/**
 * Reads the body of tokens/generate and of a start, whose names come in capitals too
 * (`{"User":{"Id":…}}` in Microsoft's own samples). Values of a wrong type count as absent.
 */
export function readAskedFor(body: unknown): AskedFor | Refusal {
  const fields = lowerCased(body);
  const user = lowerCased(fields.user);
  const origins = fields.trustedorigins ?? [];
  if (!Array.isArray(origins) || origins.length > 20 || !origins.every(isOrigin)) {
    return refuse('BadArgument', 'trustedOrigins must be a list of up to 20 origins.');
  }
  return {
    userId: shortText(user.id),
    userName: shortText(user.name),
    locale: isLocale(fields.locale) ? fields.locale : undefined,
    trustedOrigins: origins.map((it) => new URL(it).origin),
  };
}

/** A page asked, without a secret: an id that could be somebody else's is not taken up. */
export function unvouchedPerson(asked: string | undefined): Person {
  const embedded = asked !== undefined && UNGUESSABLE.test(asked) ? asked : anyId();
  const userId = embedded.startsWith(UNVOUCHED) ? embedded : UNVOUCHED + embedded.slice(3);
  return { userId, embedded };
}

/**
 * The holder of the secret asked, for a token that holds the user: it vouches for the id, which
 * by Direct Line's rule begins with `dl_`. Without an id the client's own is shown and not trusted.
 */
export function vouchedPerson(asked: string | undefined): Person | Refusal {
  if (asked === undefined) return { userId: anyId(), embedded: undefined };
  if (asked.startsWith('dl_') && !asked.startsWith(UNVOUCHED)) {
    return { userId: asked, embedded: asked };
  }
  return refuse('BadArgument', `A user id must begin with dl_, and not with ${UNVOUCHED}`);
}

/** The holder of the secret starts a conversation itself: any id, told apart from all others. */
export function secretPerson(asked: string | undefined): Person {
  if (asked === undefined) return { userId: anyId(), embedded: undefined };
  const person = vouchedPerson(asked);
  return isRefusal(person) ? { userId: `dl_s_${asked}`, embedded: undefined } : person;
}

function anyId(): string {
  return UNVOUCHED + randomBytes(16).toString('base64url');
}

function lowerCased(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name.toLowerCase(), it]));
}

/** Neither empty nor endless, and without the control characters that some databases refuse. */
function shortText(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST) return undefined;
  return /\p{Cc}|\p{Cs}/u.test(value) ? undefined : value;
}

function isOrigin(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value);
}
