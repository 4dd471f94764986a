import { AppError } from '#shared/errors.ts';

/**
 * Waits for work, but not forever.
 * @throws AppError CHANNEL_FAILED when it takes longer than `milliseconds`.
 */
export async function withDeadline<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new AppError('CHANNEL_FAILED', `Nothing came within ${milliseconds} ms.`));
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
