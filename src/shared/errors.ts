/** Everything that can be broken (not: refused), with the words for whoever reads the log. */
export const ERROR_CODES = {
  CONFIG_INVALID: 'The configuration cannot be used.',
  STORAGE_FAILED: 'The database refused or did not answer.',
  STATE_UNREADABLE: 'A stored conversation state cannot be read.',
  CONTENT_INVALID: 'A content file (locales, rules, phrases) is not as it must be.',
  MODEL_UNREADABLE: 'The trained model cannot be read.',
  DIALOG_BROKEN: 'A dialog went to a step it did not declare, or ran in circles.',
  CHANNEL_FAILED: 'A channel could not be read from or written to.',
  CLU_FAILED: 'Azure language understanding refused, or did not answer.',
  INTERNAL: 'Something that should never happen did.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** What is broken is thrown as this; what may happen in a conversation is a value, never an error. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail: string, options?: ErrorOptions) {
    super(`${ERROR_CODES[code]} ${detail}`, options);
    this.code = code;
  }
}
