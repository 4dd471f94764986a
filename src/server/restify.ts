import { ServerResponse } from 'node:http';
import restify from 'restify';

/**
 * restify replaces `writeHead` of every response of the process with one that answers nothing, so
 * that `res.writeHead(204).end()` throws in rooms that have never heard of restify. None of the
 * plugins that need its version is used here: Node's own comes back.
 */
const patched: { writeHead: unknown; _writeHead?: unknown } = ServerResponse.prototype;
if (patched._writeHead) patched.writeHead = patched._writeHead;

export const { createServer: createRestify } = restify;
export type RestifyServerOptions = restify.ServerOptions;
export type RestifyRequest = restify.Request;
export type RestifyResponse = restify.Response;
