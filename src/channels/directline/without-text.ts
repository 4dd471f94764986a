import { AppError } from '#shared/errors.ts';

/** What the log may know of a failure: its kind and place, and no message, which may quote a person. */
export function withoutText(error: unknown): { code: string; error: string; at: string[] } {
  if (!(error instanceof Error)) return { code: 'INTERNAL', error: typeof error, at: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    code: error instanceof AppError ? error.code : 'INTERNAL',
    error: error.name,
    at: frames.slice(0, 6).map((line) => line.trim()),
  };
}
