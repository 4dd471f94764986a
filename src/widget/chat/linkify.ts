import type { WidgetWords } from '../widget-words.ts';
import { safeLink } from './safe-url.ts';

/** A run of plain text, or of text that leads somewhere. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
}

type PhoneRules = WidgetWords['phones'];

/** No white space, quotes, angle brackets or characters that turn the reading direction around. */
const URL_PATTERN = String.raw`https?://[^\s<>"'«»\u200e\u200f\u202a-\u202e\u2066-\u2069]{1,2000}`;
/** +33…, or a French number in pairs, or a short number written in one or in pairs. */
const PHONE_PATTERN = String.raw`\+\d(?:[ .\u00a0\u202f]?\d){7,14}|0[1-9](?:[ .\u00a0\u202f]?\d\d){4}|\d\d[ \u00a0\u202f]\d\d|\d{2,6}`;
const PATTERN = new RegExp(
  `(${URL_PATTERN})|(${PHONE_PATTERN})(?![\\w/:]|\\s?[€%]|[.,-]\\d)`,
  'giu',
);
/** What a number may not follow. (Older Safari knows no look-behind, so it is asked apart.) */
const GLUED = /[\w.,:/+€-]$/u;

/** Longer texts are shown, but not searched for links. */
const MAX_SEARCHED = 20_000;

/** Cuts what belongs to the sentence, not to the address: "(see https://a.fr)." */
const withoutSentenceEnd = (url: string): string => {
  let end = url.replace(/[.,;:!?…*_~]+$/u, '');
  while (end.endsWith(')') && end.split('(').length < end.split(')').length) {
    end = end.slice(0, -1).replace(/[.,;:!?…*_~]+$/u, '');
  }
  return end;
};

const lastWord = (text: string): string =>
  /([\p{L}]+)[\s:]*$/u.exec(text)?.[1]?.toLowerCase() ?? '';
const nextWord = (text: string): string => /^\s*([\p{L}]+)/u.exec(text)?.[1]?.toLowerCase() ?? '';

/** Whether the text speaks of a number that can only be a phone number. */
const speaksOfPhones = (text: string, rules: PhoneRules): boolean => {
  const numbers = text.match(/\d+(?:[\s]\d\d)?/g) ?? [];
  return numbers.some((found) => {
    const digits = found.replace(/\s/g, '');
    return (
      rules.always.includes(digits) || (digits.length === 3 && rules.afterLead.includes(digits))
    );
  });
};

/**
 * Short numbers look like dates and amounts ("le 15 mars", "112 places"): they become links only
 * when listed, after a word that leads to a number, and two-digit ones only beside a longer one.
 */
const isPhone = (
  found: string,
  before: string,
  after: string,
  text: string,
  rules: PhoneRules,
): boolean => {
  const digits = found.replace(/\D/g, '');
  if (found.startsWith('+') || digits.length === 10) return true;
  if (rules.always.includes(digits)) return true;
  if (!rules.afterLead.includes(digits)) return false;
  if (!rules.leads.includes(lastWord(before)) || rules.notBefore.includes(nextWord(after)))
    return false;
  return digits.length > 2 || speaksOfPhones(text, rules);
};

const linkOf = (match: RegExpMatchArray, text: string, rules: PhoneRules): Piece | undefined => {
  const [, address, phone] = match;
  if (address) {
    const shown = withoutSentenceEnd(address);
    const href = safeLink(shown, shown);
    return href ? { text: shown, href } : undefined;
  }
  if (!phone) return undefined;
  const at = match.index ?? 0;
  const before = text.slice(Math.max(0, at - 30), at);
  if (GLUED.test(before)) return undefined;
  const after = text.slice(at + phone.length, at + phone.length + 30);
  if (!isPhone(phone, before, after, text, rules)) return undefined;
  return { text: phone, href: `tel:${phone.replace(/[^\d+]/g, '')}` };
};

/** Cuts a text into plain pieces and links. The pieces put together are the text, always. */
export const linkify = (text: string, rules: PhoneRules): readonly Piece[] => {
  if (text.length > MAX_SEARCHED) return [{ text }];
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(PATTERN)) {
    const link = linkOf(match, text, rules);
    if (!link) continue;
    const at = match.index;
    if (at > done) pieces.push({ text: text.slice(done, at) });
    pieces.push(link);
    done = at + link.text.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
};
