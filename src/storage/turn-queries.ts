import { compiledOnce } from './compiled-once.ts';
import type { SqlDatabase } from './sql-database.ts';

interface PersonKey {
  readonly channel: string;
  readonly userKey: string;
}
interface ConversationKey extends PersonKey {
  readonly conversationKey: string;
}
interface NewPerson extends PersonKey {
  readonly id: string;
  readonly at: Date;
}
interface NewConversation extends ConversationKey {
  readonly at: Date;
}
interface ActivityKey {
  readonly conversation: number;
  readonly activityKey: string;
}
interface Handled extends ActivityKey {
  readonly replies: string;
  readonly at: Date;
}
interface SavedState {
  readonly conversation: number;
  readonly person: string;
  readonly version: number;
  readonly state: string;
  readonly at: Date;
}

/**
 * Locks the person's row, then the conversation's, and reads the state. `no key`: rows that refer
 * to them (a new conversation of the same person) are not in the way, so nobody waits in a circle.
 */
const lock = ({ writer, kind }: SqlDatabase) =>
  compiledOnce<ConversationKey, LockedRow>(writer, (db, hole) =>
    db
      .selectFrom('persons as p')
      .innerJoin('conversations as c', (join) =>
        join
          .on('c.channel', '=', hole('channel'))
          .on('c.conversation_key', '=', hole('conversationKey')),
      )
      .where('p.channel', '=', hole('channel'))
      .where('p.user_key', '=', hole('userKey'))
      .select(['p.id as person', 'c.id as conversation', 'c.state_version as version', 'c.state'])
      .$if(kind === 'postgres', (query) => query.forNoKeyUpdate(['p', 'c'])),
  );

interface LockedRow {
  readonly person: string;
  readonly conversation: number;
  readonly version: number | null;
  readonly state: string | null;
}

const makePerson = ({ writer }: SqlDatabase) =>
  compiledOnce<NewPerson, unknown>(writer, (db, hole) =>
    db
      .insertInto('persons')
      .values({
        id: hole('id'),
        channel: hole('channel'),
        user_key: hole('userKey'),
        created_at: hole('at'),
      })
      .onConflict((conflict) => conflict.columns(['channel', 'user_key']).doNothing()),
  );

const makeConversation = ({ writer }: SqlDatabase) =>
  compiledOnce<NewConversation, unknown>(writer, (db, hole) =>
    db
      .insertInto('conversations')
      .columns(['channel', 'conversation_key', 'person_id', 'created_at', 'updated_at'])
      .expression(
        db
          .selectFrom('persons')
          .where('channel', '=', hole('channel'))
          .where('user_key', '=', hole('userKey'))
          .select([
            'channel',
            hole('conversationKey').as('conversation_key'),
            'id',
            hole('at').as('created_at'),
            hole('at').as('updated_at'),
          ]),
      )
      .onConflict((conflict) => conflict.columns(['channel', 'conversation_key']).doNothing()),
  );

const handled = ({ writer }: SqlDatabase) =>
  compiledOnce<ActivityKey, { readonly replies: string }>(writer, (db, hole) =>
    db
      .selectFrom('handled_activities')
      .where('conversation_id', '=', hole('conversation'))
      .where('activity_key', '=', hole('activityKey'))
      .select('replies'),
  );

const saveState = ({ writer }: SqlDatabase) =>
  compiledOnce<SavedState, unknown>(writer, (db, hole) =>
    db
      .updateTable('conversations')
      .set({
        person_id: hole('person'),
        state_version: hole('version'),
        state: hole('state'),
        updated_at: hole('at'),
      })
      .where('id', '=', hole('conversation')),
  );

const record = ({ writer }: SqlDatabase) =>
  compiledOnce<Handled, unknown>(writer, (db, hole) =>
    db.insertInto('handled_activities').values({
      conversation_id: hole('conversation'),
      activity_key: hole('activityKey'),
      replies: hole('replies'),
      handled_at: hole('at'),
    }),
  );

/** The statements of a turn, compiled once a database. */
export const turnQueries = (database: SqlDatabase) => ({
  lock: lock(database),
  makePerson: makePerson(database),
  makeConversation: makeConversation(database),
  handled: handled(database),
  saveState: saveState(database),
  record: record(database),
});

export type TurnQueries = ReturnType<typeof turnQueries>;
