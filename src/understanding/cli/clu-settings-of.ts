import { type CluSettings, readCluSettings } from '../clu/clu-settings.ts';

/** The AZURE_LANGUAGE_ settings of the environment; undefined when they cannot be used, told why. */
export const cluSettings = (): CluSettings | undefined => {
  const { settings, faults } = readCluSettings(process.env);
  if (settings !== undefined) return settings;
  console.error('Azure CLU is not configured (see .env.example).');
  for (const fault of faults) console.error(`  ${fault}`);
  return undefined;
};
