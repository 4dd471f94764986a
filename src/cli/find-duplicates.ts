import type { NewSession } from '#programme/session-admin.ts';
import { plain } from './read-field.ts';
import type { Problem } from './session-fields.ts';

/** Two sessions of one title that begin together are one written twice. */
const identity = ({ title, startsAt }: Pick<NewSession, 'title' | 'startsAt'>): string =>
  `${startsAt.getTime()} ${plain(title)}`;

/** Sessions that are twice in the list, or already there. */
export function findDuplicates(
  listed: readonly { readonly session: NewSession; readonly line?: number }[],
  existing: readonly (Pick<NewSession, 'title' | 'startsAt'> & { readonly id: string })[],
): readonly Problem[] {
  const there = new Map(existing.map((session) => [identity(session), session.id]));
  const lines = new Map<string, number | undefined>();
  const problems: Problem[] = [];
  for (const { session, line } of listed) {
    const key = identity(session);
    const first = lines.get(key);
    const id = there.get(key);
    if (first !== undefined) problems.push({ key: 'problem.twiceInFile', values: { first }, line });
    if (id !== undefined) problems.push({ key: 'problem.already', values: { id }, line });
    lines.set(key, first ?? line);
  }
  return problems;
}
