/** What is hidden, from what tells most of a person to what tells least. */
export const ORDER = ['address', 'number', 'place', 'name'] as const;

/** A stretch of a text to hide, in UTF-16 units, end excluded. */
export interface Hidden {
  readonly what: (typeof ORDER)[number];
  readonly start: number;
  readonly end: number;
}
