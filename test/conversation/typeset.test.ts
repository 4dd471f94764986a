import { expect } from 'chai';
import { typesetFrench } from '#conversation/typeset.ts';

describe('typesetFrench', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Vraiment ?', 'Vraiment\u00a0?'],
    ['Dites « humain ».', 'Dites «\u00a0humain\u00a0».'],
    ['64 % en 2023', '64\u00a0% en 2023'],
    ['10 000 personnes', '10\u00a0000 personnes'],
    ['mardi 8 décembre à 9 h 30', 'mardi 8 décembre à 9\u00a0h 30'],
    ['le 06 12 34 56 78', 'le 06 12 34 56 78'],
    ['8 hommes', '8 hommes'],
  ];
  for (const [typed, said] of cases) {
    it(`holds together « ${typed} »`, () => expect(typesetFrench(typed)).to.equal(said));
  }
});
