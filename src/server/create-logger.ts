import { type DestinationStream, pino } from 'pino';
import type { Logger } from '#shared/logger.ts';
import { scrub } from './scrub.ts';

/**
 * The log of the service: one JSON object a line, on standard output unless told otherwise.
 * Every line is scrubbed of secrets and personal data, even where a room forgot to.
 */
export function createLogger(options: {
  readonly level: string;
  readonly destination?: DestinationStream;
}): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => error },
    formatters: { level: (label: string) => ({ level: label }), log: scrub },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}
