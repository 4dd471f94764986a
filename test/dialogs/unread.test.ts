import { expect } from 'chai';
import type { UnreadMessage } from '#conversation/unread-messages.ts';
import { declic } from '#dialogs/declic.ts';
import { placeAt, stateOf } from '#test/support/conversation-state.ts';
import { type Declic, LOCALES, type Person, startDeclic, TODAY } from '#test/support/declic.ts';
import { loadUnderstanding } from '#understanding/embedded-understanding.ts';

const HOUR = 3_600_000;

const frameOf = (id: string, step: string) => {
  const dialog = declic.dialogs.find((one) => one.id === id)!;
  return { dialog: id, version: dialog.version, step, data: {}, round: 0, trail: [step] };
};

describe('A message that was not understood', () => {
  let now = TODAY;
  let service: Declic;
  let person: Person;

  beforeEach(async () => {
    now = TODAY;
    service = await startDeclic({ now: () => now });
    await service.add({ startsAt: new Date('2026-12-08T08:00:00Z') });
    person = service.person();
  });
  afterEach(() => service.close());

  const kept = async (): Promise<readonly UnreadMessage[]> => service.storage.unread.list();
  const texts = async (): Promise<readonly string[]> => (await kept()).map(({ text }) => text);
  const waitAt = (...frames: readonly (readonly [string, string])[]): Promise<void> =>
    placeAt(service.storage, person, { stack: frames.map((at) => frameOf(...at)) });

  it('is kept masked, as text, language and day, and nothing else', async () => {
    await person.says('zut alors, Awa Diop du 06 12 34 56 78 a 42 ans {none}');
    expect(await kept()).to.deep.equal([
      { text: 'zut alors, [nom] du [numéro] a # ans', language: 'fr', day: '2026-11-24' },
    ]);
  });

  it('is kept without the places and names that the recogniser finds in it', async () => {
    const embedded = await loadUnderstanding({ localesDir: LOCALES });
    const deaf = await startDeclic({
      understanding: {
        recognise: async (text, context) => ({
          ...(await embedded.recognise(text, context)),
          ...({ intents: [], top3: [], action: 'unknown', distress: 'no' } as const),
        }),
      },
    });
    await deaf.person().says('JHABITE A MARSEILLE MOI C EST AWA, 0612345678 GLOUBI');
    const [message] = await deaf.storage.unread.list();
    await deaf.close();
    expect(message?.text).to.equal('JHABITE A [lieu] MOI C EST [nom], [numéro] GLOUBI');
  });

  it('is kept once, delivered twice or not', async () => {
    await person.says('blabla machin {none}');
    const again = { ...person.who, activityId: `${person.who.conversationId}-1` };
    await service.assistant.handle({ ...again, kind: 'message', text: 'blabla machin' });
    expect(await texts()).to.deep.equal(['blabla machin']);
  });

  it('is kept where a question waits that people do not answer in their own words', async () => {
    await waitAt(['eligibility', 'situation']);
    await person.says('je fais des trucs {none}');
    await person.says('oui {affirm yes_no=yes}');
    expect(await texts()).to.deep.equal(['je fais des trucs']);
  });

  for (const [what, words, expected] of [
    ['of one letter', 'x', []],
    ['of signs', '?? 12 !!', []],
    ['that is nothing but a contact', '06 12 34 56 78', []],
    ['over many lines', 'un truc\n\tbizarre\u202e\u0007 là', ['un truc bizarre là']],
    ['of 500 characters, whole', 'mots '.repeat(100).trim(), ['mots '.repeat(100).trim()]],
    ['that is longer, its beginning', 'mots '.repeat(101), [`${'mots '.repeat(40).trim()}`]],
    ['that is one endless word', 'n'.repeat(600), []],
  ] as const) {
    it(`${what}: ${expected.length === 0 ? 'is not kept' : 'is kept'}`, async () => {
      await person.says(`${words} {none}`);
      expect(await texts()).to.deep.equal(expected);
    });
  }

  it('that is understood is not kept', async () => {
    await person.says('c payant ? {programme_price}');
    await person.says('bonjour {greeting}');
    await person.says('quel métier ? {career_describe}');
    expect(await texts()).to.deep.equal([]);
  });

  describe('about which guesses were made', () => {
    const guess = () =>
      person.says('cest pas donné jimagine {maybe:programme_price maybe:barrier_money}');

    it('is kept when none of them is taken', async () => {
      await guess();
      expect(await texts()).to.deep.equal([]);
      await person.says('les dates {session_list}');
      expect(await texts()).to.deep.equal(['cest pas donné jimagine']);
      await person.says('merci {thanks}');
      expect(await texts()).to.have.length(1);
    });

    it('is kept when the menu is chosen instead', async () => {
      await guess();
      await person.presses('Autre chose');
      expect(await texts()).to.deep.equal(['cest pas donné jimagine']);
    });

    it('is not kept when one is pressed, or typed', async () => {
      await guess();
      const [button] = person.last.flatMap(({ choices }) => choices ?? []);
      await person.does(button?.action);
      await guess();
      await person.says(`${button?.title} {none}`);
      expect(await texts()).to.deep.equal([]);
    });

    it('is not kept when what comes next forbids it', async () => {
      for (const next of [
        'je veux mourir {distress}',
        'efface tout {privacy_delete way_out=erase}',
      ]) {
        person = service.person();
        await guess();
        await person.says(next);
        await person.says('bof {none}');
        expect(await texts()).to.deep.equal([]);
        expect(await stateOf(service.storage, person)).not.to.have.property('guessed');
      }
    });
  });

  describe('is never kept', () => {
    it('in danger, asked about danger, quiet after it, or within half a day of it', async () => {
      await person.says('jveux plus vivre {distress}');
      await person.says('hier il a dit des choses {none}');
      await person.says('je rigole {none cue=no_danger}');
      await person.says('les dates {session_list}');
      await person.says('gloubi boulga {none}');
      expect(await texts()).to.deep.equal([]);
      now = new Date(TODAY.getTime() + 13 * HOUR);
      await person.says('gloubi boulga {none}');
      expect(await texts()).to.deep.equal(['gloubi boulga']);
    });

    it('at the question of life and death, nor when danger is named', async () => {
      await person.says('jen peux plus {maybe:distress distress=maybe}');
      await person.says('je sais pas trop {none}');
      const other = service.person();
      await other.says('mon voisin frappe tout le monde {none danger=violence}');
      expect(await texts()).to.deep.equal([]);
    });

    for (const [what, frames] of Object.entries({
      'the number to call back': [['human', 'contact']],
      'the first name': [['human', 'firstName']],
      'the recap of the call-back': [['human', 'recap']],
      'a need, added later': [['my_needs', 'ask']],
      'a need, while booking': [['booking', 'needs']],
      'a question above the number': [
        ['human', 'contact'],
        ['eligibility', 'situation'],
      ],
      'a question above a need': [
        ['booking', 'needs'],
        ['eligibility', 'situation'],
      ],
      'the question before all is erased': [['privacy', 'erase']],
    } as const)) {
      it(`where the question is ${what}`, async () => {
        await waitAt(...frames);
        await person.says('mon zéro six cest douze douze {none}');
        await person.says('jai dit douze {maybe:barrier_age maybe:none}');
        expect(await texts()).to.deep.equal([]);
      });
    }

    it('of somebody who had everything erased, in any conversation', async () => {
      await person.says('effacer {privacy_delete way_out=erase}');
      await person.says('oui {affirm yes_no=yes}');
      await person.says('gloubi boulga {none}');
      const elsewhere = service.person({ userId: person.who.userId });
      await elsewhere.says('gloubi boulga {none}');
      expect(await texts()).to.deep.equal([]);
    });

    it('of somebody who refused', async () => {
      await person.says('vous gardez quoi {privacy_info}');
      await person.presses('Ne rien en garder');
      await person.says('gloubi boulga {none}');
      expect(await texts()).to.deep.equal([]);
      expect((await stateOf(service.storage, person)).memory).to.include({ keepsNothing: true });
    });
  });
});
