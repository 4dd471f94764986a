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

/** A share as a percentage with one decimal. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
