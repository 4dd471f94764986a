import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { IANAZone } from 'luxon';
import { calendarTexts } from '#programme/calendar-words.ts';
import { overseasZone } from '#programme/overseas-zones.ts';

const PLACES = join(import.meta.dirname, '../../src/understanding/resources/fr/places.tsv');

describe('Zones of the overseas', () => {
  const places = readFileSync(PLACES, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([, , where]) => where === 'overseas')
    .map(([, value = '']) => value);

  it('are known for every overseas place that messages can name, with words for each', () => {
    expect(places.length).to.be.greaterThan(40);
    for (const place of places) {
      const zone = overseasZone(place) ?? '';
      expect(IANAZone.isValidZone(zone), place).to.equal(true);
      expect(calendarTexts('fr').zone(zone), place).to.match(/^heure d/);
    }
  });

  it('are not given to places of mainland France', () => {
    for (const place of ['Lille', '59', 'Bretagne', '']) {
      expect(overseasZone(place)).to.equal(undefined);
    }
  });
});
