import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { INTENT_NAMES } from '#shared/intents.ts';
import { buildProject } from '#understanding/clu/project/build-project.ts';
import { type CluProject, writeProject } from '#understanding/clu/project/clu-project.ts';
import { readProjects } from '#understanding/clu/project/read-project.ts';
import { readPhrases, trainableLocales } from '#understanding/training/corpus.ts';
import { foldPhrase } from '#understanding/training/near-duplicates.ts';
import { LOCALES } from '../recogniser.ts';

const BLIND = join(import.meta.dirname, '..', 'blind');
const blind = readdirSync(BLIND)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(join(BLIND, name), 'utf8').split('\n'))
  .filter((line) => line.trim() !== '')
  .map((line) => (JSON.parse(line) as { text: string }).text);

const LANGUAGE_TAG = /^[a-z]{2}(-[a-z]{2})?$/;

/** The rules that a project file must keep for the service to take it, on our own project. */
describe('the project for Azure CLU', () => {
  const build = () => buildProject({ localesDir: LOCALES, name: 'declic', blind });
  let project: CluProject;
  let text: string;
  let leftOut: ReturnType<typeof build>['leftOut'];
  before(function () {
    this.timeout(120_000);
    ({ project, leftOut } = build());
    text = writeProject(project);
  });

  it('is JSON in UTF-8 without a mark, with the members that the service asks for', () => {
    const bytes = Buffer.from(text, 'utf8');
    expect(bytes.subarray(0, 3).toString('hex')).to.not.equal('efbbbf');
    expect(bytes.toString('utf8')).to.equal(text);
    expect(Object.keys(JSON.parse(text) as object)).to.deep.equal([
      'projectFileVersion',
      'stringIndexType',
      'metadata',
      'assets',
    ]);
    expect(project.projectFileVersion).to.equal('2022-10-01-preview');
    expect(project.stringIndexType).to.equal('Utf16CodeUnit');
  });

  it('describes itself as the service wants', () => {
    const { metadata } = project;
    expect(metadata.projectKind).to.equal('Conversation');
    expect(metadata.projectName).to.match(/^[A-Za-z0-9_.-]{1,50}$/);
    expect(metadata).to.include({ multilingual: true, language: 'fr' });
    expect(metadata.settings.confidenceThreshold).to.be.within(0, 1);
    expect(metadata.description).to.be.a('string');
    expect(project.assets.projectKind).to.equal('Conversation');
  });

  it('has our intents, each once, and the service’s own None for none', () => {
    const names = project.assets.intents.map(({ category }) => category);
    const ours = INTENT_NAMES.filter((name) => name !== 'none');
    expect(names).to.have.members([...ours, 'None']);
    expect(names.length).to.be.at.most(500);
    for (const name of names) expect(name).to.match(/^[^:$&%*()+~#/?]{1,50}$/);
  });

  it('has entities of lists and components, each once, and each value once', () => {
    const { entities } = project.assets;
    const names = entities.map(({ category }) => category);
    expect(new Set(names).size).to.equal(names.length);
    expect(names.length).to.be.at.most(350);
    expect(names).to.include.members(['situation', 'career', 'city', 'date', 'age', 'yes_no']);
    expect(names).to.not.include.members(['email', 'phone', 'filler', 'cue']);
    for (const { category, list, prebuilts = [], compositionSetting } of entities) {
      expect(compositionSetting).to.equal('combineComponents');
      expect(prebuilts.length).to.be.at.most(7);
      const keys = list?.sublists.map(({ listKey }) => listKey) ?? [];
      expect(new Set(keys).size, category).to.equal(keys.length);
      const values = list?.sublists.flatMap((it) => it.synonyms.flatMap((each) => each.values));
      expect(new Set(values).size, category).to.equal(values?.length ?? 0);
      expect((values ?? []).filter((value) => value === '' || /[*?]$/.test(value))).to.be.empty;
      expect(keys.length + prebuilts.length, category).to.be.above(0);
    }
  });

  it('gives lists the accents and apostrophes that our files leave out', () => {
    const values = project.assets.entities
      .find(({ category }) => category === 'situation')
      ?.list?.sublists.flatMap((it) => it.synonyms.flatMap((each) => each.values));
    expect(values).to.include.members(['au chomage', 'au chômage', "demandeur d'emploi"]);
  });

  it('has utterances of declared intents and entities, within the limits', () => {
    const { intents, entities, utterances } = project.assets;
    const [intentNames, entityNames] = [intents, entities].map(
      (named) => new Set(named.map(({ category }) => category)),
    );
    expect(utterances.length).to.be.within(10_000, 25_000);
    for (const utterance of utterances) {
      expect(intentNames?.has(utterance.intent)).to.equal(true);
      expect(utterance.text.length).to.be.within(1, 500);
      expect(utterance.language).to.match(LANGUAGE_TAG);
      expect(utterance.dataset).to.be.oneOf(['Train', 'Test']);
      let from = 0;
      for (const { category, offset, length } of utterance.entities) {
        expect(entityNames?.has(category)).to.equal(true);
        expect(offset, utterance.text).to.be.at.least(from);
        expect(length).to.be.above(0);
        from = offset + length;
      }
      expect(from).to.be.at.most(utterance.text.length);
    }
  });

  it('labels jobs where they stand, in the units of JavaScript', () => {
    const labelled = project.assets.utterances.filter((it) => it.entities.length > 0);
    expect(labelled.length).to.be.above(500);
    for (const { text: phrase, entities } of labelled) {
      for (const { offset, length } of entities) {
        expect(phrase.slice(offset, offset + length)).to.match(/^[\p{L}\p{N}].*[\p{L}\p{N}+]$/u);
        expect(phrase.slice(0, offset)).to.not.match(/[\p{L}\p{N}]$/u);
      }
    }
  });

  it('says no phrase twice, whatever the language', () => {
    const { utterances } = project.assets;
    const said = new Set(utterances.map((it) => it.text.trim().toLowerCase()));
    expect(said.size).to.equal(utterances.length);
  });

  it('holds no phrase that evaluation keeps for itself, however short', () => {
    expect(blind.length).to.be.above(1000);
    const kept = new Set(blind.map(foldPhrase));
    const leaked = project.assets.utterances.filter((it) => kept.has(foldPhrase(it.text)));
    expect(leaked.map((it) => it.text)).to.deep.equal([]);
  });

  it('is the same to the byte when made again, sorted and without a date', function () {
    this.timeout(120_000);
    expect(writeProject(build().project) === text).to.equal(true);
    const order = project.assets.utterances.map((it) => `${it.intent},${it.language},${it.text}`);
    expect(order).to.deep.equal([...order].sort());
    expect(text).to.not.match(/"\d{4}-\d{2}-\d{2}T/);
  });

  it('teaches every intent, in every language that has it, and sets a tenth aside', () => {
    const { utterances } = project.assets;
    const learned = new Set(
      utterances.filter((it) => it.dataset === 'Train').map((it) => `${it.intent} ${it.language}`),
    );
    for (const locale of trainableLocales(LOCALES)) {
      const intents = new Set(readPhrases(LOCALES, locale).map(({ intent }) => intent));
      for (const intent of intents) {
        expect(learned.has(`${intent === 'none' ? 'None' : intent} ${locale}`)).to.equal(true);
      }
    }
    const tested = utterances.filter((it) => it.dataset === 'Test').length;
    expect(tested / utterances.length).to.be.within(0.08, 0.12);
  });

  it('comes back as the phrases it was made from, but those left out', () => {
    const [read, ...others] = readProjects(text);
    expect(others).to.have.length(0);
    const known = new Set(
      trainableLocales(LOCALES).flatMap((locale) =>
        readPhrases(LOCALES, locale).map((it) => `${locale} ${it.intent} ${it.text}`),
      ),
    );
    const back = (read?.phrases ?? []).map((it) => `${it.language} ${it.intent} ${it.text}`);
    expect(back.filter((phrase) => !known.has(phrase))).to.deep.equal([]);
    const left = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
    expect(back.length + left).to.equal(known.size);
  });
});
