import { z } from 'zod';
import type { Clock } from '#shared/clock.ts';
import { AppError } from '#shared/errors.ts';
import { retryAfterOf } from '../clu-failure.ts';
import { type Credential, TOKEN_SCOPE } from '../create-credential.ts';

const API_VERSION = '2023-04-01';
/** How often a request that failed on the way is sent, in all. */
const ATTEMPTS = 5;
const LONGEST_WAIT = 120_000;
/** Big projects are megabytes; nothing takes longer than this to be taken in. */
const REQUEST_TIMEOUT = 120_000;

export interface AuthoringOptions {
  readonly endpoint: string;
  readonly project: string;
  readonly credential: Credential;
  readonly clock: Clock;
  /** Lets time pass, in milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  readonly tell: Tell;
}

/** Tells whoever waits how far it is, a line at a time. */
export type Tell = (line: string) => void;

export interface AuthoringAnswer {
  readonly body: unknown;
  /** Where the job that was started can be watched. */
  readonly operation: string | undefined;
  /** What the service asks to wait before the next look, in milliseconds. */
  readonly retryAfter: number | undefined;
}

/**
 * One call to the authoring API of a project.
 * @param path below the project (`/:import`), or the address of a job of it
 * @param accepted statuses that are an answer too, beside 2xx
 * @throws AppError CLU_FAILED in words, with what the service said
 */
export type Author = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  accepted?: readonly number[],
) => Promise<AuthoringAnswer>;

export const createAuthor = (options: AuthoringOptions): Author => {
  const { endpoint, project, credential, clock, wait, tell } = options;
  const base = `${endpoint}/language/authoring/analyze-conversations/projects/${project}`;
  const askedPause = (response: Response | undefined): number | undefined =>
    retryAfterOf((name) => response?.headers.get(name), clock.now());
  const rest = (response: Response | undefined, attempt: number): Promise<void> => {
    const ms = Math.min(LONGEST_WAIT, askedPause(response) ?? 1000 * 2 ** attempt);
    const why = response === undefined ? 'no answer' : `HTTP ${response.status}`;
    tell(`${why}: waiting ${Math.ceil(ms / 1000)} s`);
    return wait(ms);
  };
  /** A host that never answered is most likely the wrong one. */
  let hasAnswered = false;

  return async (method, path, body, accepted = []) => {
    const url = urlOf(path, base, endpoint);
    for (let attempt = 1; ; attempt++) {
      const response = await send(url, method, body, credential);
      hasAnswered ||= response !== undefined;
      const wanted = response?.ok || accepted.includes(response?.status ?? 0);
      if (response && wanted) return toAnswer(response, askedPause(response));
      if (attempt === ATTEMPTS || !mayPass(response, method, hasAnswered)) {
        throw new AppError('CLU_FAILED', await inWords(response, url));
      }
      await rest(response, attempt);
    }
  };
};

const toAnswer = async (
  response: Response,
  retryAfter: number | undefined,
): Promise<AuthoringAnswer> => ({
  body: await readJson(response),
  operation: response.headers.get('operation-location') ?? undefined,
  retryAfter,
});

/** A job's address must be the service's own: the key goes with the request. */
const urlOf = (path: string, base: string, endpoint: string): URL => {
  const url = new URL(path.startsWith('/') ? `${base}${path}` : path);
  if (url.origin !== new URL(endpoint).origin) {
    throw new AppError('CLU_FAILED', `It points to another host (${url.host}): not followed.`);
  }
  if (!url.searchParams.has('api-version')) url.searchParams.set('api-version', API_VERSION);
  return url;
};

/** @returns undefined when no answer came */
const send = async (
  url: URL,
  method: string,
  body: object | undefined,
  credential: Credential,
): Promise<Response | undefined> => {
  const headers = { 'content-type': 'application/json', ...(await signature(credential)) };
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT);
  const text = body === undefined ? null : JSON.stringify(body);
  try {
    return await fetch(url, { method, headers, body: text, signal, redirect: 'error' });
  } catch {
    return undefined;
  }
};

const signature = async (credential: Credential): Promise<Record<string, string>> => {
  if (typeof credential === 'string') return { 'ocp-apim-subscription-key': credential };
  try {
    const token = await credential.getToken(TOKEN_SCOPE);
    return { authorization: `Bearer ${token?.token}` };
  } catch (cause) {
    throw new AppError('CLU_FAILED', 'Entra ID gave no token; see AZURE_LANGUAGE_CLIENT_ID.', {
      cause,
    });
  }
};

/** What starts a job is not sent twice, unless the service said that it did not take it. */
const mayPass = (response: Response | undefined, method: string, hasAnswered: boolean): boolean => {
  if (response === undefined) return method === 'GET' && hasAnswered;
  const { status } = response;
  return status === 429 || status === 503 || (method === 'GET' && status >= 500);
};

const readJson = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new AppError('CLU_FAILED', 'It answered with something that is not JSON.');
  }
};

/** What to look at first, by status. */
const ADVICE: Readonly<Record<number, string>> = {
  401: 'AZURE_LANGUAGE_KEY (or the Entra ID application) is not accepted by this resource.',
  403: 'This key or identity may not change the project: the role "Cognitive Services Language Owner" is needed.',
  404: 'There is no such resource or project at AZURE_LANGUAGE_ENDPOINT.',
  409: 'Another job of this project is running; wait until it ends.',
  429: 'Too many requests; wait a few minutes.',
};

const inWords = async (response: Response | undefined, url: URL): Promise<string> => {
  if (response === undefined) return `${url.host} cannot be reached.`;
  const said = saidBy(await response.text());
  const advice = ADVICE[response.status] ?? '';
  return [`HTTP ${response.status}.`, advice, said].filter((part) => part !== '').join(' ');
};

const errorBody = z.looseObject({ error: z.looseObject({ message: z.string() }) });

const saidBy = (text: string): string => {
  try {
    const read = errorBody.safeParse(JSON.parse(text));
    return read.success ? `The service said: ${read.data.error.message.slice(0, 500)}` : '';
  } catch {
    return '';
  }
};
