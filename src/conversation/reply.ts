import type { Action, OutgoingFile } from './message.ts';
import type { Text } from './text-key.ts';

/** A button: what it says and what it does. */
export interface Choice {
  readonly title: Text;
  readonly action: Action;
}

/** A small card. Whatever it shows is also said in words. */
export interface Card {
  readonly title: Text;
  readonly subtitle?: Text;
  readonly lines: readonly { readonly label: Text; readonly text: Text }[];
  readonly links: readonly { readonly title: Text; readonly url: string }[];
}

/** One message of the assistant before it is put into words. Plain data, kept for "repeat that". */
export interface Reply extends Text {
  readonly choices?: readonly Choice[];
  /** What a bare "yes" does, where the sentence asks for one. */
  readonly yes?: Action;
  /** It was said in other words than its own, because it had just been said. */
  readonly again?: boolean;
  readonly card?: Card;
  readonly file?: OutgoingFile;
}

/** Buttons that do what an intent does. */
export const intentChoice = (
  title: Text['key'],
  intent: Extract<Action, { do: 'intent' }>['intent'],
  extra?: Readonly<Record<string, string>>,
): Choice => ({
  title: { key: title },
  action: extra === undefined ? { do: 'intent', intent } : { do: 'intent', intent, with: extra },
});
