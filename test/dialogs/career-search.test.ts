import { expect } from 'chai';
import { hear } from '#conversation/heard.ts';
import { careersFor, carried, joined, searchOf, WISHES } from '#dialogs/career-search.ts';
import type { DeclicTurn } from '#dialogs/world.ts';
import { CAREERS } from '#knowledge/careers.ts';
import type { Intent } from '#shared/intents.ts';
import type { Entity } from '#shared/recognition.ts';
import { frenchWords, TODAY } from '#test/support/declic.ts';

const ALL = { wishes: [], bestPaid: false } as const;

/** A turn whose message means these intents and holds these entities, `kind=value`. */
function turnWith(intents: readonly Intent[], ...entities: readonly string[]): DeclicTurn {
  const scored = intents.map((intent) => ({ intent, score: 0.9 }));
  const heard = hear('x', {
    language: 'fr',
    intents: scored,
    top3: scored,
    action: 'answer',
    entities: entities.map((one): Entity => {
      const [kind = '', value = ''] = one.split('=');
      return { kind, value, text: 'x', start: 0, end: 1 };
    }),
    distress: 'no',
  });
  return { heard } as DeclicTurn;
}

describe('Jobs that fit what is asked', () => {
  it('are all of them when nothing is asked', () => {
    expect(searchOf(turnWith(['career_explore']), {})).to.deep.equal(ALL);
    expect(careersFor(ALL, TODAY)).to.deep.equal(CAREERS);
  });

  it('are asked for by words, by intents, and by buttons, each once', () => {
    const turn = turnWith(['career_no_code', 'barrier_no_diploma'], 'career_wish=no_code');
    expect(searchOf(turn, { by: 'remote,best_paid' })).to.deep.equal({
      wishes: ['no_code', 'no_diploma', 'remote'],
      bestPaid: true,
    });
  });

  it('are not asked for by what a forged button invents', () => {
    expect(searchOf(turnWith([]), { by: 'free,no_code,__proto__' }).wishes).to.deep.equal([
      'no_code',
    ]);
  });

  it('come back from the button that carries what was asked', () => {
    const search = { wishes: ['remote', 'no_english'], bestPaid: true } as const;
    expect(searchOf(turnWith([]), { by: carried(search) })).to.deep.equal(search);
  });

  for (const wish of WISHES) {
    it(`are fewer by "${wish}", and none of the others fits`, () => {
      const fitting = careersFor({ wishes: [wish], bestPaid: false }, TODAY);
      expect(fitting.length).to.be.within(1, CAREERS.length - 1);
      const trait = {
        no_code: (id: string) => traitOf(id).code === 'none',
        no_diploma: (id: string) => traitOf(id).diploma === 'open',
        remote: (id: string) => traitOf(id).remote === 'often',
        short: (id: string) => (traitOf(id).months?.most ?? 99) <= 9,
        no_english: (id: string) => traitOf(id).english === 'none',
      }[wish];
      expect(CAREERS.filter(({ id }) => trait(id))).to.deep.equal(fitting);
    });
  }

  it('are all that is asked at once', () => {
    const both = careersFor({ wishes: ['no_code', 'remote'], bestPaid: false }, TODAY);
    const [codeless, remote] = (['no_code', 'remote'] as const).map((wish) =>
      careersFor({ wishes: [wish], bestPaid: false }, TODAY),
    );
    expect(both).to.deep.equal(codeless?.filter((career) => remote?.includes(career)));
  });

  it('come by pay, the best first, only where it is known and recent', () => {
    const paid = careersFor({ wishes: [], bestPaid: true }, TODAY);
    const middles = paid.map(({ pay }) => (pay === null ? Number.NaN : (pay.low + pay.high) / 2));
    expect(middles).to.deep.equal([...middles].sort((one, other) => other - one));
    const years = paid.map(({ pay }) => pay?.year ?? 0);
    expect(Math.min(...years)).to.be.at.least(2023);
    const old = CAREERS.filter(({ pay }) => pay !== null && pay.year < 2023);
    expect(paid).not.to.include.members(old);
    const later = new Date('2040-01-01T00:00:00Z');
    expect(careersFor({ wishes: [], bestPaid: true }, later)).to.deep.equal([]);
  });

  it('are told by what they were chosen by, however much it is', () => {
    const texts = WISHES.map((wish) => ({ key: `jobs:by.${wish}` as const }));
    const said = (count: number): string => {
      const text = joined(texts.slice(0, count));
      return frenchWords.say('fr', text.key, text.values);
    };
    expect(said(1)).to.equal('sans coder');
    expect(said(2)).to.match(/^sans coder et où le diplôme/);
    expect(said(3)).to.match(/^sans coder, où [^,]+ et souvent/);
    expect(said(5).split(', ')).to.have.length(4);
    expect(said(5)).to.match(/ et sans anglais$/);
  });
});

const traitOf = (id: string) => CAREERS.find((career) => career.id === id)!;
