import { expect } from 'chai';
import fc from 'fast-check';
import {
  eventValue,
  instantsByIcalJs,
  logicalLines,
  makeFile,
  propertyLines,
  readByIcalJs,
  readByNodeIcal,
} from './calendar-reading.ts';

const ZONES = [
  'Europe/Paris',
  'America/Martinique',
  'America/Guadeloupe',
  'America/St_Barthelemy',
  'America/Marigot',
  'America/Cayenne',
  'America/Miquelon',
  'Indian/Reunion',
  'Indian/Mayotte',
  'Indian/Kerguelen',
  'Pacific/Noumea',
  'Pacific/Tahiti',
  'Pacific/Marquesas',
  'Pacific/Gambier',
  'Pacific/Wallis',
] as const;
const HOUR = 3_600_000;
const timezoneOf = (text: string): string =>
  /BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE/.exec(logicalLines(text).join('\n'))?.[0] ?? '';

describe('the hours of the calendar file', () => {
  for (const timeZone of ZONES) {
    it(`IC-18: are local with the zone declared in the file (${timeZone})`, () => {
      const { text } = makeFile({}, { timeZone });
      const tzid = `TZID:${timeZone}`;
      expect(logicalLines(text).filter((line) => line === tzid)).to.have.length(1);
      expect(text).to.match(new RegExp(`^DTSTART;TZID=${timeZone}:\\d{8}T\\d{6}\\r$`, 'm'));
      expect(text).to.match(new RegExp(`^DTEND;TZID=${timeZone}:\\d{8}T\\d{6}\\r$`, 'm'));
    });
  }

  it('IC-18: are UTC when the file cannot declare the zone', () => {
    for (const timeZone of ['Etc/GMT+5', 'UTC', 'EST5EDT', 'Mars/Olympus']) {
      const { text } = makeFile({}, { timeZone });
      const { start, end } = instantsByIcalJs(text);
      expect(start.toISOString(), timeZone).to.equal('2026-12-08T08:00:00.000Z');
      expect(end.toISOString(), timeZone).to.equal('2026-12-08T11:30:00.000Z');
      for (const line of logicalLines(text).filter((each) => /^DT(START|END);TZID/.test(each))) {
        expect(text).to.include(`TZID:${/TZID=([^:]+)/.exec(line)?.[1]}\r\n`);
      }
    }
  });

  it('IC-23: change in Paris on the last Sundays of March and October', () => {
    const zone = timezoneOf(makeFile().text);
    expect(zone).to.match(
      /BEGIN:STANDARD\n(?:.*\n)*?TZOFFSETFROM:\+0200\nTZOFFSETTO:\+0100\nDTSTART:\d{8}T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD/,
    );
    expect(zone).to.match(
      /BEGIN:DAYLIGHT\n(?:.*\n)*?TZOFFSETFROM:\+0100\nTZOFFSETTO:\+0200\nDTSTART:\d{8}T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT/,
    );
  });

  it('IC-24: have rules that begin before the event', () => {
    for (const timeZone of ZONES) {
      const onsets = [
        ...timezoneOf(makeFile({}, { timeZone }).text).matchAll(/^DTSTART:(\d{4})/gm),
      ];
      expect(onsets, timeZone).to.not.be.empty;
      for (const [, year] of onsets) expect(Number(year)).to.equal(1970);
    }
  });

  it('IC-25: come after the zone that they use', () => {
    const lines = logicalLines(makeFile({}, { timeZone: 'Indian/Reunion' }).text);
    expect(lines.indexOf('END:VTIMEZONE')).to.be.lessThan(lines.indexOf('BEGIN:VEVENT'));
    expect(lines.filter((line) => line === 'BEGIN:VTIMEZONE')).to.have.length(1);
  });

  it('IC-26: are never written as a local hour that comes twice', () => {
    const instants = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'];
    for (const startsAt of instants) {
      const start = new Date(startsAt);
      const { text } = makeFile(
        {},
        { startsAt: start, endsAt: new Date(start.getTime() + 4 * HOUR) },
      );
      expect(text).to.include(`DTSTART:${startsAt.replace(/[-:]/g, '')}\r\n`);
      expect(text).to.not.include('TZID');
      expect(instantsByIcalJs(text).start).to.deep.equal(start);
    }
  });

  it('IC-27: are the same instants for two readers, in each zone, through the years', () => {
    const instant = fc.date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2031-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        instant,
        fc.integer({ min: 1, max: 300 }),
        (timeZone, at, hours) => {
          const startsAt = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
          const endsAt = new Date(startsAt.getTime() + hours * HOUR);
          const { text } = makeFile({}, { timeZone, startsAt, endsAt });
          expect(instantsByIcalJs(text)).to.deep.equal({ start: startsAt, end: endsAt });
          const node = readByNodeIcal(text);
          expect(node.start.getTime()).to.equal(startsAt.getTime());
          expect(node.end?.getTime()).to.equal(endsAt.getTime());
        },
      ),
      { numRuns: 200 },
    );
  });

  it('can be written in another zone than that of the session', () => {
    const { text } = makeFile({}, {}, { timeZone: 'Indian/Reunion' });
    expect(text).to.include('DTSTART;TZID=Indian/Reunion:20261208T120000\r\n');
    expect(instantsByIcalJs(text).start.toISOString()).to.equal('2026-12-08T08:00:00.000Z');
  });
});

