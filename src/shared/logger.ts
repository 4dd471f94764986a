/** What the rooms log through. Fields never hold message text or personal data. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** For tests and for tools whose standard output is data. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
