import { expect } from 'chai';
import { declic } from '#dialogs/declic.ts';
import { placeAt, stateOf } from '#test/support/conversation-state.ts';
import { type Declic, type Person, startDeclic, TODAY } from '#test/support/declic.ts';

const HOUR = 3_600_000;

const frameOf = (id: string, step: string) => {
  const dialog = declic.dialogs.find((one) => one.id === id)!;
  return { dialog: id, version: dialog.version, step, data: {}, round: 0, trail: [step] };
};

describe('The question of life and death', () => {
  let now = TODAY;
  let service: Declic;

  before(async () => {
    service = await startDeclic({ now: () => now });
    await service.add({ startsAt: new Date('2026-12-08T08:00:00Z') });
  });
  beforeEach(() => {
    now = TODAY;
  });
  after(() => service.close());

  const keys = (person: Person): string[] => person.last.map(({ key }) => key);
  const titles = (person: Person): string[] =>
    person.last.flatMap(({ choices }) => (choices ?? []).map(({ title }) => title));

  /** Somebody asked in the middle of a form. */
  async function asked(): Promise<Person> {
    const person = service.person();
    const stack = [frameOf('eligibility', 'situation'), frameOf('safety', 'ask')];
    await placeAt(service.storage, person, { stack });
    return person;
  }

  for (const words of ['qsdqsdqsd {none}', 'merci {thanks}', 'Paul {maybe:affirm}', '...']) {
    it(`${words}: asked once more, then the numbers, with nothing else beside`, async () => {
      const person = await asked();
      await person.says(words === '...' ? '... {maybe:none}' : words);
      expect(keys(person)).to.deep.equal(['safety:maybeAgain']);
      await person.says(words === '...' ? '... {maybe:none}' : words);
      expect(keys(person)).to.deep.equal(['safety:unsaid.text', 'safety:unsaid.more']);
      expect(titles(person)).to.deep.equal(["Qu'on me rappelle", 'Revenir au programme']);
    });
  }

  const despair = [
    'je vaux rien {maybe:barrier_fear_of_failure maybe:barrier_not_for_me}',
    "j'y arriverai jamais {barrier_fear_of_failure}",
    "non mais j'en peux plus {deny yes_no=no distress=maybe}",
    "personne peut m'aider {help}",
    'aide {help way_out=help}',
    'oui {affirm yes_no=yes}',
  ];
  for (const words of despair) {
    it(`${words}: is a yes`, async () => {
      const person = await asked();
      await person.says(words);
      expect(keys(person)).to.deep.equal(['safety:maybe_yes.text', 'safety:maybe_yes.more']);
    });
  }

  const elsewhere = {
    'menu {help way_out=menu}': 'welcome:menu',
    'stop {stop_messages way_out=stop}': 'welcome:stop',
    'recommencer {restart way_out=restart}': 'welcome:restart',
    'humain {human_request way_out=human}': 'human:contact.ask',
    'les dates ? {session_list}': 'booking:list',
    'effacer {privacy_delete way_out=erase}': 'privacy:erase.ask',
    'on reprend {none meta=resume}': 'common:backTo',
  };
  for (const [words, key] of Object.entries(elsewhere)) {
    it(`${words}: is done, with one line, and the question is gone`, async () => {
      const person = await asked();
      await person.says(words);
      expect(keys(person)[0]).to.equal('safety:left');
      expect(keys(person)).to.include(key);
      expect(keys(person)).not.to.include('safety:maybe');
      const { stack } = await stateOf(service.storage, person);
      expect(stack.map(({ dialog }) => dialog)).not.to.include('safety');
    });
  }

  it('goes back to the form when its button is pressed', async () => {
    const person = await asked();
    await person.does({ do: 'answer', step: 'eligibility.situation', value: 'job_seeker' });
    expect(keys(person)).to.deep.equal(['safety:left', 'eligibility:adult.ask']);
  });

  it('says why it asks, and asks again', async () => {
    const person = await asked();
    await person.says('pourquoi ? {none meta=why}');
    expect(keys(person)).to.deep.equal(['safety:why', 'safety:maybeAgain']);
  });

  it('is not insisted on when somebody would rather not say', async () => {
    const person = await asked();
    await person.says('je préfère pas répondre {deny meta=skip}');
    expect(keys(person)[0]).to.equal('safety:unsaid.text');
  });

  it('is put once more, not brought back, when a picture is sent', async () => {
    const person = await asked();
    await service.assistant
      .handle({
        ...person.who,
        activityId: 'picture',
        kind: 'message',
        text: '',
        hasAttachment: true,
      })
      .then(({ replies }) => {
        expect(replies.map(({ key }) => key)).to.deep.equal([
          'common:cannotRead',
          'safety:maybeAgain',
        ]);
      });
  });

  it('keeps the help that its old button asks for, long after', async () => {
    const person = await asked();
    await person.says('les dates ? {session_list}');
    await person.does({ do: 'answer', step: 'safety.ask', value: 'yes' });
    expect(keys(person)).to.deep.equal(['safety:yes.text', 'safety:yes.more']);
  });

  it('asks of the danger that was told: violence has its own words', async () => {
    const person = service.person();
    await person.says('chez moi ça va mal {none distress=maybe danger=violence}');
    expect(keys(person)).to.deep.equal(['safety:maybe']);
    await person.says('oui {affirm yes_no=yes}');
    expect(keys(person)).to.deep.equal(['safety:violence.text', 'safety:violence.more']);
  });

  it('keeps quiet when the page is opened again, and forgets after twelve hours', async () => {
    const person = service.person();
    await person.says("j'ai envie de mourir {distress}");
    await person.opens();
    expect(keys(person)).to.deep.equal(['safety:stay.first']);
    now = new Date(TODAY.getTime() + 11 * HOUR);
    await person.says('bonjour {greeting}');
    expect(keys(person)).to.deep.equal(['safety:stay.second']);
    now = new Date(TODAY.getTime() + 13 * HOUR);
    await person.says('bonjour {greeting}');
    expect(keys(person)).not.to.include('safety:stay.third');
    expect(keys(person)[0]).to.equal('welcome:firstWords');
  });
});