describe('the reminders of the calendar file', () => {
  it('IC-28: have an action, a trigger and words, the day before and the hour before', () => {
    const alarms = readByIcalJs(makeFile().text).getAllSubcomponents('valarm');
    expect(
      alarms.map((alarm) =>
        ['action', 'trigger', 'description'].map((name) =>
          String(alarm.getFirstPropertyValue(name)),
        ),
      ),
    ).to.deep.equal([
      ['DISPLAY', '-P1D', "C'est demain\u00a0: Découvrir les métiers du numérique"],
      ['DISPLAY', '-PT1H', "C'est dans une heure\u00a0: Découvrir les métiers du numérique"],
    ]);
  });

  it('come after every property of the event (RFC 5545 section 3.6.1)', () => {
    const lines = logicalLines(makeFile().text);
    const first = lines.indexOf('BEGIN:VALARM');
    const rest = lines
      .slice(first)
      .join('\n')
      .replace(/BEGIN:VALARM[\s\S]*?END:VALARM\n/g, '');
    expect(rest).to.equal('END:VEVENT\nEND:VCALENDAR');
  });

  it('are left out once their time is over', () => {
    const alarms = (now: string) =>
      makeFile({}, {}, { now: new Date(now) }).text.match(/TRIGGER:.*/g);
    expect(alarms('2026-12-07T07:59:00Z')).to.deep.equal(['TRIGGER:-P1D', 'TRIGGER:-PT1H']);
    expect(alarms('2026-12-07T08:00:00Z')).to.deep.equal(['TRIGGER:-PT1H']);
    expect(alarms('2026-12-08T07:30:00Z')).to.equal(null);
  });
});

describe('the calendar file of a booking that changes', () => {
  const moved = {
    startsAt: new Date('2027-01-12T08:00:00Z'),
    endsAt: new Date('2027-01-12T11:00:00Z'),
  };

  it('IC-29: takes the event off: same UID and organizer, start kept, higher SEQUENCE', () => {
    const before = makeFile().text;
    const now = new Date('2026-12-01T10:00:00Z');
    const after = makeFile({ status: 'cancelled', sequence: 1 }, {}, { now }).text;
    for (const name of ['UID', 'ORGANIZER']) {
      expect(propertyLines(after, name)).to.deep.equal(propertyLines(before, name));
    }
    expect(instantsByIcalJs(after)).to.deep.equal(instantsByIcalJs(before));
    expect(propertyLines(after, 'METHOD')).to.deep.equal(['METHOD:CANCEL']);
    expect(propertyLines(after, 'DTSTAMP')).to.deep.equal(['DTSTAMP:20261201T100000Z']);
    expect(Number(eventValue(after, 'sequence'))).to.be.greaterThan(
      Number(eventValue(before, 'sequence')),
    );
    expect(after).to.not.include('VALARM');
  });

  it('IC-30: raises SEQUENCE and keeps UID through moves, cancels and a second cancel', () => {
    const story = [
      makeFile({ sequence: 0 }),
      makeFile({ sequence: 1 }, moved),
      makeFile({ sequence: 1 }, { ...moved, revision: 1 }),
      makeFile({ sequence: 2, status: 'cancelled' }, { ...moved, revision: 1 }),
      makeFile({ sequence: 3 }, { ...moved, revision: 1 }),
      makeFile({ sequence: 4, status: 'cancelled' }, { ...moved, revision: 1 }),
    ];
    const sequences = story.map(({ text }) => Number(eventValue(text, 'sequence')));
    expect(sequences).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(new Set(story.map(({ text }) => eventValue(text, 'uid'))).size).to.equal(1);
  });

  it('IC-31: is never a REQUEST, which would need the person’s address', () => {
    for (const status of ['booked', 'waiting', 'cancelled'] as const) {
      expect(makeFile({ status }).text).to.not.include('METHOD:REQUEST');
    }
  });
});
