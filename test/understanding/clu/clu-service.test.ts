import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemClock } from '#shared/clock.ts';
import { silentLogger } from '#shared/logger.ts';
import { announce } from '#src/announce.ts';
import { composeUnderstanding } from '#src/compose-understanding.ts';
import { readConfig } from '#src/config.ts';
import { NOW, recogniser } from '../recogniser.ts';

/** Nobody listens there. */
const SETTINGS = {
  AZURE_LANGUAGE_ENDPOINT: 'https://127.0.0.1:9',
  AZURE_LANGUAGE_PROJECT: 'declic',
  AZURE_LANGUAGE_DEPLOYMENT: 'production',
  AZURE_LANGUAGE_KEY: 'a-key',
};

describe('the service with Azure CLU', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'declic-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const lines = (environment: Record<string, string>): string =>
    announce(readConfig(environment), 'sqlite', 3978).join('\n');

  it('says at start who reads what people write', () => {
    expect(lines({})).to.match(/understanding +embedded recogniser$/m);
    expect(lines({})).to.match(/not configured: AZURE_LANGUAGE_ENDPOINT/);
    expect(lines(SETTINGS)).to.match(/understanding +Azure CLU \(declic, production\)/);
    expect(lines(SETTINGS)).to.not.match(/not configured: AZURE_LANGUAGE|a-key/);
  });

  it('understands as without it where Azure cannot be reached, whatever is written', async function () {
    this.timeout(60_000);
    const asked: string[] = [];
    const logger = {
      ...silentLogger,
      info: (fields: { reason?: string }) => asked.push(fields.reason ?? 'clu'),
    };
    const config = readConfig({
      ...SETTINGS,
      DATA_DIR: dataDir,
      AZURE_LANGUAGE_MONTHLY_CALLS: '5',
    });
    const service = await composeUnderstanding(config, { clock: systemClock, logger });
    const alone = await recogniser();
    for (const text of [
      "j'ai pas le bac",
      'je veux mourir',
      '',
      'c pa pour moi, c koi le prix',
      '12',
    ]) {
      const context = { locale: 'fr', now: NOW };
      expect(await service.recognise(text, context)).to.deep.equal(
        await alone.recognise(text, context),
      );
    }
    expect(asked).to.deep.equal([
      'unreachable',
      'not_sent',
      'not_sent',
      'circuit_open',
      'not_sent',
    ]);
    expect(existsSync(join(dataDir, `clu-calls-${new Date().toISOString().slice(0, 7)}`))).to.equal(
      true,
    );
  });
});
