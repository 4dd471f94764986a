import { z } from 'zod';
import { AppError } from '#shared/errors.ts';
import type { Author, AuthoringAnswer, Tell } from './authoring-client.ts';

const FIRST_LOOK = 2000;
const BETWEEN_LOOKS = 10_000;

const said = z.looseObject({ message: z.string() });
const progress = z.looseObject({ percentComplete: z.number().optional() });
const job = z.looseObject({
  status: z.string(),
  errors: z.array(said).optional(),
  warnings: z.array(said).optional(),
  result: z
    .looseObject({ trainingStatus: progress.optional(), evaluationStatus: progress.optional() })
    .optional(),
});

type Job = z.output<typeof job>;

/**
 * Looks at a job until it ends, telling whenever something has changed.
 * @param name what the job does, for people
 * @param started the answer to the request that started it
 * @throws AppError CLU_FAILED when it does not succeed, with what the service said
 */
export const followJob = async (
  name: string,
  started: AuthoringAnswer,
  parts: {
    readonly author: Author;
    readonly wait: (ms: number) => Promise<void>;
    readonly tell: Tell;
  },
): Promise<void> => {
  const { author, wait, tell } = parts;
  const { operation } = started;
  if (operation === undefined) {
    throw new AppError('CLU_FAILED', `${name}: it did not say where the job can be watched.`);
  }
  let told = '';
  for (let pause = started.retryAfter ?? FIRST_LOOK; ; ) {
    await wait(pause);
    const answer = await author('GET', operation);
    const read = job.safeParse(answer.body);
    if (!read.success) throw new AppError('CLU_FAILED', `${name}: the job cannot be read.`);
    const line = lineOf(name, read.data);
    if (line !== told) tell(line);
    told = line;
    if (hasEnded(name, read.data, tell)) return;
    pause = answer.retryAfter ?? Math.min(BETWEEN_LOOKS, pause * 1.5);
  }
};

const lineOf = (name: string, { status, result }: Job): string => {
  const trained = result?.trainingStatus?.percentComplete;
  const evaluated = result?.evaluationStatus?.percentComplete;
  const shares = [
    ...(trained === undefined ? [] : [`learned ${trained} %`]),
    ...(evaluated === undefined ? [] : [`measured ${evaluated} %`]),
  ];
  return [`${name}: ${status}`, ...shares].join(', ');
};

const hasEnded = (
  name: string,
  { status, errors = [], warnings = [] }: Job,
  tell: Tell,
): boolean => {
  if (status === 'succeeded') {
    for (const { message } of warnings) tell(`${name}: warning: ${message}`);
    return true;
  }
  // "cancelling" and whatever comes later than this was written: not the end.
  if (!['failed', 'cancelled', 'partiallyCompleted'].includes(status)) return false;
  const reasons = errors.map(({ message }) => message).join(' ');
  throw new AppError('CLU_FAILED', `${name}: ${status}. ${reasons}`.trim());
};
