import { z } from 'zod';
import { AppError } from '#shared/errors.ts';
import { NONE_OF_CLU } from '../clu-answer.ts';

/** A phrase of a project file, in our words. */
export interface ReadPhrase {
  readonly text: string;
  /** The language alone: `en-us` is `en`. */
  readonly language: string;
  /** Ours where it has the name of one of ours; `none` for the service's None. */
  readonly intent: string;
  readonly dataset: 'Train' | 'Test' | undefined;
}

export interface ReadProject {
  readonly name: string;
  readonly phrases: readonly ReadPhrase[];
}

const utterance = z.looseObject({
  text: z.string().min(1),
  intent: z.string(),
  language: z.string().optional(),
  dataset: z.string().optional(),
});
/** The version is spelt `project-file-version` in the oldest files; kinds in either case. */
const projectFile = z
  .looseObject({
    projectFileVersion: z.string().optional(),
    'project-file-version': z.string().optional(),
    metadata: z.looseObject({
      projectKind: z.string().regex(/^conversation$/i, 'is not a conversation project'),
      projectName: z.string(),
      language: z.string(),
    }),
    assets: z.looseObject({ utterances: z.array(utterance).default([]) }),
  })
  .refine(
    (file) => (file.projectFileVersion ?? file['project-file-version']) !== undefined,
    'has no projectFileVersion',
  );

/**
 * Reads project files: one, or a list of them, or of requests that hold one in `body`.
 * @param content the text of the file
 * @throws AppError CONTENT_INVALID that says what cannot be read
 */
export const readProjects = (content: string): ReadProject[] => {
  const file = parse(content);
  const each = Array.isArray(file) ? (file as unknown[]) : [file];
  const projects = each.map(bodyOf).filter((it) => !Array.isArray(file) || looksLikeOne(it));
  if (projects.length === 0) throw new AppError('CONTENT_INVALID', 'There is no project in it.');
  return projects.map(readOne);
};

const parse = (content: string): unknown => {
  try {
    return JSON.parse(content.replace(/^\ufeff/, ''));
  } catch {
    throw new AppError('CONTENT_INVALID', 'This is not JSON.');
  }
};

const bodyOf = (value: unknown): unknown =>
  isObject(value) && isObject(value.body) ? value.body : value;

const looksLikeOne = (value: unknown): boolean => isObject(value) && isObject(value.assets);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readOne = (value: unknown): ReadProject => {
  const read = projectFile.safeParse(value);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new AppError('CONTENT_INVALID', faults.slice(0, 5).join('\n').trim());
  }
  const { metadata, assets } = read.data;
  return {
    name: metadata.projectName,
    phrases: assets.utterances.map(({ text, intent, language, dataset }) => ({
      text,
      language: (language || metadata.language).split('-')[0]?.toLowerCase() ?? '',
      intent: intent === NONE_OF_CLU ? 'none' : intent,
      dataset: dataset === 'Train' || dataset === 'Test' ? dataset : undefined,
    })),
  };
};
