import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#shared/errors.ts';
import { type Author, type AuthoringOptions, createAuthor, type Tell } from './authoring-client.ts';
import { followJob } from './follow-job.ts';

export interface DeployOptions extends AuthoringOptions {
  readonly deployment: string;
}

/** What was put into service. */
export interface Deployed {
  readonly model: string;
  /** How the service judges it on the Test utterances, 0 to 1; undefined if it does not say. */
  readonly macroF1: number | undefined;
  readonly microF1: number | undefined;
}

const PREFIX = 'declic-';
/** A project has room for ten models: one to go back to is kept beside the deployed one. */
const MODELS_KEPT = 2;

/**
 * Imports a project file, trains it and deploys the model. Training takes from minutes to hours;
 * until the last step the model deployed before goes on answering. A file that was trained
 * before is only deployed: training is what the service sells by the hour.
 * @param file the text of a project file; the project of that name is replaced
 * @throws AppError CLU_FAILED that says what failed, and why
 */
export const deployProject = async (file: string, options: DeployOptions): Promise<Deployed> => {
  const { deployment, tell } = options;
  const author = createAuthor(options);
  const model = `${PREFIX}${createHash('sha256').update(file).digest('hex').slice(0, 8)}`;
  const before = await modelsOf(author);
  if (before.some(({ label }) => label === model)) tell(`${model} was trained before`);
  else await train(file, model, author, options);
  const evaluation = await evaluationOf(model, author);
  const started = await author('PUT', `/deployments/${deployment}`, { trainedModelLabel: model });
  await followJob('deployment', started, { author, ...options });
  await forgetOldModels(before, model, author, tell);
  return { model, ...evaluation };
};

const train = async (
  file: string,
  modelLabel: string,
  author: Author,
  options: DeployOptions,
): Promise<void> => {
  const follow = { author, ...options };
  await followJob('import', await author('POST', '/:import', JSON.parse(file)), follow);
  const training = {
    modelLabel,
    // The standard mode learns English alone.
    trainingMode: 'advanced',
    trainingConfigVersion: 'latest',
    evaluationOptions: { kind: 'manual' },
  };
  await followJob('training', await author('POST', '/:train', training), follow);
};

const summary = z.looseObject({
  intentsEvaluation: z.looseObject({ microF1: z.number(), macroF1: z.number() }),
});

/** What cannot be measured is not told, and fails nothing. */
const evaluationOf = async (
  model: string,
  author: Author,
): Promise<Pick<Deployed, 'macroF1' | 'microF1'>> => {
  const path = `/models/${model}/evaluation/summary-result`;
  const read = summary.safeParse((await author('GET', path, undefined, [400, 404])).body);
  if (!read.success) return { microF1: undefined, macroF1: undefined };
  const { microF1, macroF1 } = read.data.intentsEvaluation;
  return { microF1, macroF1 };
};

const models = z.looseObject({
  value: z.array(z.looseObject({ label: z.string(), lastTrainedDateTime: z.string() })),
});

type Model = z.output<typeof models>['value'][number];

/** The trained models; none of a project that is not there yet. */
const modelsOf = async (author: Author): Promise<readonly Model[]> => {
  const read = models.safeParse((await author('GET', '/models', undefined, [404])).body);
  return read.success ? read.data.value : [];
};

/** Only models that this made. What cannot be tidied is told, and fails nothing. */
const forgetOldModels = async (
  before: readonly Model[],
  model: string,
  author: Author,
  tell: Tell,
): Promise<void> => {
  const old = before
    .filter(({ label }) => label.startsWith(PREFIX) && label !== model)
    .sort((a, b) => (a.lastTrainedDateTime < b.lastTrainedDateTime ? 1 : -1))
    .slice(MODELS_KEPT - 1);
  for (const { label } of old) {
    try {
      await author('DELETE', `/models/${label}`);
      tell(`old model ${label} deleted`);
    } catch (error) {
      tell(`old model ${label} not deleted. ${error instanceof AppError ? error.message : ''}`);
    }
  }
};
