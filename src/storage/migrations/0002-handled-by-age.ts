import type { Kysely } from 'kysely';

/** What was handled long ago is swept: it must be found by its age. */
export async function indexHandledByAge(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('handled_activities_by_age')
    .on('handled_activities')
    .column('handled_at')
    .execute();
}
