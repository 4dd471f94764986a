import type { DirectLineOptions } from '#channels/directline/direct-line.ts';
import { type Endpoint, startEndpoint } from './endpoint.ts';
import { STAGES, type StageKind } from './stages.ts';

/** Runs the same suite in memory and over the real storage; each test has an endpoint of its own. */
export function onEveryStage(
  title: string,
  suite: (start: (options?: Partial<DirectLineOptions>) => Promise<Endpoint>) => void,
  stages: readonly StageKind[] = STAGES,
): void {
  for (const kind of stages) {
    describe(`${title} (${kind.name})`, () => {
      const open: Endpoint[] = [];
      before(async function () {
        // A database server may have to start first.
        this.timeout(60_000);
        await (await kind.open({ now: () => new Date() })).close();
      });
      afterEach(async () => {
        for (const endpoint of open.splice(0)) await endpoint.stop();
      });
      suite(async (options) => {
        const endpoint = await startEndpoint(kind, options);
        open.push(endpoint);
        return endpoint;
      });
    });
  }
}
