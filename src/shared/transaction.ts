/**
 * A handle on an open database transaction. Only `src/storage` knows what is inside;
 * everyone else passes it on, so that what belongs together is written together.
 */
export interface Transaction {
  readonly kind: 'transaction';
}
