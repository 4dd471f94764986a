import type { Kysely } from 'kysely';
import type { PersonalData } from '#programme/personal-data.ts';
import type { BookingsContext } from './bookings-context.ts';
import { cancel } from './cancel.ts';
import { forgetContents } from './forget-contents.ts';
import { findLive } from './live-slot.ts';
import { type Schema, toMaybeDate } from './schema.ts';

export interface PersonalDataContext extends BookingsContext {
  /** Row of the conversation whose turn this is: it stays, empty, so that its turn can end. */
  readonly conversation: number | undefined;
}

/** The booking is kept for the figures; nothing in it leads to anyone. */
async function releaseBookings(context: PersonalDataContext, personId: string): Promise<boolean> {
  const live = await findLive(context.db, personId, context.at);
  await cancel(context, personId);
  await context.db
    .updateTable('bookings')
    .set({ person_id: null, needs: null })
    .where('person_id', '=', personId)
    .execute();
  return live?.booking.status === 'booked';
}

async function eraseConversations(
  { db, conversation = 0 }: PersonalDataContext,
  personId: string,
): Promise<void> {
  // Recorded replies go with their conversations.
  await db
    .deleteFrom('conversations')
    .where('person_id', '=', personId)
    .where('id', '<>', conversation)
    .execute();
  await db.deleteFrom('handled_activities').where('conversation_id', '=', conversation).execute();
  await db
    .updateTable('conversations')
    .set({ state: null, state_version: null })
    .where('id', '=', conversation)
    .execute();
}

async function erase(
  context: PersonalDataContext,
  personId: string,
): Promise<{ readonly seatReleased: boolean }> {
  const { db, at } = context;
  const seatReleased = await releaseBookings(context, personId);
  await db.deleteFrom('callbacks').where('person_id', '=', personId).execute();
  await forgetContents(db, (eb) =>
    eb.or([
      eb('id', 'in', (q) =>
        q.selectFrom('conversations').select('conversation_key').where('person_id', '=', personId),
      ),
      eb('user_key', 'in', (q) =>
        q.selectFrom('persons').select('user_key').where('id', '=', personId),
      ),
    ]),
  );
  await eraseConversations(context, personId);
  await db
    .updateTable('persons')
    .set({ created_at: at, erased_at: at })
    .where('id', '=', personId)
    .execute();
  return { seatReleased };
}

async function summary(db: Kysely<Schema>, personId: string) {
  const row = await db
    .selectFrom('persons')
    .where('id', '=', personId)
    .select(['created_at'])
    .select((eb) => [
      eb
        .selectFrom('handled_activities')
        .innerJoin('conversations', 'conversations.id', 'handled_activities.conversation_id')
        .where('conversations.person_id', '=', personId)
        .select(eb.fn.countAll<number>().as('n'))
        .$asScalar()
        .as('messages'),
      eb
        .selectFrom('bookings')
        .where('bookings.person_id', '=', personId)
        .select(eb.fn.countAll<number>().as('n'))
        .$asScalar()
        .as('bookings'),
      eb
        .selectFrom('callbacks')
        .where('callbacks.person_id', '=', personId)
        .select(eb.fn.countAll<number>().as('n'))
        .$asScalar()
        .as('callbacks'),
    ])
    .executeTakeFirst();
  return {
    since: toMaybeDate(row?.created_at ?? null),
    messages: row?.messages ?? 0,
    bookings: row?.bookings ?? 0,
    callbacks: row?.callbacks ?? 0,
  };
}

/** What is held about a person, inside one transaction, at its time. */
export const createPersonalData = (context: PersonalDataContext): PersonalData => ({
  summary: (personId) => summary(context.db, personId),
  erase: (personId) => erase(context, personId),
});
