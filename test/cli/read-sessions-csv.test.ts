import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { problemWords } from '#src/cli/command.ts';
import { findDuplicates } from '#src/cli/find-duplicates.ts';
import { readSessionsCsv } from '#src/cli/read-sessions-csv.ts';
import { teamWords } from '#src/cli/team-words.ts';

const NOW = new Date('2026-11-24T15:00:00Z');
const say = teamWords();
const HEADER = 'date;début;fin;titre;places';
const GOOD = '2027-01-12;9:30;12:00;Découvrir;30';
const file = (...lines: string[]) => lines.join('\n');
const read = (content: string | Uint8Array) => readSessionsCsv(Buffer.from(content), NOW, say);

function sessionsOf(content: string | Uint8Array) {
  const result = read(content);
  if (result.kind === 'problems') throw new Error(wordsOf(content).join('\n'));
  return result.sessions;
}

function wordsOf(content: string | Uint8Array): string[] {
  const result = read(content);
  return result.kind === 'problems' ? result.problems.map((it) => problemWords(it, say)) : [];
}

/** The one problem of a file whose columns and line are given. */
const problemOf = (columns: string, line: string): string[] => wordsOf(file(columns, line));

describe('a CSV file of sessions', () => {
  it('is read with every column', () => {
    const [one] = sessionsOf(
      file(
        'date;start;end;title;capacity;end_date;time_zone;format;link;place;captions;sign_language;replay',
        '2027-03-09;9:00;16:30;Printemps;30;2027-03-19;Indian/Reunion;hybrid;https://visio.example/a;Saint-Denis;yes;no;1',
      ),
    );
    expect(one).to.deep.equal({
      line: 2,
      session: {
        title: 'Printemps',
        startsAt: new Date('2027-03-09T05:00:00Z'),
        endsAt: new Date('2027-03-19T12:30:00Z'),
        timeZone: 'Indian/Reunion',
        capacity: 30,
        format: 'hybrid',
        link: 'https://visio.example/a',
        place: 'Saint-Denis',
        accessibility: { captions: true, signLanguage: false, replay: true },
        sample: false,
      },
    });
  });

  it('needs only five columns: the rest is online, in Paris, without more', () => {
    expect(sessionsOf(file(HEADER, GOOD))[0]?.session).to.deep.equal({
      title: 'Découvrir',
      startsAt: new Date('2027-01-12T08:30:00Z'),
      endsAt: new Date('2027-01-12T11:00:00Z'),
      timeZone: 'Europe/Paris',
      capacity: 30,
      format: 'online',
      link: undefined,
      place: undefined,
      accessibility: { captions: false, signLanguage: false, replay: false },
      sample: false,
    });
  });

  it('is the same with commas, tabs, CRLF, quotes, a byte-order mark or empty lines', () => {
    const wanted = sessionsOf(file(HEADER, GOOD)).map(({ session }) => session);
    const quoted = `"date","début","fin","titre","places"\r\n"2027-01-12","9:30","12:00","Découvrir","30"\r\n`;
    for (const text of [
      file(HEADER, GOOD).replaceAll(';', ','),
      file(HEADER, GOOD).replaceAll(';', '\t'),
      file(HEADER, GOOD, '').replaceAll('\n', '\r\n'),
      quoted,
      `\ufeff${file(HEADER, GOOD)}`,
      file('sep=,', HEADER.replaceAll(';', ','), GOOD.replaceAll(';', ',')),
      `\ufeffsep=;\r\n${file(HEADER, GOOD)}`,
      file(`${HEADER};;`, '', `${GOOD};;`, ';;;;;;', ''),
      file(HEADER.toUpperCase(), '12/1/2027 ; 9 h 30 ; 12h ; Découvrir ; 30'),
    ]) {
      expect(
        sessionsOf(text).map(({ session }) => session),
        text,
      ).to.deep.equal(wanted);
    }
  });

  it('is read in the encoding that a French spreadsheet saves', () => {
    const bytes = Buffer.from(file(HEADER, GOOD), 'latin1');
    expect(sessionsOf(bytes)[0]?.session.title).to.equal('Découvrir');
  });

  it('takes the names of places of France for time zones', () => {
    const zones = [
      'Martinique',
      'la réunion',
      'REUNION',
      'Guyane',
      'métropole',
      'Nouvelle-Calédonie',
      '',
    ];
    const lines = zones.map((zone, index) => `2027-01-12;9:00;10:00;Session ${index};5;${zone}`);
    const sessions = sessionsOf(file(`${HEADER};fuseau`, ...lines));
    expect(sessions.map(({ session }) => session.timeZone)).to.deep.equal([
      'America/Martinique',
      'Indian/Reunion',
      'Indian/Reunion',
      'America/Cayenne',
      'Europe/Paris',
      'Pacific/Noumea',
      'Europe/Paris',
    ]);
  });

  it('is the one in the guide', () => {
    const example = readFileSync(new URL('../../docs/exemple-sessions.csv', import.meta.url));
    const sessions = sessionsOf(example);
    expect(sessions).to.have.length.greaterThan(3);
    for (const { session } of sessions) expect(session.startsAt.getUTCFullYear()).to.equal(2027);
    expect(new Set(sessions.map(({ session }) => session.timeZone))).to.include(
      'America/Martinique',
    );
  });
});

