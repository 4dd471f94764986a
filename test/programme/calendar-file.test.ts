import { expect } from 'chai';
import fc from 'fast-check';
import {
  eventValue,
  logicalLines,
  makeFile,
  physicalLines,
  propertyLines,
  readByIcalJs,
  readByNodeIcal,
} from './calendar-reading.ts';

const EMOJI = 'Été 🎓 à l’école — prêt·e ? '.repeat(12);
const octets = (line: string): number => Buffer.byteLength(line);

/** Text as hostile as people and programs make it. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom(
      '\\',
      'n',
      ';',
      ',',
      ':',
      '"',
      '\r',
      '\n',
      '\t',
      ' ',
      'é',
      '🎓',
      '\0',
      'a',
    ),
    maxLength: 300,
  }),
);

describe('the calendar file, as a file', () => {
  it('IC-01: begins and ends with VCALENDAR, every line ended by CRLF', () => {
    for (const { text } of [makeFile(), makeFile({ status: 'cancelled' })]) {
      expect(text.startsWith('BEGIN:VCALENDAR\r\n')).to.equal(true);
      expect(text.endsWith('\r\nEND:VCALENDAR\r\n')).to.equal(true);
      expect(text.replaceAll('\r\n', '')).to.not.match(/[\r\n]/);
    }
  });

  it('IC-02: is UTF-8 without a byte-order mark', () => {
    const { text } = makeFile({}, { title: `${EMOJI}\ud800` });
    const bytes = Buffer.from(text);
    expect([...bytes.subarray(0, 3)]).to.deep.equal([...Buffer.from('BEG')]);
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).to.equal(text);
    expect(text).to.not.include('\ufeff');
  });

  it('IC-03: has VERSION and PRODID once, before the components', () => {
    const lines = logicalLines(makeFile().text);
    const first = lines.findIndex((line, index) => index > 0 && line.startsWith('BEGIN:'));
    for (const wanted of ['VERSION:2.0', 'PRODID:-//Diversidays//Declic//FR']) {
      expect(lines.filter((line) => line === wanted)).to.have.length(1);
      expect(lines.indexOf(wanted)).to.be.lessThan(first);
    }
    const between = lines
      .slice(first)
      .join('\n')
      .replace(/BEGIN:V(EVENT|TIMEZONE)[\s\S]*?END:V\1/g, '');
    expect(between.trim(), 'no calendar property after a component').to.equal('END:VCALENDAR');
  });

  it('IC-04: is of the Gregorian calendar', () => {
    expect(propertyLines(makeFile().text, 'CALSCALE')).to.deep.equal(['CALSCALE:GREGORIAN']);
  });

  it('IC-05: has the method of its type, and a name in .ics', () => {
    for (const status of ['booked', 'cancelled', 'waiting'] as const) {
      const file = makeFile({ status });
      expect(file.contentType).to.equal(`text/calendar; charset=utf-8; method=${file.method}`);
      expect(propertyLines(file.text, 'METHOD')).to.deep.equal([`METHOD:${file.method}`]);
      expect(file.fileName).to.equal('declics-numeriques-2026-12-08.ics');
    }
  });

  it('IC-06: holds no empty line and nothing left of a template', () => {
    const bare = makeFile({}, { link: undefined, place: undefined, format: 'on_site' });
    for (const { text } of [makeFile(), bare, makeFile({ status: 'waiting', rank: 3 })]) {
      for (const line of physicalLines(text)) expect(line.trim()).to.not.equal('');
      expect(text).to.not.match(/undefined|null|None|NaN|\{\{|\}\}|\[object/);
      expect(text).to.not.match(/^(LOCATION|URL|DESCRIPTION|SUMMARY)[^:]*:\r?$/m);
    }
  });

  it('IC-07: has no line over 75 octets, and continues with one space', () => {
    const { text } = makeFile({}, { title: EMOJI });
    expect(text).to.match(/\r\n [^ ]/);
    for (const line of physicalLines(text)) expect(octets(line)).to.be.at.most(75);
  });

  it('IC-08: never folds inside a character', () => {
    fc.assert(
      fc.property(anyText, (title) => {
        const bytes = Buffer.from(makeFile({}, { title }).text);
        for (let from = 0, to = 0; to >= 0; from = to + 2) {
          to = bytes.indexOf('\r\n', from);
          new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, to));
        }
      }),
    );
  });

  it('IC-09: unfolds to the very text', () => {
    for (let length = 40; length < 90; length += 1) {
      const title = `${'a'.repeat(length)} é 🎓 fin`;
      const { text } = makeFile({}, { title });
      expect(propertyLines(text, 'SUMMARY')).to.deep.equal([
        `SUMMARY:DéClics Numériques\u00a0: ${title}`,
      ]);
    }
  });
});

describe('the calendar file, as text', () => {
  it('IC-10: escapes backslash, semicolon and comma, and nothing else', () => {
    const { text } = makeFile(
      {},
      { title: 'a\\b; c, d: "e"', place: 'Salle 2, étage; fond', format: 'hybrid' },
    );
    expect(text).to.include('SUMMARY:DéClics Numériques\u00a0: a\\\\b\\; c\\, d: "e"\r\n');
    expect(text).to.include('LOCATION:Salle 2\\, étage\\; fond\r\n');
    expect(logicalLines(text).find((line) => line.startsWith('DESCRIPTION'))).to.match(
      /Lien pour rejoindre\u00a0: https:\/\/visio\.example\/salle\/42\\nLieu\u00a0: Salle 2\\, étage\\; fond\\n/,
    );
  });

  it('IC-11: keeps a backslash followed by n through both readers', () => {
    const { text } = makeFile({}, { title: 'C:\\new\\;x' });
    expect(readByIcalJs(text).getFirstPropertyValue('summary')).to.equal(
      'DéClics Numériques\u00a0: C:\\new\\;x',
    );
    expect(logicalLines(text)).to.include('SUMMARY:DéClics Numériques\u00a0: C:\\\\new\\\\\\;x');
  });

  it('IC-12: lets no text open a property, nor carry a control character', () => {
    const attack =
      'x\r\nATTENDEE:mailto:a@b\nEND:VEVENT\rBEGIN:VALARM\u2028X:1\u0085Y:2\0\u0007\u001b[2J';
    const { text } = makeFile(
      { calendarUid: 'uid\r\nATTENDEE:mailto:a@b' },
      { title: attack, place: attack, format: 'hybrid', link: `https://x.example/\r\n${attack}` },
      {
        organizer: { name: attack, email: 'contact@declic.example' },
        url: `https://y.example/${attack}`,
      },
    );
    expect(propertyLines(text, 'ATTENDEE')).to.deep.equal([]);
    expect(logicalLines(text).filter((line) => line === 'END:VEVENT')).to.have.length(1);
    expect(logicalLines(text).filter((line) => line === 'BEGIN:VALARM')).to.have.length(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(text).to.not.match(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/);
  });

  it('IC-12: stays one event of the same shape whatever the texts are', () => {
    const shape = (text: string) => logicalLines(text).map((line) => /^[A-Z-]+/.exec(line)?.[0]);
    const usual = shape(makeFile({}, { format: 'hybrid', place: 'ici' }).text);
    fc.assert(
      fc.property(anyText, anyText, (title, place) => {
        const { text } = makeFile({}, { title: `t${title}`, place: `p${place}`, format: 'hybrid' });
        expect(shape(text)).to.deep.equal(usual);
      }),
    );
  });

  it('IC-13: quotes the name of the organizer and encodes quotes in it', () => {
    const organizer = { name: 'Léger, "Noémie"; x: ^y', email: 'contact@declic.example' };
    const { text } = makeFile({}, {}, { organizer });
    expect(propertyLines(text, 'ORGANIZER')).to.deep.equal([
      `ORGANIZER;CN="Léger, ^'Noémie^'; x: ^^y":mailto:contact@declic.example`,
    ]);
  });

  it('IC-13: takes an organizer at any host that a service can have', () => {
    for (const email of [
      'no-reply@localhost',
      'no-reply@127.0.0.1',
      'a.b+c@x-y.example',
      'a@[::1]',
    ]) {
      const { text } = makeFile({}, {}, { organizer: { name: 'x', email } });
      expect(propertyLines(text, 'ORGANIZER')).to.deep.equal([`ORGANIZER;CN="x":mailto:${email}`]);
    }
  });

  it('IC-13: refuses an organizer whose address is not one', () => {
    for (const email of ['', 'nobody', 'a@b\r\nX:1', 'a,b@c.d', 'a@b>c']) {
      expect(() => makeFile({}, {}, { organizer: { name: 'x', email } })).to.throw(
        /no e-mail address/,
      );
    }
  });

  it('IC-35: holds nothing that the person gave, and no id of ours', () => {
    for (const status of ['booked', 'cancelled', 'waiting'] as const) {
      const { text, fileName } = makeFile({ status });
      const all = logicalLines(text).join('\n') + fileName;
      for (const secret of [
        'malentendante',
        'Noémie',
        '06 12',
        'person_77',
        'bkg_1',
        'ses_1',
        'directline',
      ]) {
        expect(all).to.not.include(secret);
      }
    }
  });
});

describe('the calendar file, as an event', () => {
  it('IC-14: has one UID, that of the booking, at each download and change', () => {
    const files = [
      makeFile(),
      makeFile({}, {}, { now: new Date('2026-11-25T10:00:00Z') }),
      makeFile(
        { sequence: 1 },
        { startsAt: new Date('2027-01-12T08:00:00Z'), endsAt: new Date('2027-01-12T11:00:00Z') },
      ),
      makeFile({ sequence: 2, status: 'cancelled' }),
    ];
    for (const { text } of files) {
      expect(propertyLines(text, 'UID')).to.deep.equal([
        'UID:7d0c2f8e-1f0a-4b7e-9a53-0f3c2f6c9d11',
      ]);
    }
  });

  it('IC-15: has the time of making the file, in UTC', () => {
    const { text } = makeFile({}, {}, { now: new Date('2026-11-21T10:00:01Z') });
    expect(propertyLines(text, 'DTSTAMP')).to.deep.equal(['DTSTAMP:20261121T100001Z']);
  });

  it('IC-16: starts at 0 and goes up by one with each change of the booking or the session', () => {
    const sequence = (text: string) => propertyLines(text, 'SEQUENCE').join();
    expect(sequence(makeFile().text)).to.equal('SEQUENCE:0');
    expect(sequence(makeFile({ sequence: 1 }).text)).to.equal('SEQUENCE:1');
    expect(sequence(makeFile({ sequence: 1 }, { revision: 1 }).text)).to.equal('SEQUENCE:2');
    expect(sequence(makeFile({ sequence: 2, status: 'cancelled' }, { revision: 1 }).text)).to.equal(
      'SEQUENCE:3',
    );
  });

  it('IC-17: has a start and an end of the same form, and no duration', () => {
    const { text } = makeFile();
    expect(propertyLines(text, 'DTSTART').at(-1)).to.equal(
      'DTSTART;TZID=Europe/Paris:20261208T090000',
    );
    expect(propertyLines(text, 'DTEND')).to.deep.equal(['DTEND;TZID=Europe/Paris:20261208T123000']);
    expect(propertyLines(text, 'DURATION')).to.deep.equal([]);
  });

  it('IC-19: is never an all-day event', () => {
    const days = makeFile(
      {},
      { startsAt: new Date('2026-12-07T23:00:00Z'), endsAt: new Date('2026-12-08T23:00:00Z') },
    );
    expect(days.text).to.not.match(/VALUE=DATE[:;]/);
    expect(days.text).to.include('DTSTART;TZID=Europe/Paris:20261208T000000\r\n');
    expect(days.text).to.include('DTEND;TZID=Europe/Paris:20261209T000000\r\n');
  });

  it('IC-20: is CONFIRMED for a seat that is held, CANCELLED in a CANCEL, and nothing else', () => {
    expect(eventValue(makeFile().text, 'status')).to.equal('CONFIRMED');
    const others = [
      makeFile({ status: 'cancelled' }),
      makeFile({ status: 'waiting', rank: 1 }),
      makeFile({}, { status: 'cancelled' }),
    ];
    for (const { text, method } of others) {
      expect(method).to.equal('CANCEL');
      expect(eventValue(text, 'status')).to.equal('CANCELLED');
    }
  });

  it('IC-20: never lets a place on the waiting list look like a seat', () => {
    const { text } = makeFile({ status: 'waiting', rank: 1 });
    expect(eventValue(text, 'summary')).to.match(/^Liste d'attente, pas de place confirmée/);
    expect(eventValue(text, 'description')).to.include("Aucune place n'est réservée");
    expect(text).to.not.match(/visio\.example|VALARM|CONFIRMED|OPAQUE/);
  });

  it('IC-21: is published without attendee, and cancelled with an organizer and a nobody', () => {
    const published = makeFile().text;
    expect(propertyLines(published, 'ATTENDEE')).to.deep.equal([]);
    expect(propertyLines(published, 'ORGANIZER')).to.have.length(1);
    const cancelled = makeFile({ status: 'cancelled', sequence: 1 }).text;
    expect(propertyLines(cancelled, 'ORGANIZER')).to.deep.equal(
      propertyLines(published, 'ORGANIZER'),
    );
    expect(propertyLines(cancelled, 'ATTENDEE')).to.have.length(1);
    expect(propertyLines(cancelled, 'ATTENDEE').join()).to.match(/:mailto:\S+@declic\.invalid$/i);
  });

  it('IC-22: gives URL, CLASS and TRANSP legal values, and leaves the others out', () => {
    const { text } = makeFile({}, { link: 'https://visio.example/a;b,c?d=é&e="f' });
    expect(propertyLines(text, 'URL')).to.deep.equal([
      'URL;VALUE=URI:https://visio.example/a%3Bb%2Cc?d=%C3%A9&e=%22f',
    ]);
    expect(eventValue(text, 'class')).to.equal('PRIVATE');
    expect(eventValue(text, 'transp')).to.equal('OPAQUE');
    for (const name of ['GEO', 'CATEGORIES', 'PRIORITY'])
      expect(propertyLines(text, name)).to.be.empty;
    for (const link of ['javascript:alert(1)', 'ftp://x.example', 'https://', 'salle 4', '']) {
      expect(propertyLines(makeFile({}, { link }).text, 'URL'), link).to.deep.equal([]);
    }
  });

  it('tells the two readers the same title, place and description', () => {
    const { text } = makeFile(
      {},
      { title: 'Un, deux; trois', format: 'hybrid', place: 'Lyon, 7e' },
    );
    const node = readByNodeIcal(text);
    for (const name of ['summary', 'description', 'location'] as const) {
      expect(node[name], name).to.equal(eventValue(text, name));
    }
  });

  it('says that a sample is one', () => {
    expect(eventValue(makeFile({}, { sample: true }).text, 'description')).to.include(
      "session d'exemple",
    );
  });
});
