import { expect } from 'chai';
import { INTENT_NAMES } from '#shared/intents.ts';
import { LOCAL, openBench } from './clu-bench.ts';
import { publicClu } from './public-clu.ts';

interface Scored {
  readonly category: string;
  readonly confidenceScore: number;
}

interface Prediction {
  readonly topIntent: string;
  readonly intents: readonly Scored[] | Readonly<Record<string, { result?: Result }>>;
}

interface Result {
  readonly prediction?: Prediction;
}

interface Recording {
  readonly name?: string;
  readonly api_version?: string;
  readonly response: { readonly result: Result };
}

/** The response with its intents named as ours, one for one: nothing else is changed. */
const withOurIntents = (recording: Recording): Recording => {
  const renamed = new Map([['None', 'None']]);
  return JSON.parse(JSON.stringify(recording), (key, value: unknown) => {
    if (key !== 'category' || typeof value !== 'string') return value;
    if (!renamed.has(value)) renamed.set(value, INTENT_NAMES[renamed.size] as string);
    return renamed.get(value);
  }) as Recording;
};

/** The three likeliest, as the bytes say; undefined where a response routes to no conversation. */
const expected = ({ prediction }: Result): unknown[] | undefined => {
  if (prediction === undefined) return undefined;
  const { intents, topIntent } = prediction;
  if (!Array.isArray(intents)) {
    const routed = (intents as Record<string, { result?: Result }>)[topIntent]?.result;
    return routed === undefined ? undefined : expected(routed);
  }
  return (intents as Scored[])
    .map(({ category, confidenceScore }) => ({
      intent: category === 'None' ? 'none' : category,
      score: confidenceScore,
    }))
    .sort((a, b) => b.score - a.score)
    .slice(0, 3);
};

describe('Azure CLU: what the service really answers', () => {
  for (const name of ['sdk-recordings.json', 'analyze-examples.json']) {
    it(`is read as it is written in ${name}`, async function () {
      const recordings = publicClu<Recording[]>(this, name);
      expect(recordings).to.not.have.length(0);
      for (const recording of recordings.map(withOurIntents)) {
        const bench = await openBench();
        bench.peer.answer({ body: recording.response });
        await bench.open();
        const read = await bench.recognise('ce que la personne écrit');
        await bench.peer.stop();
        const what = recording.name ?? recording.api_version;
        const top3 = expected(recording.response.result);
        expect(read.top3, what).to.deep.equal(top3 ?? LOCAL.top3);
        expect(bench.reasons(), what).to.deep.equal([top3 ? 'clu' : 'foreign_intents']);
      }
    });
  }
});
