import type { Booking, HeldBooking } from '#programme/booking.ts';
import type { Session } from '#programme/session.ts';

/** A session of a Tuesday morning in Paris, with what a test changes. */
export const aSession = (more: Partial<Session> = {}): Session => ({
  id: 'ses_1',
  title: 'Découvrir les métiers du numérique',
  startsAt: new Date('2026-12-08T08:00:00Z'),
  endsAt: new Date('2026-12-08T11:30:00Z'),
  timeZone: 'Europe/Paris',
  capacity: 30,
  format: 'online',
  link: 'https://visio.example/salle/42',
  place: undefined,
  accessibility: { captions: true, signLanguage: false, replay: true },
  status: 'open',
  sample: false,
  revision: 0,
  ...more,
});

/** A seat of somebody who told the team a secret. */
export const aBooking = (more: Partial<Booking> = {}): Booking => ({
  id: 'bkg_1',
  sessionId: 'ses_1',
  personId: 'person_77',
  status: 'booked',
  rank: undefined,
  needs: 'Je suis malentendante, appelez Noémie au 06 12 34 56 78',
  channel: 'directline',
  sequence: 0,
  calendarUid: '7d0c2f8e-1f0a-4b7e-9a53-0f3c2f6c9d11',
  createdAt: new Date('2026-11-20T09:00:00Z'),
  updatedAt: new Date('2026-11-20T09:00:00Z'),
  ...more,
});

export const aHeldBooking = (
  booking: Partial<Booking> = {},
  session: Partial<Session> = {},
): HeldBooking => ({ booking: aBooking(booking), session: aSession(session) });
