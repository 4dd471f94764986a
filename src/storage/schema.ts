import type { ColumnType, Generated } from 'kysely';

/** A moment: `timestamptz` in PostgreSQL, milliseconds in SQLite. Written as a Date, read with `toDate`. */
type Instant = ColumnType<Date | number, Date, Date>;
type MaybeInstant = ColumnType<Date | number | null, Date | null | undefined, Date | null>;
/** `boolean` in PostgreSQL, 0 or 1 in SQLite. Read with `Boolean`. */
type Flag = ColumnType<boolean | number, boolean, boolean>;

interface PersonsTable {
  id: string;
  channel: string;
  /** The channel's user id, as a key (`keys.ts`). */
  user_key: string;
  created_at: Instant;
  erased_at: MaybeInstant;
}

interface ConversationsTable {
  id: Generated<number>;
  channel: string;
  /** The channel's conversation id, as a key (`keys.ts`). */
  conversation_key: string;
  /** Who wrote last in it. */
  person_id: string;
  state_version: number | null;
  state: string | null;
  created_at: Instant;
  updated_at: Instant;
}

/** Activities that were handled, with what was answered: the same one again gets the same replies. */
interface HandledActivitiesTable {
  conversation_id: number;
  activity_key: string;
  replies: string;
  handled_at: Instant;
}

interface SessionsTable {
  id: string;
  title: string;
  starts_at: Instant;
  ends_at: Instant;
  time_zone: string;
  capacity: number;
  format: 'online' | 'on_site' | 'hybrid';
  link: string | null;
  place: string | null;
  captions: Flag;
  sign_language: Flag;
  replay: Flag;
  status: 'open' | 'closed' | 'cancelled';
  sample: Flag;
  revision: number;
}

interface BookingsTable {
  id: string;
  session_id: string;
  /** Null once the person was erased. */
  person_id: string | null;
  status: 'booked' | 'waiting' | 'cancelled';
  /** Order on the waiting list of the session; null unless waiting. */
  queue_place: number | null;
  needs: string | null;
  channel: string;
  sequence: number;
  calendar_uid: string;
  /** Set when the session was over and the person booked another: no longer their live booking. */
  settled_at: MaybeInstant;
  created_at: Instant;
  updated_at: Instant;
}

interface CallbacksTable {
  id: string;
  person_id: string;
  first_name: string | null;
  contact: string;
  wanted_when: string | null;
  topic: string | null;
  channel: string;
  status: 'open' | 'done';
  created_at: Instant;
}

interface DirectLineConversationsTable {
  id: string;
  user_id: string;
  /** `user_id` as a key (`keys.ts`): what is searched. */
  user_key: string;
  user_name: string | null;
  locale: string | null;
  /** JSON array of origins. */
  trusted_origins: string;
  created_at: Instant;
  started_at: MaybeInstant;
  ended_at: MaybeInstant;
  last_seq: number;
  /** Timestamp of the last activity, in milliseconds: the next one is later. */
  last_at_ms: number;
}

interface DirectLineActivitiesTable {
  conversation_id: string;
  seq: number;
  client_activity_key: string | null;
  /** The activity, as JSON. */
  activity: string;
}

interface DirectLineUploadsTable {
  id: string;
  conversation_id: string;
  name: string;
  content_type: string;
  content: Uint8Array;
  created_at: Instant;
}

/** Messages that were not understood, masked. Nothing leads to a person, a conversation or an hour. */
interface UnreadMessagesTable {
  id: string;
  text: string;
  language: string;
  /** ISO day, UTC. */
  day: string;
}

/** Every table, as of the last migration. */
export interface Schema {
  persons: PersonsTable;
  conversations: ConversationsTable;
  handled_activities: HandledActivitiesTable;
  sessions: SessionsTable;
  bookings: BookingsTable;
  callbacks: CallbacksTable;
  direct_line_conversations: DirectLineConversationsTable;
  direct_line_activities: DirectLineActivitiesTable;
  direct_line_uploads: DirectLineUploadsTable;
  unread_messages: UnreadMessagesTable;
}

export type DatabaseKind = 'sqlite' | 'postgres';

/** A moment as either database gives it. */
export const toDate = (value: Date | number): Date =>
  typeof value === 'number' ? new Date(value) : value;

/** A moment that may be missing, as either database gives it. */
export const toMaybeDate = (value: Date | number | null): Date | undefined =>
  value === null ? undefined : toDate(value);
