import { createBotMessages } from '#channels/azure/create-bot-messages.ts';
import { createDirectLine } from '#channels/directline/direct-line.ts';
import type { Assistant } from '#conversation/message.ts';
import { createWords } from '#conversation/words.ts';
import { sampleSessions } from '#programme/sample-sessions.ts';
import { createCalendarLinks } from '#programme/signed-calendar-links.ts';
import { createServer, type RunningServer } from '#server/create-server.ts';
import { type Clock, systemClock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import type { Understanding } from '#shared/recognition.ts';
import { openStorage, type Storage } from '#storage/open-storage.ts';
import { buildWidget } from '#widget/build.ts';
import { answerCalendar } from './answer-calendar.ts';
import { composeAssistant, LOCALES_DIR } from './compose-assistant.ts';
import { composeUnderstanding } from './compose-understanding.ts';
import type { Config } from './config.ts';
import { signingKey } from './signing-key.ts';

/** Parts that tests put in place of the real ones. */
export interface Overrides {
  readonly clock?: Clock;
  readonly understanding?: Understanding;
}

/** The whole service, built and not yet listening. */
export interface Service {
  readonly server: RunningServer;
  readonly assistant: Assistant;
  readonly storage: Storage;
  /** Finishes what is in flight, then closes everything. */
  stop(): Promise<void>;
}

/** Builds each part once and passes it on. The only place that knows them all. */
export async function compose(
  config: Config,
  logger: Logger,
  overrides: Overrides = {},
): Promise<Service> {
  const { clock = systemClock } = overrides;
  const key = signingKey(config);
  const words = createWords(LOCALES_DIR);
  const [storage, understanding, assets] = await Promise.all([
    openStorage({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, clock, logger }),
    overrides.understanding ?? composeUnderstanding(config, { clock, logger }),
    buildWidget({ localesDir: LOCALES_DIR, minify: true }),
  ]);
  if (!config.production) await storage.sessions.addWhenEmpty(sampleSessions(clock.now()));
  const calendarLinks = createCalendarLinks({ publicUrl: config.publicUrl, key, clock });
  const assistant = composeAssistant({
    storage,
    understanding,
    calendarLinks,
    words,
    clock,
    logger,
  });
  const server = createServer({
    directLine: createDirectLine({
      assistant,
      log: storage.activityLog,
      fanout: storage.fanout,
      clock,
      logger,
      publicUrl: config.publicUrl,
      secret: config.directLineSecret,
      signingKey: key,
      allowedOrigins: config.allowedOrigins,
    }),
    botMessages: createBotMessages({
      assistant,
      logger,
      clock,
      appId: config.microsoftApp?.id,
      appPassword: config.microsoftApp?.password,
      appType: config.microsoftApp?.type,
      tenantId: config.microsoftApp?.tenantId,
      production: config.production,
      apology: (locale) => words.say(words.nearest(locale), 'common:broken'),
    }),
    calendar: answerCalendar({ storage, links: calendarLinks, publicUrl: config.publicUrl, clock }),
    assets,
    ready: () => storage.ready(),
    logger,
    production: config.production,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    clock,
  });
  return {
    server,
    assistant,
    storage,
    async stop() {
      await server.stop();
      await storage.close();
    },
  };
}
