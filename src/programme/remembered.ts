/** More entries than this are not kept: keys hold what people's devices say. */
const MOST = 2_000;

/**
 * Keeps the answers of a pure function. Dates put into words cost more than the rest of a turn,
 * and the same few sessions are told to everybody.
 */
export function remembered<A extends readonly unknown[], R>(
  keyOf: (...args: A) => string,
  work: (...args: A) => R,
): (...args: A) => R {
  const answers = new Map<string, R>();
  return (...args) => {
    const key = keyOf(...args);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = work(...args);
    if (answers.size >= MOST) answers.clear();
    answers.set(key, answer);
    return answer;
  };
}
