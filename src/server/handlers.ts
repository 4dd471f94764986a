import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Who calls, as far as the proxies that we trust can tell. */
export interface Caller {
  readonly remoteAddress: string;
}

/** Answers everything below `/v3/directline`; reads bodies itself. */
export interface DirectLineHandler {
  handle(req: IncomingMessage, res: ServerResponse, caller: Caller): void | Promise<void>;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller): void | Promise<void>;
  /** Takes nothing new, finishes its turns, then says goodbye to the open sockets. */
  close(): void | Promise<void>;
}

/** Answers `POST /api/messages`; reads the body itself. */
export interface BotMessagesHandler {
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
}

/** What a signed calendar link answers, refusals included. */
export interface CalendarAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A file served as it is, known at start. */
export interface Asset {
  readonly body: string | Buffer;
  /** With its charset. */
  readonly contentType: string;
  /** Its address changes with its content, so browsers may keep it for a year. */
  readonly immutable?: boolean;
}

/** By path, `/` being the demo page. */
export type Assets = ReadonlyMap<string, Asset>;
