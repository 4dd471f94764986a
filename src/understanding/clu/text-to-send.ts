import type { Recognition } from '#shared/recognition.ts';

/** The service refuses longer texts (its page on limits). */
export const LONGEST_TEXT = 1000;

/** What leads to a person, and says nothing of what they want. */
const CONTACTS: ReadonlySet<string> = new Set(['email', 'phone']);

/**
 * What CLU is asked about: the message without addresses and telephone numbers, cut at 1,000
 * UTF-16 units. Undefined when it is not to be asked: where there is danger, words of danger
 * decide; and what holds no letter ("12", "👍") has no intent to find.
 */
export const textToSend = (text: string, local: Recognition): string | undefined => {
  if (local.distress !== 'no') return undefined;
  const masked = withoutContacts(text, local);
  if (!/\p{L}/u.test(masked)) return undefined;
  const cut = masked.slice(0, LONGEST_TEXT);
  // A surrogate pair cut in two is not a character.
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
};

const withoutContacts = (text: string, { entities }: Recognition): string => {
  const contacts = entities
    .filter(({ kind }) => CONTACTS.has(kind))
    .sort((a, b) => a.start - b.start);
  let kept = '';
  let from = 0;
  for (const { start, end } of contacts) {
    if (start < from) continue;
    kept += `${text.slice(from, start)}…`;
    from = end;
  }
  return (kept + text.slice(from)).trim();
};
