import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '#shared/errors.ts';
import { checkProject } from '#understanding/clu/project/check-project.ts';
import { chooseUtterances } from '#understanding/clu/project/choose-utterances.ts';
import type { CluProject, Utterance } from '#understanding/clu/project/clu-project.ts';
import { createJobLabels } from '#understanding/clu/project/label-jobs.ts';
import { projectEntities } from '#understanding/clu/project/project-entities.ts';
import { readProjects } from '#understanding/clu/project/read-project.ts';
import { LOCALES } from '../recogniser.ts';
import { publicClu } from './public-clu.ts';

describe('the phrases chosen for Azure CLU', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'declic-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const phrases = (locale: string, intent: string, ...lines: string[]) => {
    mkdirSync(join(folder, locale, 'phrases'), { recursive: true });
    writeFileSync(join(folder, locale, 'phrases', `${intent}.txt`), lines.join('\n'));
  };
  const many = (word: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${word} ${index}`);

  it('leave out the blind, the repeated and the too long, and say how many', () => {
    phrases('fr', 'affirm', 'ok', 'oui', 'Volontiers !', 'a'.repeat(501));
    phrases('en', 'affirm', 'OK', 'yes');
    const { phrases: chosen, leftOut } = chooseUtterances(folder, ['fr', 'en'], ['volontiers']);
    expect(chosen.map(({ language, text }) => `${language} ${text}`)).to.have.members([
      'fr ok',
      'fr oui',
      'en yes',
    ]);
    expect(leftOut).to.deep.equal({ blind: 1, repeated: 1, tooLong: 1, overTheLimit: 0 });
  });

  it('take from the intents that have the most when the project is full', () => {
    phrases('fr', 'none', ...many('blabla', 50));
    phrases('fr', 'greeting', ...many('bonjour', 8));
    const { phrases: chosen, leftOut } = chooseUtterances(folder, ['fr'], [], 30);
    const count = (intent: string) => chosen.filter((it) => it.intent === intent).length;
    expect([count('none'), count('greeting')]).to.deep.equal([22, 8]);
    expect(leftOut.overTheLimit).to.equal(28);
  });

  it('keep their place in Train or Test when phrases are added', () => {
    phrases('fr', 'greeting', ...many('bonjour', 60));
    const before = chooseUtterances(folder, ['fr'], []).phrases;
    phrases('fr', 'greeting', ...many('bonjour', 60), ...many('salut', 60));
    const after = chooseUtterances(folder, ['fr'], []).phrases;
    expect(after).to.deep.include.members([...before]);
    expect(before.filter(({ dataset }) => dataset === 'Test')).to.not.have.length(0);
  });

  it('always leave something to learn', () => {
    const tested = many('salut', 200).filter((text) => {
      phrases('fr', 'greeting', text);
      return chooseUtterances(folder, ['fr'], []).phrases[0]?.dataset === 'Test';
    });
    expect(tested).to.deep.equal([]);
  });
});

describe('the lists for Azure CLU', () => {
  it('have each word under one value, and none that only counts beside another', () => {
    const folder = mkdtempSync(join(tmpdir(), 'declic-'));
    mkdirSync(join(folder, 'xx'));
    const lines = ['g\ta\tun mot,deux,mot*,nice?', 'g\tb\tdeux,l ete', 'filler\tfiller\teuh'];
    writeFileSync(join(folder, 'xx', 'values.tsv'), lines.join('\n'));
    const entities = projectEntities(folder, 'xx', ['l\u2019été', 'en été', 'cet ete']);
    rmSync(folder, { recursive: true });
    expect(entities.filter(({ list }) => list !== undefined)).to.deep.equal([
      {
        category: 'g',
        compositionSetting: 'combineComponents',
        list: {
          sublists: [
            { listKey: 'a', synonyms: [{ language: 'xx', values: ['deux', 'un mot'] }] },
            { listKey: 'b', synonyms: [{ language: 'xx', values: ['l ete', "l'ete", "l'été"] }] },
          ],
        },
      },
    ]);
  });
});

describe('the labels for Azure CLU', () => {
  const label = createJobLabels(LOCALES, 'fr');
  const labelled = (text: string) =>
    label(text).map((it) => `${it.category}=${text.slice(it.offset, it.offset + it.length)}`);

  it('stand where the words do, after emoji, accents and apostrophes', () => {
    expect(labelled("👩🏽‍💻🙂 j'étais Caissière, maintenant développeuse web")).to.deep.equal([
      'occupation=Caissière',
      'career=développeuse web',
    ]);
  });

  it('never overlap', () => {
    const text = 'technicien support, technicienne de maintenance informatique, graphiste 3d';
    let from = 0;
    for (const { offset, length } of label(text)) {
      expect(offset).to.be.at.least(from);
      from = offset + length;
    }
    expect(from).to.be.above(0);
  });
});

describe('a project for Azure CLU is refused', () => {
  const utterance = (changes: Partial<Utterance>): Utterance => ({
    text: 'bonjour',
    language: 'fr',
    intent: 'greeting',
    entities: [],
    dataset: 'Train',
    ...changes,
  });
  const projectOf = (utterances: readonly Utterance[], assets: object = {}): CluProject => ({
    projectFileVersion: '2022-10-01-preview',
    stringIndexType: 'Utf16CodeUnit',
    metadata: {
      projectKind: 'Conversation',
      settings: { confidenceThreshold: 0 },
      projectName: 'declic',
      multilingual: true,
      description: '',
      language: 'fr',
    },
    assets: {
      projectKind: 'Conversation',
      intents: [{ category: 'greeting' }],
      entities: [{ category: 'career' }],
      utterances,
      ...assets,
    },
  });
  const label = (offset: number, length: number, category = 'career') => ({
    category,
    offset,
    length,
  });

  it('never when it keeps the rules', () => {
    expect(checkProject(projectOf([utterance({ entities: [label(0, 3), label(3, 4)] })]))).to.be
      .empty;
  });

  for (const [what, project, fault] of [
    ['an empty phrase', projectOf([utterance({}), utterance({ text: '' })]), 'is empty'],
    ['a phrase of 501 characters', projectOf([utterance({ text: 'é'.repeat(501) })]), 'too long'],
    [
      'an intent that is not declared',
      projectOf([utterance({}), utterance({ text: 'x', intent: 'thanks' })]),
      'intent is not declared',
    ],
    [
      'an entity that is not declared',
      projectOf([utterance({ entities: [label(0, 1, 'city')] })]),
      'No such entity',
    ],
    ['a label past the end', projectOf([utterance({ entities: [label(4, 4)] })]), 'outside'],
    ['a label of nothing', projectOf([utterance({ entities: [label(4, 0)] })]), 'outside'],
    [
      'labels that overlap',
      projectOf([utterance({ entities: [label(0, 4), label(3, 2)] })]),
      'overlap',
    ],
    [
      'a phrase with two intents',
      projectOf([utterance({}), utterance({ text: 'Bonjour ' })]),
      'there twice',
    ],
    [
      'an intent that nothing teaches',
      projectOf([utterance({ dataset: 'Test' })]),
      'Nothing teaches the intent: greeting',
    ],
    [
      'an intent declared twice',
      projectOf([utterance({})], { intents: [{ category: 'greeting' }, { category: 'greeting' }] }),
      'declared twice',
    ],
    [
      'an entity declared twice',
      projectOf([utterance({})], { entities: [{ category: 'a' }, { category: 'a' }] }),
      'declared twice',
    ],
    [
      'a name with a forbidden sign',
      projectOf([utterance({})], { entities: [{ category: 'what?' }] }),
      'is refused: what?',
    ],
    [
      'a value twice',
      projectOf([utterance({})], {
        entities: [
          {
            category: 'a',
            list: {
              sublists: [
                { listKey: 'x', synonyms: [] },
                { listKey: 'x', synonyms: [] },
              ],
            },
          },
        ],
      }),
      'a value twice',
    ],
    [
      'eight components',
      projectOf([utterance({})], {
        entities: [
          { category: 'a', prebuilts: Array.from({ length: 8 }, (_, i) => ({ category: `${i}` })) },
        ],
      }),
      'components',
    ],
    [
      'too many intents',
      projectOf([utterance({})], {
        intents: Array.from({ length: 501 }, (_, i) => ({ category: `i${i}` })),
      }),
      'More than 500',
    ],
    [
      'too many utterances',
      projectOf(Array.from({ length: 50_001 }, (_, i) => utterance({ text: `${i}` }))),
      'Too many utterances',
    ],
  ] as const) {
    it(`for ${what}`, () => {
      expect(checkProject(project).join('\n')).to.include(fault);
    });
  }
});

describe('projects of Azure CLU are read back', () => {
  it('from a file that the service wrote', function () {
    const file = publicClu<{ assets: { utterances: { text: string }[] } }>(
      this,
      'project-export-BasicAssistantCLU.json',
    );
    const [project, ...others] = readProjects(JSON.stringify(file));
    expect(others).to.have.length(0);
    expect(project?.name).to.equal('BasicAssistantCLU');
    expect(project?.phrases.map(({ text }) => text)).to.deep.equal(
      file.assets.utterances.map(({ text }) => text),
    );
    expect(new Set(project?.phrases.map(({ intent }) => intent))).to.deep.equal(
      new Set(['none', 'Help', 'Cancel']),
    );
    expect(new Set(project?.phrases.map(({ language }) => language))).to.deep.equal(
      new Set(['en']),
    );
  });

  it('from the examples of the API, in both spellings', function () {
    const examples = publicClu<object[]>(this, 'authoring-examples.json');
    const projects = readProjects(JSON.stringify(examples));
    expect(projects.map(({ name }) => name)).to.deep.equal(['EmailApp', 'EmailApp']);
    for (const { phrases } of projects) {
      expect(phrases).to.deep.equal([
        { text: "Open Blake's email", language: 'en', intent: 'Read', dataset: 'Train' },
        { text: 'Delete last email', language: 'en', intent: 'Delete', dataset: 'Test' },
      ]);
    }
  });

  const FILE = {
    projectFileVersion: '2022-05-01',
    metadata: { projectKind: 'Conversation', projectName: 'p', language: 'fr-fr' },
    assets: { utterances: [{ text: 'rien', intent: 'None', somethingNew: 1 }] },
  };

  it('with None as none, the language of the project where a phrase has none, and a mark', () => {
    const [project] = readProjects(`\ufeff${JSON.stringify(FILE)}`);
    expect(project?.phrases).to.deep.equal([
      { text: 'rien', intent: 'none', language: 'fr', dataset: undefined },
    ]);
  });

  for (const [what, content, why] of [
    ['text', 'bonjour', 'not JSON'],
    ['a list without a project', '[1, {}]', 'no project'],
    ['an object that is none', '{}', 'metadata'],
    [
      'a file without a version',
      JSON.stringify({ ...FILE, projectFileVersion: undefined }),
      'projectFileVersion',
    ],
    [
      'an orchestration',
      JSON.stringify({ ...FILE, metadata: { ...FILE.metadata, projectKind: 'Orchestration' } }),
      'not a conversation',
    ],
    [
      'a phrase without an intent',
      JSON.stringify({ ...FILE, assets: { utterances: [{ text: 'x' }] } }),
      'assets.utterances.0.intent',
    ],
  ] as const) {
    it(`or refused in words: ${what}`, () => {
      expect(() => readProjects(content)).to.throw(AppError, why);
    });
  }
});
