import { AppError } from '#shared/errors.ts';
import { INTENT_NAMES } from '#shared/intents.ts';
import { trainableLocales } from '../../training/corpus.ts';
import { NONE_OF_CLU } from '../clu-answer.ts';
import { checkProject } from './check-project.ts';
import { chooseUtterances, type LeftOut } from './choose-utterances.ts';
import type { CluProject, Utterance } from './clu-project.ts';
import { createJobLabels } from './label-jobs.ts';
import { projectEntities } from './project-entities.ts';

export interface ProjectOptions {
  readonly localesDir: string;
  readonly name: string;
  /** The language of most phrases, and of the lists. */
  readonly language?: string;
  /** Phrases that evaluation keeps for itself. */
  readonly blind?: readonly string[];
  /** At most so many utterances. */
  readonly most?: number | undefined;
}

/** Written by the service's own pages for the version of the API that we ask. */
const FILE_VERSION = '2022-10-01-preview';
const DESCRIPTION =
  'Made from the phrases of Declic. Changes made here are lost at the next import.';

/**
 * The project that teaches CLU what the embedded recogniser learns: all intents, the phrases of
 * all languages, the values that dialogs ask for.
 * @throws AppError CONTENT_INVALID when the service would refuse it, with every reason
 */
export const buildProject = (
  options: ProjectOptions,
): { readonly project: CluProject; readonly leftOut: LeftOut } => {
  const { localesDir, name, language = 'fr', blind = [], most } = options;
  const others = trainableLocales(localesDir).filter((locale) => locale !== language);
  const locales = [language, ...others];
  const { phrases, leftOut } = chooseUtterances(localesDir, locales, blind, most);
  const labels = new Map(locales.map((locale) => [locale, createJobLabels(localesDir, locale)]));
  const utterances = phrases.map(
    (phrase): Utterance => ({
      text: phrase.text,
      language: phrase.language,
      intent: toCategory(phrase.intent),
      entities: labels.get(phrase.language)?.(phrase.text) ?? [],
      dataset: phrase.dataset,
    }),
  );
  const said = phrases.filter((phrase) => phrase.language === language).map(({ text }) => text);
  const project: CluProject = {
    projectFileVersion: FILE_VERSION,
    stringIndexType: 'Utf16CodeUnit',
    metadata: {
      projectKind: 'Conversation',
      // Below a threshold the service would say None; ours decide what to do with a doubt.
      settings: { confidenceThreshold: 0 },
      projectName: name,
      multilingual: locales.length > 1,
      description: DESCRIPTION,
      language,
    },
    assets: {
      projectKind: 'Conversation',
      intents: INTENT_NAMES.map(toCategory)
        .sort()
        .map((category) => ({ category })),
      entities: projectEntities(localesDir, language, said),
      utterances: utterances.sort(inOrder),
    },
  };
  const faults = checkProject(project);
  if (faults.length > 0) throw new AppError('CONTENT_INVALID', faults.join('\n'));
  return { project, leftOut };
};

const toCategory = (intent: string): string => (intent === 'none' ? NONE_OF_CLU : intent);

const inOrder = (a: Utterance, b: Utterance): number => {
  const [one, other] = [a, b].map(({ intent, language, text }) => [intent, language, text]);
  return String(one) < String(other) ? -1 : 1;
};
