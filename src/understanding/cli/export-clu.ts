import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCluSettings } from '../clu/clu-settings.ts';
import { buildProject } from '../clu/project/build-project.ts';
import { LIMITS, writeProject } from '../clu/project/clu-project.ts';
import type { CommandContext } from './command.ts';

const NAME = 'declic';

/** Writes the CLU project made from our phrases: to `--out FILE`, else to standard output. */
export const exportClu = async (context: CommandContext): Promise<number> => {
  const file = makeProjectFile(context);
  if (file === undefined) return 2;
  if (context.out === undefined) process.stdout.write(file);
  else writeFileSync(context.out, file);
  return 0;
};

/** The text of the project file; undefined for options that cannot be used, told which. */
export const makeProjectFile = (context: CommandContext): string | undefined => {
  const most = Number(context.most ?? LIMITS.utterances);
  if (!Number.isInteger(most) || most < 1 || most > LIMITS.utterancesOfNewerPages) {
    console.error(`--most: a whole number from 1 to ${LIMITS.utterancesOfNewerPages}.`);
    return undefined;
  }
  const name = context.name ?? readCluSettings(process.env).settings?.project ?? NAME;
  const { localesDir } = context;
  const blind = readBlind(join(localesDir, '..', 'test', 'understanding', 'blind'));
  const { project, leftOut } = buildProject({ localesDir, name, blind, most });
  const { intents, entities, utterances } = project.assets;
  const tested = utterances.filter(({ dataset }) => dataset === 'Test').length;
  console.error(`${intents.length} intents, ${entities.length} entities`);
  console.error(`${utterances.length} utterances, ${tested} of them to test on`);
  const { tooLong, blind: ofBlind, repeated, overTheLimit } = leftOut;
  console.error(`left out: ${ofBlind} kept for evaluation, ${repeated} said twice,`);
  console.error(`  ${tooLong} too long, ${overTheLimit} over the limit of ${most} (--most)`);
  return writeProject(project);
};

/** The phrases that evaluation keeps for itself, where the tests are beside the service. */
const readBlind = (folder: string): string[] => {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .map((line) => (JSON.parse(line) as { readonly text: string }).text);
};
