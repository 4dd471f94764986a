import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { silentLogger } from '#shared/logger.ts';
import { openStorage, type Storage } from '#storage/open-storage.ts';
import { inTemporaryDirectory, runDeclic } from './run-declic.ts';

/** The process runs on the real clock: its dates are of next year. */
const NEXT_YEAR = new Date().getUTCFullYear() + 1;
const DAY = `${NEXT_YEAR}-01-12`;
const HEADER = 'date;début;fin;titre;places';
const add = (...more: string[]) => [
  'sessions',
  'add',
  ...[
    '--title',
    'Découvrir',
    '--date',
    DAY,
    '--start',
    '9:30',
    '--end',
    '12:00',
    '--capacity',
    '2',
  ],
  ...more,
];

async function withStorage<T>(dataDir: string, work: (storage: Storage) => Promise<T>): Promise<T> {
  const clock = { now: () => new Date() };
  const storage = await openStorage({
    databaseUrl: undefined,
    dataDir,
    clock,
    logger: silentLogger,
  });
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

/** Books for a person as the assistant does, in a turn. */
async function book(storage: Storage, name: string, sessionId: string): Promise<void> {
  const at = new Date();
  const turn = { channel: 'directline', conversationId: name, userId: name, activityId: '1', at };
  await storage.turns.run(turn, async ({ tx, personId }) => {
    const { bookings } = storage.services(tx, at);
    await bookings.book(personId, sessionId, {
      channel: 'directline',
      needs: 'a secret need',
      acceptWaiting: true,
    });
  });
}

describe('the team’s tool', function () {
  this.timeout(60_000);

  it('adds a session, lists it to people and to programs, and closes it', () =>
    inTemporaryDirectory(async (dir) => {
      const added = await runDeclic(dir, ...add('--captions', '--time-zone', 'Indian/Reunion'));
      expect(added).to.deep.include({ code: 0, err: '' });
      expect(added.out).to.include('Sessions ajoutées : 1');

      const listed = await runDeclic(dir, 'sessions', 'list', '--json');
      expect(listed).to.deep.include({ code: 0, err: '' });
      const sessions = JSON.parse(listed.out);
      expect(sessions).to.have.length(1);
      const { id } = sessions[0];
      expect(sessions[0]).to.deep.equal({
        id,
        title: 'Découvrir',
        startsAt: `${DAY}T05:30:00.000Z`,
        endsAt: `${DAY}T08:00:00.000Z`,
        timeZone: 'Indian/Reunion',
        capacity: 2,
        format: 'online',
        link: null,
        place: null,
        accessibility: { captions: true, signLanguage: false, replay: false },
        status: 'open',
        sample: false,
        revision: 0,
        seatsLeft: 2,
        waiting: 0,
      });

      const { out } = await runDeclic(dir, 'sessions', 'list');
      expect(out).to.match(
        new RegExp(`\\w+ 12 janvier ${NEXT_YEAR}  9 h 30 à 12 h \\(heure de La Réunion\\)`),
      );
      expect(out).to.include('2 sur 2');

      const closed = await runDeclic(dir, 'sessions', 'close', id);
      expect(closed).to.deep.include({ code: 0, err: '' });
      const again = await runDeclic(dir, 'sessions', 'close', id, '--json');
      expect(JSON.parse(again.out)).to.deep.equal({ id, result: 'already' });
      const unknown = await runDeclic(dir, 'sessions', 'close', 'no\u001b[2Jthing');
      expect(unknown).to.deep.include({ code: 1, out: '' });
      expect(unknown.err).to.equal("Aucune session n'a l'identifiant no[2Jthing.\n");
    }));

  it('imports a whole file, then refuses it as already there', () =>
    inTemporaryDirectory(async (dir) => {
      const csv = join(dir, 'sessions.csv');
      await writeFile(
        csv,
        `\ufeff${HEADER}\r\n${DAY};9:30;12:00;Un;30\r\n${DAY};14 h;16 h 30;Deux;25\r\n`,
      );
      const trial = await runDeclic(dir, 'sessions', 'import', csv, '--dry-run');
      expect(trial).to.deep.include({ code: 0, err: '' });
      expect(trial.out).to.equal('Fichier correct. Sessions prêtes à être ajoutées : 2\n');
      const empty = await runDeclic(dir, 'sessions', 'list');
      expect(empty.out).to.equal('Aucune session.\n');

      const imported = await runDeclic(dir, 'sessions', 'import', csv, '--json');
      expect(imported).to.deep.include({ code: 0, err: '' });
      expect(
        JSON.parse(imported.out).added.map(({ title }: { title: string }) => title),
      ).to.deep.equal(['Un', 'Deux']);

      const again = await runDeclic(dir, 'sessions', 'import', csv);
      expect(again).to.deep.include({ code: 1, out: '' });
      expect(again.err).to.match(
        /^Ligne 2 : une session de ce titre[\s\S]*Ligne 3 : [\s\S]*Rien n'a été ajouté\.\n$/,
      );
    }));

  it('imports nothing of a file in which one line is wrong', () =>
    inTemporaryDirectory(async (dir) => {
      const csv = join(dir, 'sessions.csv');
      await writeFile(csv, `${HEADER}\n${DAY};9:30;12:00;Un;30\n${DAY};14 h;13 h;Deux;0\n`);
      const refused = await runDeclic(dir, 'sessions', 'import', csv, '--json');
      expect(refused.code).to.equal(1);
      expect(refused.err).to.equal(
        [
          'Ligne 3, colonne « fin » : la fin doit venir après le début.',
          "Ligne 3, colonne « places » : « 0 » n'est pas un nombre de places entier, de 1 à 10000.",
          "Rien n'a été ajouté.",
          '',
        ].join('\n'),
      );
      expect(JSON.parse(refused.out).problems[0]).to.deep.equal({
        problem: 'endBeforeStart',
        line: 3,
        column: 'end',
        message: 'la fin doit venir après le début.',
      });
      const listed = await runDeclic(dir, 'sessions', 'list', '--json');
      expect(JSON.parse(listed.out)).to.deep.equal([]);
    }));

  it('lists bookings without anything that leads to a person', () =>
    inTemporaryDirectory(async (dir) => {
      await runDeclic(dir, ...add());
      const sessionId = await withStorage(dir, async (storage) => {
        const [session] = await storage.sessions.list();
        for (const name of ['dl_ana', 'dl_bob', 'dl_cleo', 'dl_dan']) {
          await book(storage, name, session?.id ?? '');
        }
        return session?.id ?? '';
      });

      const { out, err, code } = await runDeclic(dir, 'bookings', 'list', '--json');
      expect({ err, code }).to.deep.equal({ err: '', code: 0 });
      const bookings = JSON.parse(out);
      expect(
        bookings.map(({ status, rank }: { status: string; rank: number | null }) => [status, rank]),
      ).to.deep.equal([
        ['booked', null],
        ['booked', null],
        ['waiting', 1],
        ['waiting', 2],
      ]);
      for (const booking of bookings) {
        expect(Object.keys(booking)).to.deep.equal([
          'id',
          'session',
          'status',
          'rank',
          'channel',
          'created',
        ]);
        expect(booking).to.include({ session: sessionId, channel: 'directline' });
        expect(new Date(booking.created).toISOString()).to.equal(booking.created);
      }

      const waiting = await runDeclic(
        dir,
        'bookings',
        'list',
        '--status',
        'waiting',
        '--session',
        sessionId,
      );
      expect(waiting.code).to.equal(0);
      expect(waiting.out.trim().split('\n')).to.have.length(3);
      expect(waiting.out).to.match(
        /12 janvier \d{4}, 9 h 30 · Découvrir +liste d'attente +1 +directline/,
      );
      expect(out + waiting.out).to.not.match(/secret|dl_ana/);

      const sessions = JSON.parse((await runDeclic(dir, 'sessions', 'list', '--json')).out);
      expect(sessions[0]).to.include({ seatsLeft: 0, waiting: 2 });
      const unknown = await runDeclic(dir, 'bookings', 'list', '--session', 'nothing');
      expect(unknown).to.deep.include({ code: 1, out: '' });
    }));

  it('explains how it is used, and ends with 2 when it is used otherwise', () =>
    inTemporaryDirectory(async (dir) => {
      const help = await runDeclic(dir, 'help');
      expect(help).to.deep.include({ code: 0, err: '' });
      expect(help.out).to.include('sessions import FICHIER.csv');
      const misuses: readonly [string[], RegExp][] = [
        [[], /sessions import FICHIER\.csv/],
        [['sessions', 'burn'], /Commande inconnue : sessions burn/],
        [['sessions', 'list', 'extra'], /En trop : extra/],
        [['sessions', 'import'], /Il manque le nom du fichier/],
        [['sessions', 'add', '--colour', 'red'], /Option inconnue ou incomplète : --colour/],
        [
          ['bookings', 'list', '--status', 'lost'],
          /attend booked, waiting ou cancelled \(reçu : lost\)/,
        ],
        [['sessions', 'add', '--title', 'Seul'], /--date : à remplir\.\n--start : à remplir/],
      ];
      for (const [words, message] of misuses) {
        const { code, out, err } = await runDeclic(dir, ...words);
        expect({ code, out }, words.join(' ')).to.deep.equal({ code: 2, out: '' });
        expect(err).to.match(message);
      }
    }));

  it('says what is broken, without a trace of the program', () =>
    inTemporaryDirectory(async (dir) => {
      const nowhere = await runDeclic(dir, 'sessions', 'import', join(dir, 'absent.csv'));
      expect(nowhere).to.deep.include({ code: 1, out: '' });
      expect(nowhere.err).to.match(/ne peut pas être lu \(ENOENT\)/);
      await writeFile(join(dir, 'declic.db'), 'this is no database, whatever it says about itself');
      const broken = await runDeclic(dir, 'sessions', 'list', '--json');
      expect(broken).to.deep.include({ code: 1, out: '' });
      expect(broken.err).to.match(/^Impossible : /);
      expect(broken.err).to.not.match(/\n\s+at /);
    }));
});
