import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import { clientAddress, isLocal } from './client-address.ts';
import { pathOf } from './paths.ts';

/** One request, as this room speaks of it. */
export interface Call {
  /** Stands in the answer (`X-Request-Id`) and in the log, so that one is found by the other. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly address: string;
}

/** Reads who calls what. The id of a proxy of ours is kept; anyone else's could forge log lines. */
export function readCall(req: IncomingMessage, trustProxy: number): Call {
  const given = trustProxy > 0 ? req.headers['x-request-id'] : undefined;
  const isSound = typeof given === 'string' && /^[\w.-]{8,64}$/.test(given);
  return {
    id: isSound ? given : randomUUID(),
    method: req.method ?? 'GET',
    path: pathOf(req.url),
    address: clientAddress(req, trustProxy),
  };
}

/** What was read and went well hardly interests anyone, however often it comes. */
const QUIET = ['GET', 'HEAD', 'OPTIONS'];

/** Writes one line for each answer, when it has been sent or its client has gone away. */
export function logAnswer(
  res: ServerResponse,
  call: Call,
  { logger, clock, route }: { logger: Logger; clock: Clock; route: string },
): void {
  const started = clock.now().getTime();
  res.once('close', () => {
    const { statusCode: status } = res;
    const ms = clock.now().getTime() - started;
    const fields = { request: call.id, method: call.method, route, status, ms };
    if (!res.writableFinished) logger.info({ ...fields, gone: true }, 'The client went away.');
    else if (status >= 500) logger.warn(fields, 'answered');
    else if (status < 400 && QUIET.includes(call.method)) logger.debug(fields, 'answered');
    else logger.info(fields, 'answered');
  });
}

/** Says once that TRUST_PROXY seems to be missing: without it all clients share one allowance. */
export function createProxyWarning(trustProxy: number, logger: Logger) {
  let said = trustProxy > 0;
  return (req: IncomingMessage): void => {
    if (said || req.headers['x-forwarded-for'] === undefined) return;
    if (!isLocal(clientAddress(req, 0))) return;
    said = true;
    logger.warn({}, 'Requests come through a proxy: set TRUST_PROXY to how many there are.');
  };
}
