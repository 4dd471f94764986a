/** A message that was not understood, as it was kept. */
export interface UnreadText {
  /** Masked: names, numbers, places and addresses in square brackets, other digits as `#`. */
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
}

/** What every command is given. */
export interface CommandContext {
  /** What follows the command's name. */
  readonly arguments: readonly string[];
  readonly json: boolean;
  readonly ifStale: boolean;
  readonly locale: string;
  /** The language that was asked for, when one was. */
  readonly onlyLocale: string | undefined;
  readonly folds: number;
  readonly localesDir: string;
  readonly cacheDir: string;
  /** Whether Azure CLU decides on the intents. */
  readonly clu: boolean;
  readonly out: string | undefined;
  /** The name of the CLU project. */
  readonly name: string | undefined;
  /** Reads the messages that were not understood; absent where no database is at hand. */
  readonly unread: (() => Promise<readonly UnreadText[]>) | undefined;
  /** How many utterances the CLU project has at most. */
  readonly most: string | undefined;
}

/** A share as a percentage with one decimal. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
