/**
 * U+0000 cannot be kept in a PostgreSQL text: it is replaced by U+FFFD, in both databases alike,
 * so that a message holding one neither breaks a turn nor reads differently elsewhere.
 */
export const withoutNul = <T>(value: T | string): T | string =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
