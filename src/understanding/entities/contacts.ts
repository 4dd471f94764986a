import type { Entity } from '#shared/recognition.ts';

const EMAIL = /[\p{L}\p{N}._%+-]{1,64} ?@ ?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu;
/** A letter O may stand for the first zero. */
const PHONE =
  /(?<![\p{L}\p{N}])(?:\+|00|[oO](?=[\s.-]?[1-9]))?\d(?:[\s.,\-/()]{0,2}\d){5,14}(?![\p{L}\p{N}])/gu;

/** How overseas numbers written the national way begin, and their country code. */
const OVERSEAS: readonly (readonly [RegExp, string])[] = [
  [/^0(?:590|690|691)/, '590'],
  [/^0(?:594|694)/, '594'],
  [/^0(?:596|696|697)/, '596'],
  [/^0(?:262|263|269|639|692|693)/, '262'],
];

/** E-mail addresses, lower case; phones like to put a space beside the sign. */
export const readEmails = (text: string): Entity[] =>
  [...text.matchAll(EMAIL)].map((match) => ({
    kind: 'email',
    value: match[0]
      .toLowerCase()
      .replace(/[.-]+$/, '')
      .replaceAll(' ', ''),
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));

/** Phone numbers in E.164; other runs of digits are left alone. */
export const readPhones = (text: string): Entity[] => {
  const phones: Entity[] = [];
  for (const match of text.matchAll(PHONE)) {
    const value = toE164(match[0].replace(/^o/i, '0').replace(/[^\d+]/g, ''));
    if (value === undefined) continue;
    const end = match.index + match[0].length;
    phones.push({ kind: 'phone', value, text: match[0], start: match.index, end });
  }
  return phones;
};

/** The French national plan, overseas included; numbers with a country code as they are. */
const toE164 = (digits: string): string | undefined => {
  const international = digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
  if (international.startsWith('+')) {
    const bare = international.replace(/^\+330(?=\d{9}$)/, '+33');
    return /^\+[1-9]\d{7,14}$/.test(bare) ? bare : undefined;
  }
  if (/^33[1-9]\d{8}$/.test(digits)) return `+${digits}`;
  if (!/^0[1-9]\d{8}$/.test(digits)) return undefined;
  const code = OVERSEAS.find(([beginning]) => beginning.test(digits))?.[1] ?? '33';
  return `+${code}${digits.slice(1)}`;
};
