import type { Heard } from './heard.ts';
import type { Action } from './message.ts';
import type { Choice, Reply } from './reply.ts';
import type { Text } from './text-key.ts';

/**
 * The button of the last turn that a typed message stands for: its words, or its number
 * ("2", "la deuxième", "le 3"). Only buttons that do something here; not addresses to open.
 */
export function choose(
  heard: Heard,
  lastSaid: readonly Reply[],
  sayTitle: (title: Text) => string,
): Action | undefined {
  const usable = lastOffered(lastSaid);
  if (usable.length === 0) return undefined;
  const typed = fold(heard.text);
  const byTitle = usable.find((choice) => fold(sayTitle(choice.title)) === typed);
  return (byTitle ?? byNumber(heard, usable))?.action;
}

/** What a bare "yes" stands for: what was asked, or the only thing that was offered. */
export function agreed(lastSaid: readonly Reply[]): Action | undefined {
  const asked = lastSaid.findLast((reply) => reply.yes !== undefined)?.yes;
  const offered = lastOffered(lastSaid);
  return asked ?? (offered.length === 1 ? offered[0]?.action : undefined);
}

/** The last message that has buttons is the one that channels show them under. */
const lastOffered = (lastSaid: readonly Reply[]): readonly Choice[] =>
  (lastSaid.findLast((reply) => reply.choices !== undefined)?.choices ?? []).filter(
    (choice) => choice.action.do !== 'open',
  );

/** A number means a button only when the message says nothing else. */
function byNumber(heard: Heard, choices: readonly Choice[]): Choice | undefined {
  const { entities } = heard.recognition;
  const place =
    entities.find((entity) => entity.kind === 'ordinal') ??
    entities.find((entity) => entity.kind === 'number');
  if (place === undefined || !saysLittleElse(heard.text, place.text)) return undefined;
  const position = Number(place.value);
  return position < 0 ? choices.at(position) : choices[position - 1];
}

/** "la 2", "2 svp", "la deuxième": next to nothing around it; "bac+2" and "2 enfants" say more. */
const MOST_LETTERS_AROUND = 5;

function saysLittleElse(text: string, number: string): boolean {
  const around = text.replace(number, ' ');
  if (/[+\-/]/.test(around)) return false;
  return around.replace(/[^\p{L}]/gu, '').length <= MOST_LETTERS_AROUND;
}

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
