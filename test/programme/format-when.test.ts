import { expect } from 'chai';
import { describeWhen } from '#programme/format-when.ts';

const session = (startsAt: string, endsAt: string, timeZone = 'Europe/Paris') => ({
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
  timeZone,
});
const morning = session('2026-12-08T08:00:00Z', '2026-12-08T11:30:00Z');

/** What a machine set to another zone would say; `TZ` is read again at each change. */
function onMachineIn<T>(zone: string, work: () => T): T {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}

describe('when a session is, in words', () => {
  for (const machine of ['UTC', 'Europe/Paris', 'Pacific/Noumea']) {
    it(`is the same whatever the zone of the machine (${machine})`, () => {
      expect(onMachineIn(machine, () => describeWhen(morning, 'Europe/Paris', 'fr'))).to.deep.equal(
        {
          weekday: 'mardi',
          date: '8 décembre 2026',
          day: 'mardi 8 décembre 2026',
          startTime: '9 h',
          endTime: '12 h 30',
          endDay: undefined,
          duration: '3 heures et 30 minutes',
          zoneNote: undefined,
          timeZone: 'Europe/Paris',
        },
      );
    });
  }

  const overseas: readonly [string, string, string, string, string][] = [
    ['America/Martinique', 'mardi 8 décembre 2026', '4 h', '7 h 30', 'heure de la Martinique'],
    ['America/Guadeloupe', 'mardi 8 décembre 2026', '4 h', '7 h 30', 'heure de la Guadeloupe'],
    ['America/Cayenne', 'mardi 8 décembre 2026', '5 h', '8 h 30', 'heure de la Guyane'],
    [
      'America/Miquelon',
      'mardi 8 décembre 2026',
      '5 h',
      '8 h 30',
      'heure de Saint-Pierre-et-Miquelon',
    ],
    ['Indian/Reunion', 'mardi 8 décembre 2026', '12 h', '15 h 30', 'heure de La Réunion'],
    ['Indian/Mayotte', 'mardi 8 décembre 2026', '11 h', '14 h 30', 'heure de Mayotte'],
    [
      'Pacific/Noumea',
      'mardi 8 décembre 2026',
      '19 h',
      '22 h 30',
      'heure de la Nouvelle-Calédonie',
    ],
    ['Pacific/Wallis', 'mardi 8 décembre 2026', '20 h', '23 h 30', 'heure de Wallis-et-Futuna'],
    ['Pacific/Tahiti', 'lundi 7 décembre 2026', '22 h', '1 h 30', 'heure de Tahiti'],
    ['Pacific/Marquesas', 'lundi 7 décembre 2026', '22 h 30', '2 h', 'heure des îles Marquises'],
  ];
  for (const [zone, day, startTime, endTime, zoneNote] of overseas) {
    it(`is on the clock of the person in ${zone}, and says so`, () => {
      const when = describeWhen(morning, zone, 'fr');
      expect(when).to.deep.include({ day, startTime, endTime, zoneNote, timeZone: zone });
    });
  }

  it('names the day of the end when it is another one for the person', () => {
    const when = describeWhen(morning, 'Pacific/Tahiti', 'fr');
    expect(when.endDay).to.equal('mardi 8 décembre 2026');
  });

  it('says nothing of the zone when both clocks show the same hour', () => {
    expect(describeWhen(morning, 'Europe/Brussels', 'fr').zoneNote).to.equal(undefined);
  });

  it('says whose hour it is when the person’s zone is unknown and the session’s is not Paris', () => {
    const island = session('2026-12-08T05:00:00Z', '2026-12-08T07:00:00Z', 'Indian/Reunion');
    for (const zone of [undefined, '', 'Mars/Olympus', '../../etc/passwd']) {
      expect(describeWhen(island, zone, 'fr')).to.deep.include({
        startTime: '9 h',
        zoneNote: 'heure de La Réunion',
        timeZone: 'Indian/Reunion',
      });
      expect(describeWhen(morning, zone, 'fr').zoneNote).to.equal(undefined);
    }
  });

  it('has words for a zone that the team’s file does not name', () => {
    const note = describeWhen(morning, 'America/New_York', 'fr').zoneNote;
    expect(note).to.match(/nord-américain/);
  });

  it('writes the first of the month as French does', () => {
    const first = session('2027-06-01T07:00:00Z', '2027-06-01T09:00:00Z');
    expect(describeWhen(first, undefined, 'fr').day).to.equal('mardi 1er juin 2027');
  });

  it('keeps the hour of Paris on both sides of a change of clocks', () => {
    const before = session('2027-03-26T08:00:00Z', '2027-03-26T10:00:00Z');
    const after = session('2027-03-29T07:00:00Z', '2027-03-29T09:00:00Z');
    for (const each of [before, after]) {
      expect(describeWhen(each, 'Europe/Paris', 'fr')).to.deep.include({
        startTime: '9 h',
        endTime: '11 h',
        duration: '2 heures',
      });
    }
    expect(describeWhen(before, 'Indian/Reunion', 'fr').startTime).to.equal('12 h');
    expect(describeWhen(after, 'Indian/Reunion', 'fr').startTime).to.equal('11 h');
  });

  it('counts the time that passes, not the hands of the clock, over a night of change', () => {
    const longNight = session('2026-10-24T23:00:00Z', '2026-10-25T03:00:00Z');
    const when = describeWhen(longNight, 'Europe/Paris', 'fr');
    expect(when).to.deep.include({ startTime: '1 h', endTime: '4 h', duration: '4 heures' });
  });

  it('counts in days when it lasts several, the first and the last included', () => {
    const edition = session('2027-06-08T07:00:00Z', '2027-06-18T15:00:00Z');
    expect(describeWhen(edition, undefined, 'fr')).to.deep.include({
      duration: '11 jours',
      endDay: 'vendredi 18 juin 2027',
    });
    const untilMidnight = session('2027-06-08T07:00:00Z', '2027-06-09T22:00:00Z');
    expect(describeWhen(untilMidnight, undefined, 'fr').duration).to.equal('2 jours');
    const overTheChange = session('2027-03-26T08:00:00Z', '2027-03-29T15:00:00Z');
    expect(describeWhen(overTheChange, undefined, 'fr').duration).to.equal('4 jours');
  });

  it('speaks French to a variant of French, and to a language that has no texts yet', () => {
    for (const locale of ['fr-FR', 'fr-x-tu', 'fr-x-facile', 'eo', '../../etc', '']) {
      expect(describeWhen(morning, undefined, locale).day, locale).to.equal(
        'mardi 8 décembre 2026',
      );
    }
  });
});
