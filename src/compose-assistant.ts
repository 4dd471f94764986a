import { join } from 'node:path';
import { createAssistant } from '#conversation/assistant.ts';
import { createEngine } from '#conversation/engine.ts';
import { createMask } from '#conversation/masking/mask.ts';
import { readNamingWords } from '#conversation/masking/naming-words.ts';
import type { Assistant } from '#conversation/message.ts';
import type { Words } from '#conversation/words.ts';
import { declic } from '#dialogs/declic.ts';
import type { CalendarLinks } from '#programme/calendar-links.ts';
import type { Clock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import type { Understanding } from '#shared/recognition.ts';
import type { Storage } from '#storage/open-storage.ts';

/** Where all that is said and learned lives. */
export const LOCALES_DIR = join(import.meta.dirname, '..', 'locales');

/** Puts the dialogs on their engine, over a database and a recogniser: what every channel talks to. */
export function composeAssistant(parts: {
  readonly storage: Storage;
  readonly understanding: Understanding;
  readonly calendarLinks: CalendarLinks;
  readonly words: Words;
  readonly clock: Clock;
  readonly logger: Logger;
}): Assistant {
  const { storage, understanding, calendarLinks, words, clock, logger } = parts;
  return createAssistant({
    engine: createEngine(declic, words, createMask(readNamingWords(LOCALES_DIR))),
    store: storage.turns,
    understanding,
    services: (tx, at) => ({
      ...storage.services(tx, at),
      calendarLinks,
      readsElsewhere: understanding.readsElsewhere ?? false,
    }),
    unread: (tx, at) => storage.unreadMessages(tx, at),
    words,
    clock,
    logger,
  });
}
