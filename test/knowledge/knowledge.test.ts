import { expect } from 'chai';
import { ANSWERS, answerFor } from '#knowledge/answers.ts';
import { CAREER_ANSWERS, careerAnswerFor } from '#knowledge/career-answers.ts';
import { CAREERS } from '#knowledge/careers.ts';
import { DOUBTS, doubtFor } from '#knowledge/doubts.ts';
import { HELPLINES } from '#knowledge/helplines.ts';
import { SOURCES, sourceOf } from '#knowledge/sources.ts';
import { INTENT_NAMES, type Intent } from '#shared/intents.ts';
import doubts from '../../locales/fr/doubts.json' with { type: 'json' };
import jobs from '../../locales/fr/jobs.json' with { type: 'json' };
import programme from '../../locales/fr/programme.json' with { type: 'json' };
import safety from '../../locales/fr/safety.json' with { type: 'json' };
import { messagesOf, sentencesOf } from './french-text.ts';
import { MAX_CHARACTERS, statesFigure } from './text-checks.ts';

describe('doubts', () => {
  it('answer each barrier intent, once', () => {
    const barriers = INTENT_NAMES.filter((intent) => intent.startsWith('barrier_'));
    expect(DOUBTS.map(({ intent }) => intent)).to.have.members(barriers);
    expect(DOUBTS.map(({ intent, key }) => [intent, `barrier_${key}`])).to.satisfy(
      (pairs: string[][]) => pairs.every(([intent, named]) => intent === named),
    );
    expect(doubtFor('programme_price')).to.equal(undefined);
  });

  for (const doubt of DOUBTS) {
    const text = doubts[doubt.key];

    describe(doubt.intent, () => {
      it('has all its beats, none empty', () => {
        const beats = ['name', 'hear', 'fact', 'model', 'step', 'again'];
        expect(Object.keys(text)).to.have.members(beats);
        expect(Object.values(text).filter((beat) => beat.trim() === '')).to.deep.equal([]);
      });

      it('fits its model and its step in one message', () => {
        const together = `${text.model} ${text.step}`;
        expect(together.length, together).to.be.at.most(MAX_CHARACTERS);
      });

      it('asks one short question as its step', () => {
        expect(sentencesOf(text.step)).to.have.length(1);
        expect(text.step).to.match(/\u00a0\?$/);
        expect(text.step.length).to.be.at.most(60);
      });

      it('says a second time something else than the first', () => {
        for (const sentence of sentencesOf(text.again)) {
          expect(`${text.hear} ${text.fact} ${text.model}`).not.to.include(sentence);
        }
      });

      it('rests on sources, whichever way it is answered', () => {
        expect(doubt.sources).not.to.have.length(0);
        expect(doubt.sourcesAgain).not.to.have.length(0);
      });

      it('names a real person, or says that its path is made up', () => {
        const admits = /parcours type, pas une vraie personne/.test(text.model);
        expect(admits).to.equal(doubt.model.kind === 'composite');
      });

      it('offers two or three small steps, the last being "not now"', () => {
        expect(doubt.steps.length).to.be.within(2, 3);
        expect(doubt.steps.at(-1)).to.equal('not_now');
        expect([...doubt.steps]).to.include('hear_someone');
        expect(new Set(doubt.steps).size).to.equal(doubt.steps.length);
      });
    });
  }

  it('open each in their own way', () => {
    const openings = DOUBTS.map(({ key }) => doubts[key].hear.split(/\s/).slice(0, 2).join(' '));
    expect(new Set(openings).size, openings.join(' | ')).to.equal(DOUBTS.length);
    expect(openings.filter((opening) => opening.startsWith('Vous vous'))).to.deep.equal([]);
  });

  it('have buttons that fit WhatsApp', () => {
    const titles = [...Object.values(doubts.buttons), ...Object.values(safety.buttons)];
    expect(titles.filter((title) => title.length > 20)).to.deep.equal([]);
  });
});

describe('answers', () => {
  it('have their sentences in the programme namespace', () => {
    const missing = ANSWERS.filter(({ key }) => !('text' in programme[key]));
    expect(missing).to.deep.equal([]);
  });

  it('answer each intent at most once', () => {
    const intents = ANSWERS.map(({ intent }) => intent);
    expect(new Set(intents).size).to.equal(intents.length);
  });

  it('cover every question on the programme, its partners and careers but lists of jobs', () => {
    const asked = INTENT_NAMES.filter((intent) =>
      /^(programme|partner|sister|career)_|^(role_models|report_discrimination)$/.test(intent),
    );
    const answered = (intent: Intent) => answerFor(intent) ?? careerAnswerFor(intent);
    expect(asked.filter((intent) => answered(intent) === undefined)).to.deep.equal([
      'career_explore',
      'career_no_code',
    ]);
    expect(answerFor('greeting')).to.equal(undefined);
  });

  it('rest on sources whenever they state a figure', () => {
    const figures = ANSWERS.filter(({ key }) =>
      messagesOf(programme[key]).some(({ text }) => statesFigure(text)),
    );
    expect(figures).not.to.have.length(0);
    expect(figures.filter(({ sources }) => [...sources].length === 0)).to.deep.equal([]);
  });

  it('about jobs at large rest on sources whenever they state a figure', () => {
    const { general } = jobs;
    const figures = CAREER_ANSWERS.filter(({ key }) =>
      messagesOf(general[key]).some(({ text }) => statesFigure(text)),
    );
    expect(figures).not.to.have.length(0);
    expect(figures.filter(({ sources }) => sources.length === 0)).to.deep.equal([]);
  });

  it('have three ways to say that the answer is unknown', () => {
    expect(new Set(Object.values(programme.unknown)).size).to.equal(3);
  });
});

