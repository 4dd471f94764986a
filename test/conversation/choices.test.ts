import { expect } from 'chai';
import { choose } from '#conversation/choices.ts';
import { hear } from '#conversation/heard.ts';
import type { Reply } from '#conversation/reply.ts';
import type { Entity } from '#shared/recognition.ts';

const offered: readonly Reply[] = [
  {
    key: 'common:guess',
    choices: [
      { title: { key: 'common:choice.modify' }, action: { do: 'resume' } },
      { title: { key: 'common:choice.human' }, action: { do: 'way_out', way: 'human' } },
    ],
  },
];

/** What a message presses, when its number is found where it stands. */
function pressed(text: string, number: string, kind: 'number' | 'ordinal', value: string) {
  const start = text.indexOf(number);
  const entity: Entity = { kind, value, text: number, start, end: start + number.length };
  const heard = hear(text, {
    language: 'fr',
    intents: [],
    top3: [],
    action: 'unknown',
    entities: [entity],
    distress: 'no',
  });
  return choose(heard, offered, ({ key }) => key)?.do;
}

describe('A number for a button', () => {
  for (const [text, number, kind] of [
    ['2', '2', 'number'],
    ['la 2', '2', 'number'],
    ['2 svp', '2', 'number'],
    ['la deuxième', 'deuxième', 'ordinal'],
  ] as const) {
    it(`« ${text} » presses it`, () =>
      expect(pressed(text, number, kind, '2')).to.equal('way_out'));
  }

  for (const [text, number] of [
    ['bac+2', '2'],
    ['dans 2 mois', '2'],
    ['2 enfants', '2'],
    ['-1', '1'],
    ['je suis en seconde', 'seconde'],
    ['en dernier recours', 'dernier'],
  ] as const) {
    it(`« ${text} » does not`, () =>
      expect(pressed(text, number, 'number', '1')).to.equal(undefined));
  }

  it('beyond those shown presses nothing', () => {
    expect(pressed('9', '9', 'number', '9')).to.equal(undefined);
  });
});
