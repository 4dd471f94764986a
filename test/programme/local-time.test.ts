import { expect } from 'chai';
import { instantAt, isTimeZone } from '#programme/local-time.ts';

const at = (day: string, time: string, zone: string) => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return instantAt({ year, month, day: date, hour, minute }, zone);
};

describe('a local date and hour', () => {
  it('is one instant on an ordinary day, in each zone of France', () => {
    const instants: readonly [string, string][] = [
      ['Europe/Paris', '2026-12-08T08:00:00.000Z'],
      ['America/Martinique', '2026-12-08T13:00:00.000Z'],
      ['America/Cayenne', '2026-12-08T12:00:00.000Z'],
      ['America/Miquelon', '2026-12-08T12:00:00.000Z'],
      ['Indian/Reunion', '2026-12-08T05:00:00.000Z'],
      ['Pacific/Noumea', '2026-12-07T22:00:00.000Z'],
      ['Pacific/Tahiti', '2026-12-08T19:00:00.000Z'],
    ];
    for (const [zone, instant] of instants) {
      expect(at('2026-12-08', '09:00', zone)).to.deep.equal({
        kind: 'instant',
        at: new Date(instant),
      });
    }
  });

  it('is refused when it comes twice (IC-26)', () => {
    expect(at('2026-10-25', '02:30', 'Europe/Paris').kind).to.equal('ambiguous');
    expect(at('2026-10-25', '02:00', 'Europe/Paris').kind).to.equal('ambiguous');
    expect(at('2026-11-01', '01:30', 'America/Miquelon').kind).to.equal('ambiguous');
  });

  it('is refused when the clocks jump over it (IC-26)', () => {
    expect(at('2027-03-28', '02:30', 'Europe/Paris').kind).to.equal('missing');
    expect(at('2027-03-28', '02:00', 'Europe/Paris').kind).to.equal('missing');
    expect(at('2027-03-14', '02:30', 'America/Miquelon').kind).to.equal('missing');
  });

  it('is one instant right before and after a change of clocks', () => {
    for (const [day, time] of [
      ['2026-10-25', '01:59'],
      ['2026-10-25', '03:00'],
      ['2027-03-28', '01:59'],
      ['2027-03-28', '03:00'],
    ] as const) {
      expect(at(day, time, 'Europe/Paris').kind, `${day} ${time}`).to.equal('instant');
    }
    expect(at('2026-10-25', '02:30', 'Indian/Reunion').kind).to.equal('instant');
  });

  it('knows a zone from a name that is none', () => {
    expect(['Europe/Paris', 'Indian/Reunion'].every(isTimeZone)).to.equal(true);
    const none = ['', 'Paris', 'Mars/Olympus', 'Europe/Paris\r\nX:y', '+02:00', 'EST', 'GMT+2'];
    for (const name of none) expect(isTimeZone(name), name).to.equal(false);
  });
});
