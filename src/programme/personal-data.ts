/** What we hold about a person, and how it goes. */
export interface PersonalData {
  /** Everything kept about the person, in plain fields. */
  summary(personId: string): Promise<{
    readonly since: Date | undefined;
    readonly messages: number;
    readonly bookings: number;
    readonly callbacks: number;
  }>;
  /**
   * Cancels live bookings and deletes or anonymises everything that leads back to the person:
   * states, replies, logs, needs, contacts. Answers whether a seat was given back.
   */
  erase(personId: string): Promise<{ readonly seatReleased: boolean }>;
}
