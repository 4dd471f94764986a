/** Someone asked to be called or written to by a person of the team. */
export interface CallbackRequest {
  readonly id: string;
  readonly personId: string;
  readonly firstName: string | undefined;
  /** A telephone number or an e-mail address, as the person gave it. */
  readonly contact: string;
  /** When the person would like it, in their words. */
  readonly when: string | undefined;
  /** What the person agreed to pass on. */
  readonly topic: string | undefined;
  readonly channel: string;
  readonly status: 'open' | 'done';
  readonly createdAt: Date;
}

/** Call-back requests as dialogs see them, inside the turn's transaction. */
export interface Callbacks {
  request(
    details: Pick<
      CallbackRequest,
      'personId' | 'firstName' | 'contact' | 'when' | 'topic' | 'channel'
    >,
  ): Promise<CallbackRequest>;
  open(personId: string): Promise<CallbackRequest | undefined>;
}

/** What the team does with call-back requests. Implemented in `src/storage`; each call is its own transaction. */
export interface CallbackDesk {
  /** Oldest first. */
  list(filter?: {
    readonly status?: CallbackRequest['status'];
  }): Promise<readonly CallbackRequest[]>;
  /** Someone has got in touch. */
  done(id: string): Promise<'done' | 'already' | 'unknown'>;
}
