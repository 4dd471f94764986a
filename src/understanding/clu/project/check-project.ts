import type { CluEntity, CluProject, Label, Utterance } from './clu-project.ts';
import { LIMITS } from './clu-project.ts';
import { overlap } from './label-jobs.ts';

/** Names that the service takes (its page on limits). */
const PROJECT_NAME = /^[A-Za-z0-9_.-]{1,50}$/;
const CATEGORY = /^[^:$&%*()+~#/?]{1,50}$/;
const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;
/** As many faults of one kind as somebody reads. */
const SHOWN = 5;

/**
 * Why the service would refuse a project, or learn from it badly: limits, names, labels, phrases
 * with two meanings, intents without phrases to learn. Empty when all is well.
 */
export const checkProject = (project: CluProject): string[] => {
  const { metadata, assets } = project;
  return [
    ...(PROJECT_NAME.test(metadata.projectName) ? [] : ['The name of the project is refused.']),
    ...(LANGUAGE.test(metadata.language) ? [] : ['The language of the project is refused.']),
    ...faultsOfNames(assets.intents, 'intent', LIMITS.intents),
    ...faultsOfNames(assets.entities, 'entity', LIMITS.entities),
    ...assets.entities.flatMap(faultsOfEntity),
    ...faultsOfUtterances(project),
  ];
};

const faultsOfNames = (
  named: readonly { readonly category: string }[],
  kind: string,
  most: number,
): string[] => {
  const names = named.map(({ category }) => category);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...(names.length > most ? [`More than ${most} of kind ${kind}.`] : []),
    ...listed(
      names.filter((name) => !CATEGORY.test(name)),
      `A name of ${kind} is refused`,
    ),
    ...listed(twice, `The ${kind} is declared twice`),
  ];
};

const faultsOfEntity = ({ category, list, prebuilts = [] }: CluEntity): string[] => {
  const sublists = list?.sublists ?? [];
  const keys = sublists.map(({ listKey }) => listKey);
  const values = sublists.flatMap(({ synonyms }) => synonyms.flatMap((each) => each.values));
  return [
    ...(new Set(keys).size < keys.length ? [`${category} has a value twice.`] : []),
    ...(values.length > LIMITS.synonymsOfAnEntity ? [`${category} has too many synonyms.`] : []),
    ...(prebuilts.length > LIMITS.prebuiltsOfAnEntity ? [`${category} has many components.`] : []),
  ];
};

const faultsOfUtterances = ({ assets }: CluProject): string[] => {
  const { utterances } = assets;
  const intents = new Set(assets.intents.map(({ category }) => category));
  const entities = new Set(assets.entities.map(({ category }) => category));
  const learned = new Set(
    utterances.filter(({ dataset }) => dataset === 'Train').map(({ intent }) => intent),
  );
  const where = (is: (utterance: Utterance) => boolean, fault: string): string[] =>
    listed(
      utterances.filter(is).map(({ text }) => text.slice(0, 60)),
      fault,
    );
  return [
    ...(utterances.length > LIMITS.utterancesOfNewerPages ? ['Too many utterances.'] : []),
    ...where(({ text }) => text.length < 1, 'An utterance is empty'),
    ...where(({ text }) => text.length > LIMITS.utteranceLength, 'An utterance is too long'),
    ...where(({ intent }) => !intents.has(intent), 'The intent is not declared'),
    ...where(({ language }) => !LANGUAGE.test(language), 'The language is refused'),
    ...where((it) => it.entities.some((label) => !entities.has(label.category)), 'No such entity'),
    ...where((it) => it.entities.some((label) => !isInside(label, it.text)), 'A label is outside'),
    ...where((it) => anyOverlap(it.entities), 'Labels overlap'),
    ...listed(withTwoMeanings(utterances), 'A phrase is there twice'),
    ...listed(
      [...intents].filter((intent) => !learned.has(intent)),
      'Nothing teaches the intent',
    ),
  ];
};

const isInside = ({ offset, length }: Label, text: string): boolean =>
  offset >= 0 && length > 0 && offset + length <= text.length;

const anyOverlap = (labels: readonly Label[]): boolean =>
  labels.some((label, index) => labels.slice(index + 1).some((other) => overlap(label, other)));

const withTwoMeanings = (utterances: readonly Utterance[]): string[] => {
  const seen = new Set<string>();
  return utterances.flatMap(({ text }) => {
    const key = text.trim().toLowerCase();
    if (seen.has(key)) return [text.slice(0, 60)];
    seen.add(key);
    return [];
  });
};

const listed = (found: readonly string[], fault: string): string[] => {
  const more = found.length > SHOWN ? [`${fault}: and ${found.length - SHOWN} more.`] : [];
  return [...found.slice(0, SHOWN).map((each) => `${fault}: ${each}`), ...more];
};
