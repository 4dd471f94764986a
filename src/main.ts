import { createLogger } from '#server/create-logger.ts';
import { AppError } from '#shared/errors.ts';
import { announce } from './announce.ts';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';

await main().catch((error: unknown) => {
  // What can be explained (a port that is taken, a database that does not answer) has no stack.
  console.error(error instanceof AppError ? error.message : error);
  process.exit(1);
});

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger({ level: config.logLevel });
  const service = await compose(config, logger);
  const address = await service.server.start(config.port, config.host);
  for (const line of announce(config, service.storage.kind, address.port)) console.log(line);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await service.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
