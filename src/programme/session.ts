/** A date on which the programme is held. */
export interface Session {
  readonly id: string;
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** IANA zone in which the session is held and announced. */
  readonly timeZone: string;
  /** Seats; at least 1. */
  readonly capacity: number;
  readonly format: 'online' | 'on_site' | 'hybrid';
  /** Where to join, when known: http or https. */
  readonly link: string | undefined;
  /** Where it is, for `on_site` and `hybrid`. */
  readonly place: string | undefined;
  readonly accessibility: {
    readonly captions: boolean;
    readonly signLanguage: boolean;
    readonly replay: boolean;
  };
  /** `closed`: no new booking; `cancelled`: will not be held. */
  readonly status: 'open' | 'closed' | 'cancelled';
  /** Made up for demonstrations: said wherever it is shown. */
  readonly sample: boolean;
  /** Goes up with every change of time or place: the SEQUENCE of calendar files. */
  readonly revision: number;
}

/** A session and how full it is, as of the transaction that asked. */
export interface SessionAvailability extends Session {
  readonly seatsLeft: number;
  /** People on the waiting list. */
  readonly waiting: number;
}

/** Whether nobody more can be seated. */
export const isFull = (session: SessionAvailability): boolean => session.seatsLeft <= 0;
