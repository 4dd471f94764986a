import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely';
import type { Schema } from './schema.ts';

type Which = (eb: ExpressionBuilder<Schema, 'direct_line_conversations'>) => Expression<SqlBool>;

/**
 * Empties Direct Line conversations: what was said and sent goes, the conversation stays, so that
 * an open window goes on working and its watermark still counts up.
 */
export async function forgetContents(db: Kysely<Schema>, which: Which): Promise<void> {
  // First, because it locks them: nothing can be appended between here and the end.
  const conversations = await db
    .updateTable('direct_line_conversations')
    .set({ user_name: null })
    .where(which)
    .returning('id')
    .execute();
  const ids = conversations.map(({ id }) => id);
  if (ids.length === 0) return;
  await db.deleteFrom('direct_line_activities').where('conversation_id', 'in', ids).execute();
  await db.deleteFrom('direct_line_uploads').where('conversation_id', 'in', ids).execute();
}
