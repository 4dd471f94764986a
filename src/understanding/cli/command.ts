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
  /** Whether Azure CLU decides on the intents. */
  readonly clu: boolean;
  readonly out: string | undefined;
  /** The name of the CLU project. */
  readonly name: string | undefined;
  /** How many utterances the CLU project has at most. */
  readonly most: string | undefined;
}

/** A share as a percentage with one decimal. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
