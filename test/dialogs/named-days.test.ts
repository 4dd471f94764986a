import { expect } from 'chai';
import { hear } from '#conversation/heard.ts';
import { anyWillDo, type NamedDay, namedDays } from '#dialogs/named-days.ts';
import { recognise } from '#test/understanding/recogniser.ts';

const read = async (text: string) => hear(text, await recognise(text));

const inWords = (named: NamedDay): string => {
  switch (named.kind) {
    case 'number':
      return String(named.number);
    case 'month':
      return `month ${named.month}`;
    case 'weekday':
      return `some ${named.day}`;
    case 'day':
      return named.day;
  }
};

/** What is said on Tuesday 24 November 2026, and the days in it. */
const CASES: readonly (readonly [string, ...string[]])[] = [
  ['10', '10'],
  ['le 10', '10'],
  ['celle du 10', '10'],
  ['mardi 8', '8'],
  ['le 9 décembre', '2026-12-09'],
  ['demain', '2026-11-25'],
  ['mercredi', 'some 2026-11-25'],
  ['mercredi prochain', '2026-11-25'],
  ['celle de janvier', 'month 1'],
  ['le 10 ça me va, pas de souci', '10'],
  ['pas le 10, le 14', '14'],
  ['je peux pas le 10 mais le 14 oui', '14'],
  ['plutot le 14 pas le 10', '14'],
  ['pourquoi pas le 10', '10'],
  // Numbers that are no days.
  ['en fait il me faut 14 minutes de pause'],
  ['oui pour 10 personnes'],
  ['le 31 février', 'month 2'],
  // Days that are turned down.
  ['je suis pas dispo le 10'],
  ['sauf le 14'],
  ['le 10 je peux pas'],
  ['je suis absente du 10 au 14'],
  ['pas en janvier'],
  ['jamais le mercredi'],
  ['je suis pas libre le 9 décembre'],
];

describe('Days that a message names', function () {
  this.timeout(120_000);

  for (const [text, ...days] of CASES) {
    it(`« ${text} »: ${days.join(', ') || 'none'}`, async () => {
      expect(namedDays(await read(text), 'fr').map(inWords)).to.deep.equal(days);
    });
  }

  for (const text of [
    'la plus proche',
    'le plus tôt possible',
    'peu importe',
    'n’importe laquelle',
    "n'importe quelle date",
    "ça m'est égal",
  ]) {
    it(`« ${text} »: whichever comes first`, async () => {
      expect(anyWillDo(await read(text))).to.equal(true);
    });
  }

  for (const text of ['pas la plus proche', 'celle de janvier', 'oui', "j'ai 3 enfants"]) {
    it(`« ${text} »: not whichever comes first`, async () => {
      expect(anyWillDo(await read(text))).to.equal(false);
    });
  }
});
