/** What every command is given. */
export interface CommandContext {
  /** What follows the command's name. */
  readonly arguments: readonly string[];
  readonly json: boolean;
  readonly ifStale: boolean;
  readonly locale: string;
  readonly folds: number;
  readonly localesDir: string;
  readonly cacheDir: string;
}

/** Data goes to standard output, words for people to standard error when data is wanted. */
export const say = (context: CommandContext, text: string): void => {
  if (context.json) console.error(text);
  else console.log(text);
};

/** A share as a percentage with one decimal. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
