import { expect } from 'chai';
import fc from 'fast-check';
import type { Intent } from '#shared/intents.ts';
import { type GuessedMessage, groupMessages } from '#understanding/evaluation/group-messages.ts';

const message = (
  text: string,
  guesses: Readonly<Partial<Record<Intent, number>>> = {},
  language = 'fr',
): GuessedMessage => ({
  text,
  language,
  words: text
    .toLowerCase()
    .split(/[\s'.?!]+/)
    .filter((word) => word !== ''),
  guesses: Object.entries(guesses).map(([intent, score]) => ({ intent: intent as Intent, score })),
});

const examplesOf = (messages: readonly GuessedMessage[]) =>
  groupMessages(messages).map(({ examples }) => [...examples].sort());

describe('Messages that were not understood', () => {
  const screens = [
    message("j'ai que mon téléphone pour suivre", { barrier_equipment: 0.4, none: 0.3 }),
    message('que mon téléphone pour suivre moi', { barrier_equipment: 0.3, none: 0.2 }),
    message('avec mon téléphone pour suivre', { programme_format: 0.2, barrier_equipment: 0.2 }),
  ];
  const weather = [
    message('il va pleuvoir demain', { none: 0.6, session_list: 0.1 }),
    message('il va pleuvoir ou quoi', { none: 0.7 }),
  ];
  const alone = message('zorglub', { greeting: 0.1 });

  it('come in groups of what is alike, the largest first', () => {
    const [a, b, c] = screens.map(({ text }) => text);
    const [d, e] = weather.map(({ text }) => text);
    for (const order of [
      [alone, ...weather, ...screens],
      [...screens, alone, ...weather],
    ]) {
      expect(examplesOf(order)).to.deep.equal([[a, b, c].sort(), [d, e].sort(), ['zorglub']]);
    }
  });

  it('tell what they may mean together, and in which languages they are', () => {
    const [group] = groupMessages([
      ...screens,
      ...weather,
      alone,
      message('mon téléphone pour suivre', { barrier_equipment: 0.3 }, 'en'),
    ]);
    expect(group).to.deep.include({ count: 4, languages: { fr: 3, en: 1 } });
    expect(group?.guesses[0]?.intent).to.equal('barrier_equipment');
    expect(group?.guesses[0]?.score).to.be.closeTo(1.2 / 4, 1e-9);
    expect(group?.guesses.map(({ intent }) => intent)).to.have.members([
      'barrier_equipment',
      'none',
      'programme_format',
    ]);
  });

  it('are brought together by what they were taken for, where they share no word', () => {
    const said = { booking_cancel: 0.5, booking_reschedule: 0.3 };
    const texts = ['je viendrai plus', 'annulation', 'cancel it', 'libérez ma chaise'];
    const others = ['bac obligatoire', 'sans brevet', 'no degree'].map((text) =>
      message(text, { barrier_no_diploma: 0.5 }),
    );
    const groups = examplesOf([...others, ...texts.map((text) => message(text, said))]);
    expect(groups.map(({ length }) => length)).to.deep.equal([4, 3]);
  });

  it('said by many count as many, and are shown once', () => {
    const [group, ...others] = groupMessages([
      ...Array.from({ length: 7 }, () => message('Zorglub ?', { greeting: 0.1 })),
      message('zorglub', { greeting: 0.1 }),
      ...weather,
    ]);
    expect(group).to.deep.include({ count: 8, examples: ['Zorglub ?'] });
    expect(others.map(({ count }) => count)).to.deep.equal([2]);
  });

  it('are shown by five examples at most', () => {
    const many = Array.from({ length: 9 }, (_, n) => message(`mon téléphone ${n}`, { none: 0.5 }));
    const [group] = groupMessages(many);
    expect(group?.count).to.equal(9);
    expect(group?.examples).to.have.length(5);
  });

  it('are none at all when there are none, and may have no words', () => {
    expect(groupMessages([])).to.deep.equal([]);
    const wordless = [message('?!'), message('…')];
    expect(groupMessages(wordless).map(({ count }) => count)).to.deep.equal([1, 1]);
  });

  it('are each in one group, whatever they are', () => {
    const word = fc.constantFrom(
      'mon',
      'téléphone',
      'pas',
      'bac',
      'le',
      'oui',
      'demain',
      'none',
      '',
    );
    const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
    const guesses = fc.constantFrom(
      {},
      { none: 0.4 },
      { barrier_equipment: 0.2, none: 0.1 },
      { help: 0 },
    );
    const messages = fc.array(
      fc.tuple(text, guesses).map(([said, guess]) => message(said, guess)),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(messages, (all) => {
        const groups = groupMessages(all);
        const counts = groups.map(({ count }) => count);
        expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(all.length);
        expect(counts).to.deep.equal(counts.toSorted((a, b) => b - a));
        const shown = groups.flatMap(({ examples }) => examples);
        expect(new Set(shown).size).to.equal(shown.length);
      }),
    );
  });
});
