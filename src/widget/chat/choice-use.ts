import type { Pending } from './outbox.ts';
import type { Item } from './timeline.ts';
import type { Choice } from './wire.ts';

/** Whether the buttons of a message can still be pressed, and which one was. */
export interface ChoiceUse {
  readonly open: boolean;
  /** Position of the pressed one; -1 for none. */
  readonly chosen: number;
}

interface Said {
  readonly text: string;
  readonly value?: unknown;
}

const sameValue = (one: unknown, other: unknown): boolean =>
  one !== undefined && JSON.stringify(one) === JSON.stringify(other);

/** Which choice a message of the person was: by what it carried, else by its words. */
const chosenBy = (choices: readonly Choice[], said: Said): number => {
  const sayable = choices.map((choice) => (choice.does === 'say' ? choice : undefined));
  const byValue = sayable.findIndex((choice) => choice && sameValue(choice.value, said.value));
  return byValue >= 0 ? byValue : sayable.findIndex((choice) => choice?.text === said.text);
};

/**
 * By key of the message. Buttons are open until the person says something, by them or otherwise,
 * until a later message offers others, or until the conversation is cut (`over`, a divider).
 */
export const choiceUses = (
  items: readonly Item[],
  pending: readonly Pending[],
  over: boolean,
): ReadonlyMap<string, ChoiceUse> => {
  const uses = new Map<string, ChoiceUse>();
  let next: Said | undefined = pending[0];
  let open = !over && pending.length === 0;
  for (const item of [...items].reverse()) {
    if (item.kind === 'divider') {
      open = false;
      next = undefined;
    } else if (item.message.own) {
      open = false;
      next = item.message;
    } else if (item.message.choices.length > 0) {
      uses.set(item.key, { open, chosen: next ? chosenBy(item.message.choices, next) : -1 });
      open = false;
      next = undefined;
    }
  }
  return uses;
};
