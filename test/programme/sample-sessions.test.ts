import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { isFrenchHoliday } from '#programme/french-holidays.ts';
import { sampleSessions } from '#programme/sample-sessions.ts';

const NOW = new Date('2026-11-24T15:00:00Z');
const anyMoment = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2040-12-31T00:00:00Z'),
  noInvalidDate: true,
});

/** From the calendars of the French administration. */
const HOLIDAYS = {
  2026: [
    '01-01',
    '04-06',
    '05-01',
    '05-08',
    '05-14',
    '05-25',
    '07-14',
    '08-15',
    '11-01',
    '11-11',
    '12-25',
  ],
  2027: [
    '01-01',
    '03-29',
    '05-01',
    '05-06',
    '05-08',
    '05-17',
    '07-14',
    '08-15',
    '11-01',
    '11-11',
    '12-25',
  ],
  2028: [
    '01-01',
    '04-17',
    '05-01',
    '05-08',
    '05-25',
    '06-05',
    '07-14',
    '08-15',
    '11-01',
    '11-11',
    '12-25',
  ],
};

describe('sample sessions', () => {
  it('are six, online, marked as samples, soonest first, with titles of their own', () => {
    const samples = sampleSessions(NOW);
    expect(samples).to.have.length(6);
    expect(samples.every(({ sample, format }) => sample && format === 'online')).to.equal(true);
    expect(new Set(samples.map(({ title }) => title)).size).to.equal(6);
    const starts = samples.map(({ startsAt }) => startsAt.getTime());
    expect(starts).to.deep.equal([...starts].sort((a, b) => a - b));
    expect(samples.map(({ capacity }) => capacity)).to.include.members([30, 25, 12]);
  });

  it('state no length in their titles, since none is known', () => {
    for (const { title } of sampleSessions(NOW))
      expect(title).to.not.match(/\d|heure|jour|semaine/i);
  });

  it('offer captions, sign language and replays to some and not to others', () => {
    const samples = sampleSessions(NOW);
    for (const offer of ['captions', 'signLanguage', 'replay'] as const) {
      const with_ = samples.filter(({ accessibility }) => accessibility[offer]);
      expect(with_.length, offer).to.be.within(1, 5);
    }
  });

  it('are at least once at an hour that suits overseas', () => {
    const zones = sampleSessions(NOW).map(({ timeZone }) => timeZone);
    expect(zones).to.include.members(['Europe/Paris', 'America/Martinique']);
  });

  it('are in order, on working days, at working or evening hours, whenever they are made', () => {
    fc.assert(
      fc.property(anyMoment, (now) => {
        let before = now;
        for (const { startsAt, endsAt, timeZone } of sampleSessions(now)) {
          const start = DateTime.fromJSDate(startsAt, { zone: timeZone });
          expect(startsAt.getTime()).to.be.at.least(before.getTime());
          before = startsAt;
          expect(endsAt.getTime()).to.be.greaterThan(startsAt.getTime());
          expect(start.weekday).to.be.at.most(5);
          expect(isFrenchHoliday(start), start.toISO() ?? '').to.equal(false);
          expect(start.hour).to.be.within(9, 18);
          expect(start.diff(DateTime.fromJSDate(now), 'weeks').weeks).to.be.lessThan(10);
        }
      }),
    );
  });

  it('take their titles from the words they are given', () => {
    const samples = sampleSessions(NOW, (key) => `<${key}>`);
    expect(samples[0]?.title).to.equal('<sampleSession.discovery>');
  });
});

describe('public holidays in France', () => {
  for (const [year, days] of Object.entries(HOLIDAYS)) {
    it(`are those of the official calendar in ${year}`, () => {
      const first = DateTime.fromISO(`${year}-01-01`, { zone: 'Europe/Paris' });
      const found = Array.from({ length: first.daysInYear }, (_, days) => first.plus({ days }))
        .filter(isFrenchHoliday)
        .map((day) => day.toFormat('MM-dd'));
      expect(found).to.deep.equal(days);
    });
  }

  it('include the day that recalls the abolition of slavery where it is one', () => {
    const on = (zone: string) => isFrenchHoliday(DateTime.fromISO('2026-05-22', { zone }));
    expect(on('America/Martinique')).to.equal(true);
    expect(on('Europe/Paris')).to.equal(false);
  });
});
