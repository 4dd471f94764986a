import type { AskStep, Awaitable, Dialog, FormPort, Next, Step, TellStep } from './dialog.ts';
import { to } from './dialog.ts';
import type { Heard } from './heard.ts';
import type { Data } from './json.ts';
import type { Choice, Reply } from './reply.ts';
import type { Text, TextKey } from './text-key.ts';
import type { Turn, World } from './turn.ts';

/** One thing that a form needs to know. Its value is a short string. */
export interface Slot<W extends World = World>
  extends Pick<AskStep<W>, 'question' | 'brief' | 'why' | 'skip' | 'free' | 'read' | 'accepts'> {
  readonly name: string;
  /** What it is called in the recap and on the button that changes it. */
  readonly label: TextKey;
  /** Finds the value in a message that answers something else; absent: it is always asked. */
  readonly harvest?: (heard: Heard, turn: Turn<W>, data: Data) => Awaitable<string | undefined>;
  /** A value that stands for "nothing to say": a message that says more replaces it. */
  readonly blank?: string;
  /** How the value reads in the recap. */
  readonly show: (value: string, turn: Turn<W>, data: Data) => Awaitable<Text>;
}

export interface FormSpec<W extends World = World> {
  readonly id: string;
  readonly version: number;
  readonly purpose: string;
  readonly slots: readonly Slot<W>[];
  /** Steps that run before the first question; the first of them begins the dialog. */
  readonly before?: Readonly<Record<string, Step<W>>>;
  /** The slot to ask now, or undefined when nothing is missing. Default: in order. */
  readonly missing?: (turn: Turn<W>, data: Data) => Awaitable<string | undefined>;
  readonly recap: {
    /** The summary, as one message without buttons. */
    readonly summary: (turn: Turn<W>, data: Data, round: number) => Awaitable<Reply>;
    readonly confirm: TextKey;
    readonly why: TextKey;
    /** Said when the person would rather not go on now. */
    readonly later: TextKey;
    /** What "no" means here: something is to be changed, or the person does not want it. */
    readonly no?: 'modify' | 'later';
  };
  /** Steps after the recap; `done` is the first. */
  readonly after: Readonly<Record<string, Step<W>>> & { readonly done: Step<W> };
}

/**
 * A dialog that fills slots: takes every answer that one message holds, asks only what is missing,
 * lets anything be corrected at any time, sums up, and goes on to `done` once confirmed.
 */
export function formDialog<W extends World>(spec: FormSpec<W>): Dialog<W> {
  const next = async (turn: Turn<W>, data: Data): Promise<Next> =>
    to((await missing(spec, turn, data)) ?? 'recap');
  const names = spec.slots.map((slot) => slot.name);
  const leads = [...names, 'recap', 'modify'];
  const fill: TellStep<W> = {
    kind: 'tell',
    leads,
    run: async (turn, data) => {
      await harvest(spec, turn, data, 'empty');
      return next(turn, data);
    },
  };
  return {
    id: spec.id,
    version: spec.version,
    purpose: spec.purpose,
    start: 'begin',
    steps: {
      begin: beginStep(spec),
      ...spec.before,
      fill,
      ...Object.fromEntries(spec.slots.map((slot) => [slot.name, slotStep(spec, slot, leads)])),
      recap: recapStep(spec, names),
      modify: modifyStep(spec, names),
      ...spec.after,
    },
    form: formPort(spec, next),
  };
}

/** What the message that opens the form states is kept, whatever comes before its first question. */
function beginStep<W extends World>(spec: FormSpec<W>): TellStep<W> {
  const first = Object.keys(spec.before ?? {})[0] ?? 'fill';
  return {
    kind: 'tell',
    leads: [first],
    run: async (turn, data) => {
      await harvest(spec, turn, data, 'empty');
      return to(first);
    },
  };
}

function formPort<W extends World>(spec: FormSpec<W>, next: FormPort<W>['next']): FormPort<W> {
  return {
    next,
    harvest: (turn, data, mode) => harvest(spec, turn, data, mode),
    noted: async (turn, data, changed) => {
      for (const slot of spec.slots.filter(({ name }) => changed.includes(name)).slice(0, 2)) {
        const value = await slot.show(String(data[slot.name]), turn, data);
        turn.tell('common:noted', { label: { key: slot.label }, value });
      }
    },
  };
}