describe('sources', () => {
  it('are public pages', () => {
    for (const { id, title, url, year } of SOURCES) {
      expect(new URL(url).protocol, id).to.match(/^https?:$/);
      expect(title.trim(), id).not.to.equal('');
      if (year !== undefined) expect(year, id).to.be.within(2010, 2030);
    }
  });

  it('are each used by a sentence, so that none is kept for nothing', () => {
    const used = new Set<string>([
      ...DOUBTS.flatMap(({ sources, sourcesAgain }) => [...sources, ...sourcesAgain]),
      ...DOUBTS.flatMap(({ model }) => (model.kind === 'person' ? [model.source] : [])),
      ...ANSWERS.flatMap(({ sources }) => [...sources]),
      ...HELPLINES.flatMap(({ sources }) => [...sources]),
      ...CAREER_ANSWERS.flatMap(({ sources }) => [...sources]),
      ...CAREERS.flatMap(({ sources }) => [...sources]),
    ]);
    expect(SOURCES.map(({ id }) => id).filter((id) => !used.has(id))).to.deep.equal([]);
    expect(sourceOf('P1').id).to.equal('P1');
  });
});

describe('helplines', () => {
  const known = new Set<string>(HELPLINES.map(({ number }) => number));
  const numbersIn = (text: string): string[] =>
    text.replaceAll('39\u00a028', '3928').match(/\d+/g) ?? [];

  it('are the only numbers that messages about distress contain', () => {
    for (const { key, text } of messagesOf(safety)) {
      expect(
        numbersIn(text).filter((number) => !known.has(number)),
        key,
      ).to.deep.equal([]);
    }
  });

  it('are in the first answer to distress, to violence and to someone worried', () => {
    const given = (answer: { text: string; more: string }) =>
      numbersIn(`${answer.text} ${answer.more}`);
    expect(given(safety.yes)).to.include.members(['3114', '15', '112', '114', '119', '3919']);
    expect(given(safety.maybe_yes)).to.include.members(['3114', '15', '17', '112', '114', '119']);
    expect(given(safety.unsaid)).to.include.members(['3114', '15', '17', '112', '114', '119']);
    expect(given(safety.unnamed)).to.include.members(['3114', '15', '17', '112', '114', '3919']);
    expect(given(safety.violence)).to.include.members(['17', '112', '114', '119', '3919']);
    expect(given(safety.relative)).to.include.members(['3114', '15', '112', '119']);
    expect(numbersIn(safety.maybe)).to.include('3114');
  });

  it('are told again while the person stays, those of their danger', () => {
    for (const text of [safety.stay.first, safety.stay.third, safety.stay.last]) {
      expect(numbersIn(text), text).to.include('3114');
    }
    for (const text of Object.values(safety.stay_violence)) {
      expect(numbersIn(text), text).to.include('17');
    }
    expect(numbersIn(safety.call_back.self)).to.include('3114');
    expect(numbersIn(safety.call_back.violence)).to.include.members(['3919', '17']);
  });

  it('never come, for violence, with the advice to show the conversation', () => {
    const { violence, stay_violence, call_back, beside_form } = safety;
    const spoken = messagesOf({ violence, stay_violence, call_back, beside_form });
    expect(spoken.filter(({ text }) => /montre/i.test(text))).to.deep.equal([]);
    // Violence may be taken for something else: elsewhere it is somebody trusted who is shown it.
    for (const { key, text } of messagesOf(safety).filter((one) => /montrer/i.test(one.text))) {
      expect(text, key).to.include('personne de confiance');
    }
  });

  it('come with nothing about the programme in messages about distress', () => {
    const { back: _, ...buttons } = safety.buttons;
    const spoken = messagesOf({ ...safety, buttons });
    expect(spoken.filter(({ text }) => /DéClics|session|numérique/i.test(text))).to.deep.equal([]);
  });

  it('include the number for discrimination where it is reported', () => {
    expect(numbersIn(programme.report_discrimination.more)).to.include('3928');
  });
});
