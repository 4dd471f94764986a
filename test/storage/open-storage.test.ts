import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, promisify } from 'node:util';
import { expect } from 'chai';
import { sql } from 'kysely';
import { silentLogger } from '#shared/logger.ts';
import { openStorage, type StorageOptions } from '#storage/open-storage.ts';
import { DATABASES, emptyPostgres, NOW } from './databases.ts';
import { addSession, book, newSession, rawDatabase, rejection, someone, view } from './fixtures.ts';

const options = (changes: Partial<StorageOptions>): StorageOptions => ({
  databaseUrl: undefined,
  dataDir: '',
  clock: { now: () => NOW },
  logger: silentLogger,
  ...changes,
});

/** Where nothing was migrated yet. */
const EMPTY = [
  {
    name: 'SQLite',
    async make() {
      const dataDir = mkdtempSync(join(tmpdir(), 'declic-empty-'));
      return {
        options: options({ dataDir: join(dataDir, 'made', 'when needed') }),
        remove: async () => rmSync(dataDir, { recursive: true }),
      };
    },
  },
  {
    name: 'PostgreSQL',
    async make() {
      const { url, drop } = await emptyPostgres();
      return { options: options({ databaseUrl: url }), remove: drop };
    },
  },
] as const;

for (const { name, make } of EMPTY) {
  describe(`opening an empty database on ${name}`, function () {
    this.timeout(60_000);

    it('instances that start together all open, and the tables are made once', async () => {
      const empty = await make();
      const instances = await Promise.all(
        Array.from({ length: 6 }, () => openStorage(empty.options)),
      );
      await Promise.all(instances.map((instance) => instance.ready()));
      const raw = await rawDatabase(empty.options);
      const { rows } = await sql`select name from kysely_migration order by name`.execute(
        raw.reader,
      );
      expect(rows).to.deep.equal([
        { name: '0001-first-tables' },
        { name: '0002-handled-by-age' },
        { name: '0003-unread-messages' },
      ]);
      await raw.close();
      await Promise.all(instances.map((instance) => instance.close()));
      await empty.remove();
    });

    it('processes that start together all open and write', async () => {
      const empty = await make();
      const script = `
        const { openStorage } = await import(process.argv[1]);
        const quiet = { debug() {}, info() {}, warn() {}, error() {} };
        const storage = await openStorage({ ...JSON.parse(process.argv[2]), clock: {}, logger: quiet });
        const session = JSON.parse(process.argv[3]);
        for (const key of ['startsAt', 'endsAt']) session[key] = new Date(session[key]);
        for (let n = 0; n < 20; n += 1) await storage.sessions.add([session]);
        await storage.close();`;
      const file = fileURLToPath(import.meta.resolve('#storage/open-storage.ts'));
      const { databaseUrl, dataDir } = empty.options;
      const values = [{ databaseUrl, dataDir }, newSession()].map((value) => JSON.stringify(value));
      const start = () =>
        promisify(execFile)(process.execPath, [
          '--input-type=module',
          '-e',
          script,
          file,
          ...values,
        ]);
      await Promise.all([start(), start(), start()]);
      const storage = await openStorage(empty.options);
      expect(await storage.sessions.list()).to.have.length(60);
      await storage.close();
      await empty.remove();
    });

    it('a migration that fails leaves nothing half made, and says why', async () => {
      const empty = await make();
      const good = await openStorage(empty.options);
      const raw = await rawDatabase(empty.options);
      // As if the last table of the migration were already there, and nothing else.
      const tables = await raw.reader.introspection.getTables({ withInternalKyselyTables: true });
      for (const { name: table } of tables.filter((one) => !one.name.startsWith('direct_line'))) {
        const cascade = raw.kind === 'postgres' ? sql` cascade` : sql``;
        await raw.writer.schema
          .dropTable(table)
          .execute()
          .catch(() => undefined);
        await sql`drop table if exists ${sql.table(table)}${cascade}`.execute(raw.writer);
      }
      const error = await rejection(openStorage(empty.options));
      expect(error).to.include({ code: 'STORAGE_FAILED' });
      expect(inspect(error)).to.match(/already exists|heap_create_with_catalog|42P07/);
      const left = await raw.reader.introspection.getTables({ withInternalKyselyTables: true });
      expect(left.map((table) => table.name).sort()).to.deep.equal([
        'direct_line_activities',
        'direct_line_conversations',
        'direct_line_uploads',
      ]);
      await raw.close();
      await good.close();
      await empty.remove();
    });
  });
}

