import { createLogger } from '#server/create-logger.ts';
import { AppError } from '#shared/errors.ts';
import { announce } from './announce.ts';
import { compose } from './compose.ts';
import { type Config, readConfig } from './config.ts';

await main();

async function main(): Promise<void> {
  const config = configOrExit();
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

/** A configuration that cannot be used is explained, whole, and nothing starts. */
function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    console.error(error instanceof AppError ? error.message : error);
    process.exit(1);
  }
}
