import { systemClock } from '#shared/clock.ts';
import { silentLogger } from '#shared/logger.ts';
import type { UnreadText } from '#understanding/cli/command.ts';
import { runNlu } from '#understanding/cli/nlu.ts';

// The commands of the recogniser, and the database of the service for the one that looks into it.

/** The database, its drivers included, is loaded only when a command asks for it. */
async function readUnread(): Promise<readonly UnreadText[]> {
  const { readConfig } = await import('#src/config.ts');
  const { openStorage } = await import('#storage/open-storage.ts');
  const { databaseUrl, dataDir } = readConfig(process.env);
  const storage = await openStorage({
    databaseUrl,
    dataDir,
    clock: systemClock,
    logger: silentLogger,
  });
  try {
    return await storage.unread.list();
  } finally {
    await storage.close();
  }
}

await runNlu(process.argv.slice(2), readUnread);
