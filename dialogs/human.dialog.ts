import type { Next } from '#conversation/dialog.ts';
import { to } from '#conversation/dialog.ts';
import { choice, type FormSpec, formDialog, type Slot } from '#conversation/form.ts';
import type { Heard } from '#conversation/heard.ts';
import type { Data } from '#conversation/json.ts';
import type { Text } from '#conversation/text-key.ts';
import type { DeclicTurn, DeclicWorld } from './world.ts';

const SKIPPED = '-';
const LONGEST = 120;
const LOOKS_LIKE_CONTACT = /^(\+?[\d ().-]{6,25}|[^\s@]{1,64}@[^\s@]{1,190})$/;

const literal = (text: string): Text => ({ key: 'human:value', values: { text } });

const contact: Slot<DeclicWorld> = {
  name: 'contact',
  label: 'human:contact.label',
  why: 'human:contact.why',
  question: (_turn, _data, round) => ({
    key: (['human:contact.ask', 'human:contact.again'] as const)[round] ?? 'human:contact.last',
  }),
  // As the person wrote it: a number that we rewrote could ring elsewhere.
  read: (heard) => (heard.stated('phone') ?? heard.stated('email'))?.text.trim(),
  harvest: (heard) => (heard.stated('phone') ?? heard.stated('email'))?.text.trim(),
  accepts: (value) => LOOKS_LIKE_CONTACT.test(value),
  show: (value) => literal(value),
};

const firstName: Slot<DeclicWorld> = {
  name: 'firstName',
  label: 'human:firstName.label',
  why: 'human:firstName.why',
  skip: SKIPPED,
  free: true,
  question: (_turn, _data, round) => ({
    key:
      (['human:firstName.ask', 'human:firstName.again'] as const)[round] ?? 'human:firstName.last',
    choices: [choice('human:choice.skip', 'human.firstName', SKIPPED)],
  }),
  read: (heard) => {
    const stated = heard.stated('first_name')?.value;
    if (stated !== undefined) return stated;
    if (isBareAnswer(heard)) return refuses(heard) ? SKIPPED : undefined;
    // A name alone is a word or two; a sentence is something else.
    return heard.text.split(/\s+/).length <= 3 && !/[\d?]/.test(heard.text)
      ? heard.text
      : undefined;
  },
  harvest: (heard) => heard.stated('first_name')?.value,
  accepts: (value) => value.length <= LONGEST,
  show: (value) => (value === SKIPPED ? { key: 'human:firstName.skipped' } : literal(value)),
};

const when: Slot<DeclicWorld> = {
  name: 'when',
  label: 'human:when.label',
  why: 'human:when.why',
  skip: SKIPPED,
  free: true,
  question: (_turn, _data, round) => ({
    key: (['human:when.ask', 'human:when.again'] as const)[round] ?? 'human:when.last',
    choices: [choice('human:choice.skip', 'human.when', SKIPPED)],
  }),
  read: (heard) => {
    if (isBareAnswer(heard)) return refuses(heard) ? SKIPPED : undefined;
    return heard.text.slice(0, LONGEST);
  },
  accepts: (value) => value.length <= LONGEST,
  show: (value) => (value === SKIPPED ? { key: 'human:when.skipped' } : literal(value)),
};

/** A yes, a no, a word about the question: none is a name or a moment. */
const isBareAnswer = (heard: Heard): boolean =>
  ['yes_no', 'not_now', 'meta'].some((kind) => heard.stated(kind) !== undefined) ||
  heard.means('affirm') ||
  heard.means('deny');

const refuses = (heard: Heard): boolean =>
  heard.stated('yes_no')?.value === 'no' ||
  heard.stated('not_now') !== undefined ||
  heard.means('deny');

/** A call-back by a person of the team; what they will see is shown and agreed to first. */
const spec: FormSpec<DeclicWorld> = {
  id: 'human',
  version: 1,
  purpose: 'Records that a person of the team should get in touch, with the consent it needs',
  slots: [contact, firstName, when],
  before: { gate: { kind: 'tell', leads: ['fill', 'end'], run: gate } },
  recap: {
    summary: (_turn, data, round) => ({
      key: round === 0 ? 'human:recap.text' : 'human:recap.again',
      values: {
        contact: String(data.contact),
        firstName: shown(data.firstName, 'human:firstName.skipped'),
        when: shown(data.when, 'human:when.skipped'),
      },
    }),
    confirm: 'human:recap.confirm',
    why: 'human:recap.why',
    later: 'human:recap.later',
    no: 'later',
  },
  after: { done: { kind: 'tell', leads: ['end'], run: request } },
};

export const humanDialog = formDialog(spec);

const shown = (
  value: Data[string],
  skipped: 'human:firstName.skipped' | 'human:when.skipped',
): Text => (value === SKIPPED || value === undefined ? { key: skipped } : literal(String(value)));

async function gate(turn: DeclicTurn): Promise<Next> {
  const open = await turn.services.callbacks.open(turn.personId);
  if (open === undefined) return to('fill');
  turn.tell('human:already', { contact: open.contact });
  return 'end';
}

async function request(turn: DeclicTurn, data: Data): Promise<Next> {
  const given = (value: Data[string]): string | undefined =>
    value === SKIPPED || value === undefined ? undefined : String(value);
  await turn.services.callbacks.request({
    personId: turn.personId,
    contact: String(data.contact),
    firstName: given(data.firstName),
    when: given(data.when),
    // Nothing the person wrote is passed on beyond the lines they have seen.
    topic: undefined,
    channel: turn.incoming.channel,
  });
  turn.tell('human:done');
  return 'end';
}
