import type { ActivityLog } from '#shared/activity-log.ts';
import { toDate } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';
import { read, write } from './transact.ts';

/** Files that people sent. */
export const createUploads = (
  database: SqlDatabase,
): Pick<ActivityLog, 'saveUpload' | 'findUpload'> => ({
  saveUpload: (upload, tx) =>
    write(database, tx, async (db) => {
      await db
        .insertInto('direct_line_uploads')
        .values({
          id: upload.id,
          conversation_id: upload.conversationId,
          name: upload.name,
          content_type: upload.contentType,
          content: upload.content,
          created_at: upload.createdAt,
        })
        .execute();
    }),
  findUpload: (uploadId) =>
    read(database, undefined, async (db) => {
      const row = await db
        .selectFrom('direct_line_uploads')
        .select(['id', 'conversation_id', 'name', 'content_type', 'content', 'created_at'])
        .where('id', '=', uploadId)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return {
        id: row.id,
        conversationId: row.conversation_id,
        name: row.name,
        contentType: row.content_type,
        content: row.content,
        createdAt: toDate(row.created_at),
      };
    }),
});
