import type { Clock } from '#shared/clock.ts';
import type { Storage } from '#storage/open-storage.ts';
import type { Problem } from './session-fields.ts';
import type { TeamKey, TeamWords } from './team-words.ts';

/** 0: done. 1: refused, or something is broken. 2: the command itself is not right. */
export type ExitCode = 0 | 1 | 2;

/** What a command works with. */
export interface Desk {
  readonly say: TeamWords;
  readonly clock: Clock;
  /** Whether a program reads the output. */
  readonly json: boolean;
  /** Opens the database for the time of the work. */
  withStorage(work: (storage: Storage) => Promise<ExitCode>): Promise<ExitCode>;
  /** One value on standard output, as JSON. */
  printJson(value: unknown): void;
  /** A text for people on standard output. */
  print(text: string): void;
  /** A text for people on standard error. */
  complain(text: string): void;
}

/** Options as `parseArgs` answers them. */
export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** A command of a group, `sessions list`: its options for `parseArgs`, and its work. */
export interface Command {
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
  /** The text that says what is missing when the command takes a word and has none. */
  readonly takes?: Extract<TeamKey, `usage.${string}`>;
  run(desk: Desk, options: Options, word: string): Promise<ExitCode>;
}

/** The sentence of a problem, with where it is. */
export function problemWords({ key, values, field, line }: Problem, say: TeamWords): string {
  const problem = say(key, values);
  if (line === undefined) {
    return field === undefined ? problem : say('onOption', { option: optionOf(field), problem });
  }
  if (field === undefined) return say('onLineOnly', { line, problem });
  return say('onLine', { line, column: say(`column.${field}`), problem });
}

/** Tells what is wrong, to people and, when asked, to programs. */
export function refuse(desk: Desk, problems: readonly Problem[]): ExitCode {
  for (const problem of problems) desk.complain(problemWords(problem, desk.say));
  if (desk.json) {
    desk.printJson({
      problems: problems.map((problem) => ({
        problem: problem.key.replace('problem.', ''),
        line: problem.line ?? null,
        column: problem.field ?? null,
        message: desk.say(problem.key, problem.values),
      })),
    });
  }
  return 1;
}

export const optionOf = (field: string): string => `--${field.replaceAll('_', '-')}`;