async function missing<W extends World>(
  spec: FormSpec<W>,
  turn: Turn<W>,
  data: Data,
): Promise<string | undefined> {
  if (spec.missing !== undefined) return spec.missing(turn, data);
  return spec.slots.find((slot) => data[slot.name] === undefined)?.name;
}

/** Puts into `data` what the message states. Answers the names of the slots that changed. */
async function harvest<W extends World>(
  spec: FormSpec<W>,
  turn: Turn<W>,
  data: Data,
  mode: 'empty' | 'correct',
  except?: string,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const slot of spec.slots) {
    if (slot.name === except || (mode === 'empty' && isFilled(slot, data))) continue;
    const value = await slot.harvest?.(turn.heard, turn, data);
    if (value === undefined || value === data[slot.name]) continue;
    if (!(await slot.accepts(value, turn, data))) continue;
    data[slot.name] = value;
    changed.push(slot.name);
  }
  return changed;
}

const isFilled = <W extends World>({ name, blank }: Slot<W>, data: Data): boolean =>
  data[name] !== undefined && data[name] !== blank;

function slotStep<W extends World>(
  spec: FormSpec<W>,
  slot: Slot<W>,
  leads: readonly string[],
): AskStep<W> {
  return {
    kind: 'ask',
    leads,
    question: slot.question,
    why: slot.why,
    ...(slot.brief === undefined ? {} : { brief: slot.brief }),
    ...(slot.skip === undefined ? {} : { skip: slot.skip }),
    ...(slot.free === undefined ? {} : { free: slot.free }),
    read: slot.read,
    accepts: slot.accepts,
    take: async (turn, data, value) => {
      data[slot.name] = value;
      await harvest(spec, turn, data, 'empty', slot.name);
      return to((await missing(spec, turn, data)) ?? 'recap');
    },
  };
}

const CONFIRM = 'confirm';
const MODIFY = 'modify';
const LATER = 'later';

function recapStep<W extends World>(spec: FormSpec<W>, names: readonly string[]): AskStep<W> {
  const choices: readonly Choice[] = [
    choice(spec.recap.confirm, `${spec.id}.recap`, CONFIRM),
    choice('common:choice.modify', `${spec.id}.recap`, MODIFY),
  ];
  return {
    kind: 'ask',
    leads: [...names, 'done', 'modify', 'end'],
    why: spec.recap.why,
    question: async (turn, data, round) => ({
      ...(await spec.recap.summary(turn, data, round)),
      choices,
    }),
    read: (heard) => readRecap(heard, spec.recap.no ?? MODIFY),
    accepts: (value) => [CONFIRM, MODIFY, LATER].includes(value),
    take: (turn, _data, value) => {
      if (value === CONFIRM) return to('done');
      if (value === MODIFY) return to('modify');
      turn.tell(spec.recap.later);
      return 'end';
    },
  };
}

function readRecap(heard: Heard, no: string): string | undefined {
  if (heard.stated('not_now')) return LATER;
  if (heard.stated('meta')?.value === 'modify') return MODIFY;
  const yesNo = heard.stated('yes_no')?.value;
  if (yesNo === 'yes' || (yesNo === undefined && heard.means('affirm'))) return CONFIRM;
  return yesNo === 'no' || heard.means('deny') ? no : undefined;
}

function modifyStep<W extends World>(spec: FormSpec<W>, names: readonly string[]): AskStep<W> {
  return {
    kind: 'ask',
    leads: [...names, 'recap'],
    why: spec.recap.why,
    question: (_turn, _data, round) => ({
      key: round === 0 ? 'common:whatToModify' : 'common:whatToModifyAgain',
      choices: [
        ...spec.slots.map((slot) => choice(slot.label, `${spec.id}.modify`, slot.name)),
        choice('common:choice.nothing', `${spec.id}.modify`, 'recap'),
      ],
    }),
    read: async (heard, turn, data) => {
      if (heard.stated('yes_no')?.value === 'no') return 'recap';
      return (await harvest(spec, turn, data, 'correct')).length > 0 ? 'recap' : undefined;
    },
    accepts: (value) => value === 'recap' || names.includes(value),
    take: async (turn, data, value) =>
      to(value === 'recap' ? ((await missing(spec, turn, data)) ?? 'recap') : value),
  };
}

/** A button that answers a step's question. */
export const choice = (title: TextKey, step: string, value: string): Choice => ({
  title: { key: title },
  action: { do: 'answer', step, value },
});
