/** A message that was not understood, masked: nothing in it, or beside it, says who wrote it. */
export interface UnreadMessage {
  readonly text: string;
  /** BCP 47, as far as it could be told. */
  readonly language: string;
}

/** What those who teach the recogniser may see. */
export interface KeptMessage extends UnreadMessage {
  /** ISO day, UTC. No hour: two messages of one person cannot be put side by side. */
  readonly day: string;
}

/** Where messages that were not understood go, within the turn. Implemented in `src/storage`. */
export interface UnreadMessages {
  /**
   * Keeps it for 30 days, with the day only; when there are too many, the oldest go. Nothing is
   * kept of a person who had everything erased.
   */
  keep(message: UnreadMessage): Promise<void>;
}

/** The kept messages, for those who teach the recogniser. Implemented in `src/storage`. */
export interface UnreadDesk {
  /** All, in no order that says which came after which. */
  list(): Promise<readonly KeptMessage[]>;
}
