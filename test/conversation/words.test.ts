import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createWords } from '#conversation/words.ts';
import { AppError } from '#shared/errors.ts';

describe('createWords', () => {
  let dir: string;
  const write = (locale: string, name: string, content: string): void => {
    mkdirSync(join(dir, locale), { recursive: true });
    writeFileSync(join(dir, locale, `${name}.json`), content);
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'declic-words-'));
    write(
      'fr',
      'welcome',
      JSON.stringify({ greeting: 'Bonjour {{name}}.', thanks: 'Merci à vous.' }),
    );
    write(
      'fr',
      'booking',
      JSON.stringify({ room_one: '{{count}} place', room_other: '{{count}} places' }),
    );
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('fills what a sentence leaves open, sentences within sentences too', () => {
    const words = createWords(dir);
    const said = words.say('fr', 'welcome:greeting', { name: { key: 'welcome:thanks' } });
    expect(said).to.equal('Bonjour Merci à vous..');
  });

  it('counts in French: zero and one are singular', () => {
    const words = createWords(dir);
    const room = (count: number) => words.say('fr', 'booking:room', { count });
    expect([0, 1, 2].map(room)).to.deep.equal(['0 place', '1 place', '2 places']);
  });

  it('leaves what a person wrote as it is', () => {
    const words = createWords(dir);
    const said = words.say('fr', 'welcome:greeting', {
      name: '<b>{{count}} & $t(welcome:thanks)</b>',
    });
    expect(said).to.equal('Bonjour <b>{{count}} & $t(welcome:thanks)</b>.');
  });

  it('says in French what a variant does not have', () => {
    write('fr-x-tu', 'welcome', JSON.stringify({ thanks: 'Merci à toi.' }));
    const words = createWords(dir);
    expect(words.say('fr-x-tu', 'welcome:thanks')).to.equal('Merci à toi.');
    expect(words.say('fr-x-tu', 'welcome:greeting', { name: 'Awa' })).to.equal('Bonjour Awa.');
  });

  it('finds the nearest locale there is', () => {
    write('fr-x-tu', 'welcome', JSON.stringify({ thanks: 'Merci à toi.' }));
    const words = createWords(dir);
    const nearest = ['fr-FR', 'fr-x-tu', 'FR-X-TU', 'de-DE', undefined].map(words.nearest);
    expect(nearest).to.deep.equal(['fr', 'fr-x-tu', 'fr-x-tu', 'fr', 'fr']);
  });

  it('names the file that is not JSON', () => {
    write('fr', 'human', '{ "a": ');
    expect(() => createWords(dir)).to.throw(AppError, /human\.json/);
  });

  it('refuses to start without French', () => {
    rmSync(join(dir, 'fr'), { recursive: true });
    expect(() => createWords(dir)).to.throw(AppError, /French/);
  });
});
