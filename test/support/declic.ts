import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assistant, Incoming, Outgoing } from '#conversation/message.ts';
import { createWords } from '#conversation/words.ts';
import type { Session } from '#programme/session.ts';
import type { NewSession } from '#programme/session-admin.ts';
import { silentLogger } from '#shared/logger.ts';
import type { Understanding } from '#shared/recognition.ts';
import { composeAssistant } from '#src/compose-assistant.ts';
import { openStorage, type Storage } from '#storage/open-storage.ts';
import { annotatedUnderstanding, type Notes, splitNote } from './annotated-understanding.ts';

export const LOCALES = join(import.meta.dirname, '..', '..', 'locales');
export const frenchWords = createWords(LOCALES);

/** The day on which scripts take place: a Tuesday, before all their sessions. */
export const TODAY = new Date('2026-11-24T09:00:00Z');

/** The real assistant over a real database of its own. Sessions are added as tests need them. */
export interface Declic {
  readonly assistant: Assistant;
  readonly storage: Storage;
  add(session: Partial<NewSession> & { readonly startsAt: Date }): Promise<Session>;
  /** Opens a conversation as somebody new. */
  person(
    options?: Partial<Pick<Incoming, 'channel' | 'userId' | 'conversationId' | 'timeZone'>>,
  ): Person;
  close(): Promise<void>;
}

export async function startDeclic(
  options: { readonly understanding?: Understanding; readonly now?: () => Date } = {},
): Promise<Declic> {
  const dataDir = mkdtempSync(join(tmpdir(), 'declic-dialogs-'));
  const clock = { now: options.now ?? (() => TODAY) };
  const notes: Notes = new Map();
  const storage = await openStorage({
    databaseUrl: undefined,
    dataDir,
    clock,
    logger: silentLogger,
  });
  const assistant = composeAssistant({
    storage,
    understanding: annotatedUnderstanding(notes, options.understanding),
    calendarLinks: {
      linkFor: ({ calendarUid }) => `https://declic.test/calendar/${calendarUid}.ics`,
    },
    words: frenchWords,
    clock,
    logger: silentLogger,
  });
  let people = 0;
  return {
    assistant,
    storage,
    add: async (session) => {
      const [added] = await storage.sessions.add([{ ...A_SESSION, ...lasting(session) }]);
      return added!;
    },
    person: (who = {}) => {
      people += 1;
      return new Person(assistant, notes, {
        channel: 'directline',
        userId: `dl_${people}`,
        conversationId: `conversation-${people}`,
        ...who,
      });
    },
    close: async () => {
      await storage.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const A_SESSION: Omit<NewSession, 'startsAt' | 'endsAt'> = {
  title: 'Découvrir les métiers du numérique',
  timeZone: 'Europe/Paris',
  capacity: 12,
  format: 'online',
  link: 'https://visio.example/declic',
  place: undefined,
  accessibility: { captions: true, signLanguage: false, replay: true },
  sample: false,
};

const lasting = <S extends { readonly startsAt: Date; readonly endsAt?: Date }>(session: S) => ({
  ...session,
  endsAt: session.endsAt ?? new Date(session.startsAt.getTime() + 2.5 * 3_600_000),
});

/** Somebody in a conversation, as a test drives them. */
export class Person {
  readonly assistant: Assistant;
  readonly #notes: Notes;
  readonly who: Pick<Incoming, 'channel' | 'userId' | 'conversationId' | 'timeZone'>;
  last: readonly Outgoing[] = [];
  #count = 0;

  constructor(assistant: Assistant, notes: Notes, who: Person['who']) {
    this.assistant = assistant;
    this.#notes = notes;
    this.who = who;
  }

  opens(): Promise<readonly Outgoing[]> {
    return this.#send({ kind: 'start', text: '' });
  }

  /** Words; `{intent kind=value}` at the end says how they are understood. */
  says(text: string): Promise<readonly Outgoing[]> {
    const { words, note } = splitNote(text);
    if (note !== undefined) this.#notes.set(words, note);
    return this.#send({ kind: 'message', text: words });
  }

  /** Presses the button of the last answer that bears this title. */
  presses(title: string): Promise<readonly Outgoing[]> {
    const choices = this.last.flatMap((reply) => reply.choices ?? []);
    const choice = choices.find((one) => one.title.replaceAll('\u00a0', ' ') === title);
    if (choice === undefined) {
      const shown = choices.map((one) => `« ${one.title} »`).join(', ');
      throw new Error(`There is no button « ${title} » but ${shown || 'none'}.`);
    }
    return this.does(choice.action);
  }

  does(action: unknown): Promise<readonly Outgoing[]> {
    return this.#send({ kind: 'message', text: '', action });
  }

  async #send(message: Pick<Incoming, 'kind' | 'text' | 'action'>): Promise<readonly Outgoing[]> {
    this.#count += 1;
    const activityId = `${this.who.conversationId}-${this.#count}`;
    const outcome = await this.assistant.handle({ ...this.who, activityId, ...message });
    this.last = outcome.replies;
    return outcome.replies;
  }
}