describe('what is wrong in a CSV file of sessions', () => {
  const mistakes: readonly [string, string, string, RegExp][] = [
    [
      'a day that does not exist',
      HEADER,
      '2027-02-30;9:30;12:00;T;30',
      /^Ligne 2, colonne « date » : « 2027-02-30 »/,
    ],
    ['a date in another order', HEADER, '2027/01/12;9:30;12:00;T;30', /colonne « date »/],
    ['a date of two figures', HEADER, '12/01/27;9:30;12:00;T;30', /colonne « date »/],
    [
      'an hour that is none',
      HEADER,
      '2027-01-12;24:00;23:00;T;30',
      /colonne « début » : « 24:00 » n'est pas une heure/,
    ],
    [
      'a past date',
      HEADER,
      '2026-11-24;15:59;17:00;T;30',
      /colonne « date » : cette date est passée/,
    ],
    ['a date in another century', HEADER, '2072-01-12;9:30;12:00;T;30', /plus de trois ans/],
    [
      'an end before the start',
      HEADER,
      '2027-01-12;12:00;9:30;T;30',
      /colonne « fin » : la fin doit venir après/,
    ],
    ['an end at the start', HEADER, '2027-01-12;12:00;12:00;T;30', /la fin doit venir après/],
    [
      'a session of two months',
      `${HEADER};date de fin`,
      '2027-01-12;9:30;12:00;T;30;2027-03-12',
      /plus de 31 jours/,
    ],
    [
      'an hour that comes twice',
      HEADER,
      '2027-10-31;2:30;5:00;T;30',
      /colonne « début » : cette heure existe deux fois/,
    ],
    [
      'an hour that never comes',
      HEADER,
      '2027-03-28;1:00;2:30;T;30',
      /colonne « fin » : cette heure n'existe pas/,
    ],
    ['no seat', HEADER, '2027-01-12;9:30;12:00;T;0', /colonne « places » : « 0 »/],
    ['half a seat', HEADER, '2027-01-12;9:30;12:00;T;2,5', /colonne « places »/],
    ['seats in words', HEADER, '2027-01-12;9:30;12:00;T;trente', /« trente » n'est pas un nombre/],
    ['no title', HEADER, '2027-01-12;9:30;12:00;;30', /colonne « titre » : à remplir/],
    [
      'a title without end',
      HEADER,
      `2027-01-12;9:30;12:00;${'t'.repeat(121)};30`,
      /121 caractères/,
    ],
    [
      'a title on two lines',
      HEADER,
      '2027-01-12;9:30;12:00;"a\nb";30',
      /colonne « titre » : contient un retour/,
    ],
    [
      'a title that moves the cursor',
      HEADER,
      '2027-01-12;9:30;12:00;a\u001b[2Jb;30',
      /caractère invisible/,
    ],
    [
      'a link that runs',
      `${HEADER};lien`,
      `${GOOD};javascript:alert(1)`,
      /colonne « lien » : « javascript:alert/,
    ],
    ['a link without http', `${HEADER};lien`, `${GOOD};visio.example`, /colonne « lien »/],
    [
      'a zone that is none',
      `${HEADER};fuseau`,
      `${GOOD};Paris/Texas`,
      /colonne « fuseau » : « Paris\/Texas »/,
    ],
    ['an offset for a zone', `${HEADER};fuseau`, `${GOOD};+02:00`, /colonne « fuseau »/],
    ['an unknown format', `${HEADER};format`, `${GOOD};hologramme`, /colonne « format »/],
    [
      'a session on site nowhere',
      `${HEADER};format`,
      `${GOOD};sur place`,
      /colonne « lieu » : une session sur place/,
    ],
    [
      'neither yes nor no',
      `${HEADER};sous-titres`,
      `${GOOD};peut-être`,
      /colonne « sous-titres » : « peut-être »/,
    ],
    ['a cell too many', HEADER, `${GOOD};de trop`, /^Ligne 2 : trop de cases : 6 pour 5/],
    ['a quote left open', HEADER, '2027-01-12;9:30;12:00;"T;30', /^Ligne 2 : des guillemets/],
  ];
  for (const [what, columns, line, words] of mistakes) {
    it(`is said with its line and column: ${what}`, () => {
      const problems = problemOf(columns, line);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(words);
    });
  }

  it('is said of every line, and nothing is kept', () => {
    const text = file(HEADER, GOOD, '2027-01-12;;12:00;T;0', '', 'hier;9:30;12:00;T;30', GOOD);
    expect(wordsOf(text)).to.deep.equal([
      'Ligne 3, colonne « début » : à remplir.',
      "Ligne 3, colonne « places » : « 0 » n'est pas un nombre de places entier, de 1 à 10000.",
      "Ligne 5, colonne « date » : « hier » n'est pas une date. Écrire 2027-01-12 ou 12/01/2027.",
    ]);
  });

  it('is said with the line as the spreadsheet numbers it, after its separator line', () => {
    expect(wordsOf(file('sep=;', HEADER, '2027-01-12;9:30;12:00;T;zéro')).join()).to.match(
      /^Ligne 3,/,
    );
  });

  it('is said without what could act on a terminal', () => {
    const hostile = '\u001b]0;x\u0007\u009b2J\u202e$t(team:help){{line}}';
    const text = file(`${HEADER};${hostile}`, `${GOOD};1`);
    const line = file(`${HEADER};lien`, `${GOOD};${hostile}`);
    for (const words of [...wordsOf(text), ...wordsOf(line)]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
      expect(words).to.not.match(/[\u0000-\u001f\u007f-\u009f\u202e]|npm run/);
    }
  });

  it('is said with the right line after a cell of several lines', () => {
    const text = file(HEADER, '2027-01-12;9:30;12:00;"a\nb";30', '2027-01-12;9:30;12:00;T;zéro');
    expect(wordsOf(text).map((words) => words.slice(0, 8))).to.deep.equal(['Ligne 2,', 'Ligne 4,']);
  });

  it('is said of the columns', () => {
    expect(wordsOf(file('date;début;fin;titre;places;couleur', `${GOOD};bleu`)).join()).to.match(
      /^Ligne 1 : la colonne « couleur » n'est pas connue\. Colonnes possibles : date, début/,
    );
    expect(wordsOf(file('date;début;fin;titre;date;places', GOOD)).join()).to.match(
      /est là deux fois/,
    );
    expect(wordsOf(file('date;début;titre', GOOD))).to.deep.equal([
      'Ligne 1 : il manque la colonne « fin ».',
      'Ligne 1 : il manque la colonne « places ».',
    ]);
  });

  it('is said of a file that is no list of sessions', () => {
    for (const [content, words] of [
      ['', /aucune session/],
      [HEADER, /aucune session/],
      [Buffer.from('PK\u0003\u0004\0\0\0'), /pas du texte CSV/],
      [Buffer.from(file(HEADER, GOOD), 'utf16le'), /pas du texte CSV/],
      [Buffer.alloc(1024 * 1024 + 1, 'a'), /trop gros/],
      [file(HEADER, ...Array.from({ length: 1001 }, () => GOOD)), /trop de sessions/],
    ] as const) {
      expect(wordsOf(content)).to.have.length(1);
      expect(wordsOf(content)[0]).to.match(words);
    }
  });

  it('is always sessions or problems, whatever the file is', () => {
    const anyCell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', ';', '2027-01-12', '9:30', '30'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(anyCell, { maxLength: 6 }), { maxLength: 5 }), (rows) => {
        const result = read(file(HEADER, ...rows.map((cells) => cells.join(';'))));
        expect(result.kind).to.be.oneOf(['sessions', 'problems']);
        if (result.kind === 'problems') expect(result.problems).to.not.be.empty;
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(read(bytes).kind).to.equal('problems');
      }),
    );
  });

  it('includes sessions written twice, in the file or against those there', () => {
    const twice = sessionsOf(file(HEADER, GOOD, '12/01/2027;9 h 30;11:00;  découvrir ;12'));
    expect(findDuplicates(twice, []).map((it) => problemWords(it, say))).to.deep.equal([
      'Ligne 3 : même titre et même début que la ligne 2.',
    ]);
    const there = { id: 'ses_9', title: 'DECOUVRIR', startsAt: new Date('2027-01-12T08:30:00Z') };
    expect(
      findDuplicates(twice.slice(0, 1), [there]).map((it) => problemWords(it, say)),
    ).to.deep.equal(['Ligne 2 : une session de ce titre commence déjà à ce moment (ses_9).']);
    const other = { ...there, startsAt: new Date('2027-01-13T08:30:00Z') };
    expect(findDuplicates(twice.slice(0, 1), [other])).to.deep.equal([]);
  });
});
