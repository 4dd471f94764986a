import { AppError } from '#shared/errors.ts';

/** What is kept of a database's error: what went wrong and where, never the values at fault. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** SQLSTATE, `SQLITE_…`, or a code of the operating system. */
  readonly code: string;

  constructor(code: string, message: string, frames: string) {
    super(message);
    this.code = code;
    this.stack = `${this.name}: ${message}${frames}`;
  }
}

const field = (error: object, name: string): string | undefined => {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** PostgreSQL puts values in its messages and details: only the names of things are taken. */
function describe(error: Error): string {
  if (field(error, 'severity') === undefined) return error.message;
  const parts = ['routine', 'table', 'column', 'constraint'].flatMap((name) => {
    const value = field(error, name);
    return value === undefined ? [] : [`${name} ${value}`];
  });
  return parts.join(', ') || 'no detail';
}

function framesOf(error: Error): string {
  const stack = error.stack ?? '';
  const first = stack.search(/\n {4}at /);
  return first === -1 ? '' : stack.slice(first);
}

const LOST = /connection terminated|connection error|client was closed|not queryable/i;

function codeOf(error: Error): string {
  return field(error, 'code') ?? (LOST.test(error.message) ? 'CONNECTION_LOST' : error.name);
}

/** Translates whatever a database library threw. An error that is ours already passes unchanged. */
export function storageFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error))
    return new AppError('STORAGE_FAILED', 'An unknown thing was thrown.');
  const code = codeOf(error);
  const message = `${code}: ${describe(error)}`;
  const cause = new DatabaseError(code, message, framesOf(error));
  return new AppError('STORAGE_FAILED', message, { cause });
}

/** The database's code behind an error of ours, to decide whether trying again can help. */
export const databaseCode = (error: unknown): string | undefined =>
  error instanceof AppError && error.cause instanceof DatabaseError ? error.cause.code : undefined;

/** Two transactions stood in each other's way; the database rolled this one back. */
export const isConflict = (error: unknown): boolean =>
  ['40001', '40P01'].includes(databaseCode(error) ?? '');

/** The connection is gone: whether the last thing asked was done is not known. */
export const isConnectionLoss = (error: unknown): boolean =>
  /^(08...|57P0[0-9]|CONNECTION_LOST|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)$/.test(
    databaseCode(error) ?? '',
  );
