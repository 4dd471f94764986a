import { expect } from 'chai';
import { declic } from '#dialogs/declic.ts';
import type { Recognition } from '#shared/recognition.ts';
import { placeAt, stateOf } from '#test/support/conversation-state.ts';
import { type Declic, startDeclic } from '#test/support/declic.ts';

/** What a recogniser makes of nonsense: nothing it is sure of, and a weak yes first. */
const lost: Recognition = {
  language: 'fr',
  intents: [{ intent: 'affirm', score: 0.31 }],
  top3: [{ intent: 'affirm', score: 0.31 }],
  action: 'unknown',
  entities: [],
  distress: 'no',
};

const NONSENSE = [
  'qsdqsdqsd',
  'Paul',
  '...',
  'مرحبا',
  'Привіт',
  '🙃🙃',
  'a@b',
  '???',
  'bac',
  'x'.repeat(3000),
];

/** Free questions take any words, those that stand alone are put twice; these decide something. */
const DECIDING = declic.dialogs.flatMap((dialog) =>
  Object.entries(dialog.steps)
    .filter(([, step]) => step.kind === 'ask' && !step.free && !step.alone)
    .map(([step]) => ({ dialog, step })),
);

describe('Nonsense at a question that decides something', () => {
  let service: Declic;

  before(async () => {
    service = await startDeclic({ understanding: { recognise: async () => lost } });
    await service.add({ startsAt: new Date('2026-12-08T08:00:00Z') });
    await service.add({ startsAt: new Date('2027-01-11T08:00:00Z') });
  });
  after(() => service.close());

  for (const { dialog, step } of DECIDING) {
    it(`${dialog.id}.${step}: confirms nothing, three times in a row`, async () => {
      for (const words of NONSENSE) {
        const person = service.person();
        const [session] = await service.storage.sessions.list();
        const data = {
          session: session!.id,
          needs: 'none',
          contact: '06 12 34 56 78',
          firstName: '-',
          when: '-',
          situation: 'job_seeker',
          adult: 'yes',
          place: 'mainland',
          wanted: session!.id,
        };
        const frame = {
          dialog: dialog.id,
          version: dialog.version,
          step,
          data,
          round: 0,
          trail: [step],
        };
        await placeAt(service.storage, person, { stack: [frame] });
        for (let time = 0; time < 3; time += 1) {
          const replies = await person.says(words);
          expect(replies.length, words).to.be.greaterThan(0);
        }
        const { stack } = await stateOf(service.storage, person);
        expect(stack.at(-1), words).to.include({ dialog: dialog.id, step });
        expect(stack.at(-1)?.data, words).to.deep.include(data);
      }
      expect(await service.storage.register.list()).to.deep.equal([]);
      expect(await service.storage.callbacks.list()).to.deep.equal([]);
    });
  }
});
