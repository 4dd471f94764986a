import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { systemClock } from '#shared/clock.ts';
import { deployProject } from '../clu/authoring/deploy-project.ts';
import { createCredential } from '../clu/create-credential.ts';
import { readProjects } from '../clu/project/read-project.ts';
import { cluSettings } from './clu-settings-of.ts';
import { type CommandContext, percent } from './command.ts';
import { makeProjectFile } from './export-clu.ts';

/** Imports, trains and deploys: a project file, or the one made from our phrases. */
export const deployClu = async (context: CommandContext): Promise<number> => {
  const settings = cluSettings();
  if (settings === undefined) return 2;
  const [path] = context.arguments;
  const file =
    path === undefined
      ? makeProjectFile({ ...context, name: settings.project })
      : readFileSync(path, 'utf8');
  if (file === undefined) return 2;
  // Said here rather than by the service: what can be imported can also be read back.
  readProjects(file);
  const { model, macroF1, microF1 } = await deployProject(file, {
    ...settings,
    credential: await createCredential(settings),
    clock: systemClock,
    wait: async (ms) => setTimeout(ms),
    tell: (line) => console.error(line),
  });
  console.log(`${model} answers for ${settings.project}/${settings.deployment}`);
  if (microF1 !== undefined && macroF1 !== undefined) {
    console.log(`on its Test utterances: F1 ${percent(microF1)}, by intent ${percent(macroF1)}`);
  }
  return 0;
};