for (const { name, open } of DATABASES) {
  describe(`opening again on ${name}`, function () {
    this.timeout(60_000);

    it('what was committed is there, and no activity is handled twice', async () => {
      const test = await open();
      const who = someone('restarted');
      const session = await addSession(test.storage);
      const result = await book(test.storage, who, session.id);
      const activity = { ...who, activityId: 'before-the-restart', at: NOW };
      await test.storage.turns.run(activity, (opened) =>
        opened.save({ version: 7, json: '{"kept":true}' }, []),
      );
      await test.storage.close();

      const reopened = await openStorage(test.options);
      expect(await view(reopened, who)).to.deep.equal({
        booking: result.kind === 'booked' && result.booking,
        session,
      });
      await reopened.turns.run(activity, async (opened) => {
        expect(opened.recorded).to.deep.equal([]);
      });
      await reopened.close();
      await test.close();
    });

    it('a database that a newer version migrated is opened as it is', async () => {
      const test = await open();
      const raw = await rawDatabase(test.options);
      await sql`insert into kysely_migration (name, timestamp)
        values ('0000-of-another-branch', ${NOW.toISOString()}),
          ('9999-of-the-future', ${NOW.toISOString()})`.execute(raw.writer);
      await sql`alter table sessions add column of_the_future text`.execute(raw.writer);
      await raw.close();
      const older = await test.again();
      const session = await addSession(older);
      expect(await older.sessions.find(session.id)).to.include({ id: session.id });
      await test.close();
    });

    it('closing waits for the turn under way, which is then kept', async () => {
      const test = await open();
      const activity = { ...someone('last-words'), activityId: 'last', at: NOW };
      const [started, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const turn = test.storage.turns.run(activity, async (opened) => {
        started.resolve();
        await mayEnd.promise;
        await opened.save({ version: 1, json: '"kept"' }, []);
      });
      await started.promise;
      const closing = test.storage.close();
      mayEnd.resolve();
      await Promise.all([turn, closing]);
      const reopened = await test.again();
      await reopened.turns.run(activity, async (opened) => {
        expect(opened.state?.json).to.equal('"kept"');
      });
      await test.close();
    });

    it('closing twice is harmless, and afterwards everything is refused in our words', async () => {
      const test = await open();
      const { storage } = test;
      await storage.close();
      await storage.close();
      for (const ask of [
        () => storage.ready(),
        () => storage.sessions.list(),
        () => storage.sessions.add([newSession()]),
        () => storage.turns.run({ ...someone('late'), activityId: 'late', at: NOW }, async () => 1),
      ]) {
        expect(await rejection(ask())).to.include({ code: 'STORAGE_FAILED' });
      }
      await test.close();
    });
  });
}

describe('opening what cannot be opened', function () {
  this.timeout(60_000);

  it('an address of something else is refused without being repeated', async () => {
    const error = await rejection(
      openStorage(options({ databaseUrl: 'mysql://root:secret@localhost/declic' })),
    );
    expect(error).to.include({ code: 'CONFIG_INVALID' });
    expect(inspect(error)).to.not.include('secret');
  });

  it('a PostgreSQL that does not answer, or refuses the password, is said without it', async () => {
    const { url, drop } = await emptyPostgres();
    const wrongPassword = new URL(url);
    wrongPassword.password = 'secret-and-wrong';
    const nobodyThere = new URL(url);
    nobodyThere.port = '1';
    nobodyThere.password = 'secret-and-wrong';
    for (const databaseUrl of [wrongPassword.href, nobodyThere.href]) {
      const error = await rejection(openStorage(options({ databaseUrl })));
      expect(error).to.include({ code: 'STORAGE_FAILED' });
      expect(inspect(error))
        .to.match(/28P01|ECONNREFUSED/)
        .and.not.include('secret-and-wrong');
    }
    await drop();
  });

  it('a folder that cannot be made, and a file that is no database, are said', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'declic-broken-'));
    writeFileSync(join(dataDir, 'file'), 'x');
    writeFileSync(join(dataDir, 'declic.db'), 'not a database'.repeat(500));
    for (const [dir, code] of [
      [join(dataDir, 'file', 'below'), 'ENOTDIR'],
      [dataDir, 'SQLITE_NOTADB'],
    ] as const) {
      const error = await rejection(openStorage(options({ dataDir: dir })));
      expect(error).to.include({ code: 'STORAGE_FAILED' });
      expect(inspect(error)).to.include(code);
    }
    rmSync(dataDir, { recursive: true });
  });
});
