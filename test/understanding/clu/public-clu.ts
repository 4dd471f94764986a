import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '..',
  'shared',
  'protocol',
  'clu',
  'public',
);

/**
 * A file of Azure's own examples and recordings, which are not ours to keep here. Where it is not
 * beside the project the test is skipped, and says why.
 */
export const publicClu = <T>(test: Mocha.Context, name: string): T => {
  const path = join(FOLDER, name);
  if (!existsSync(path)) {
    console.log(`      skipped: there is no shared/protocol/clu/public/${name} beside the project`);
    test.skip();
  }
  return JSON.parse(readFileSync(path, 'utf8')) as T;
};
