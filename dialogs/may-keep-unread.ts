import type { DeclicTurn } from './world.ts';

/** Dialogs in which people give what is theirs alone, or ask for it to go. */
const THEIRS_ALONE: ReadonlySet<string> = new Set([
  'human',
  'call_back',
  'my_needs',
  'privacy',
  'safety',
]);

/**
 * Whether a message that was not understood may be kept to learn from: not near danger, even once
 * the person says that it is over; not where something personal is asked; not against their wish.
 */
export function mayKeepUnread(turn: DeclicTurn, underWay: readonly string[]): boolean {
  const { heard, memory } = turn;
  if (memory.keepsNothing || underWay.some((dialog) => THEIRS_ALONE.has(dialog))) return false;
  if (heard.recognition.entities.some(({ kind }) => kind === 'danger')) return false;
  // A danger of another day was forgotten when this message was heard (`quiet.ts`).
  return memory.quiet === undefined;
}
