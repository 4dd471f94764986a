import { expect } from 'chai';
import { CAREERS, type Career, type CareerId } from '#knowledge/careers.ts';
import { stateOf } from '#test/support/conversation-state.ts';
import { type Declic, frenchWords, type Person, startDeclic } from '#test/support/declic.ts';
import { recogniser } from '#test/understanding/recogniser.ts';

/** "technicienne ou technicien support" → "technicienne support", "technicien support". */
function namesOf(id: CareerId): readonly [string, string] {
  const name = frenchWords.say('fr', `careers:${id}.name`);
  const [woman = name, man] = name.split(' ou ');
  if (man === undefined) return [name, name];
  const rest = man.split(' ').slice(woman.split(' ').length);
  return [[woman, ...rest].join(' '), man];
}

/** The button, in small letters; nothing where it says as much of its whole family. */
function buttonOf({ id, family }: Career): readonly string[] {
  const button = frenchWords.say('fr', `careers:${id}.button`);
  const ofFamily = frenchWords.say('fr', `jobs:family.${family}.button`);
  // "L'ingénierie de l'IA" may ask what AI will do to jobs as well.
  return button === ofFamily || id === 'ai-engineer' ? [] : [button.toLowerCase()];
}

/** What people write to ask about one job, in the words that we call it by. */
function phrasesFor(career: Career): readonly string[] {
  const [woman, man] = namesOf(career.id);
  return [
    `c'est quoi le métier de ${woman} ?`,
    `combien on gagne comme ${man} au début ?`,
    `${man} comment on se forme`,
    ...buttonOf(career),
  ];
}

describe('Jobs, as people write them', () => {
  let service: Declic;
  let person: Person;

  before(async function () {
    // Phrases that have changed are learned first.
    this.timeout(600_000);
    service = await startDeclic({ understanding: await recogniser() });
    person = service.person();
    await person.opens();
  });

  after(() => service.close());

  const told = async (): Promise<unknown> =>
    (await stateOf(service.storage, person)).memory.careers;

  for (const career of CAREERS) {
    const { id } = career;
    it(`${id}: is found by its name, for women and men, and by its button`, async () => {
      for (const phrase of phrasesFor(career)) {
        await person.says('quels sont les métiers du numérique ?');
        await person.says(phrase);
        expect(await told(), phrase).to.deep.include({ ids: [id] });
      }
    });
  }

  const LISTS: Readonly<Record<string, string>> = {
    'quels métiers sans coder ?': 'jobs:search.families',
    'ya des metiers sans diplome': 'jobs:search.families',
    'quels métiers sans diplôme ?': 'jobs:search.families',
    'un métier sans coder et en télétravail': 'jobs:search.families',
    'quel est le métier le mieux payé ?': 'jobs:search.paid',
    'les boulots qui payent le plus': 'jobs:search.paid',
    'un métier avec une formation courte': 'jobs:search.careers',
    'les métiers de la cybersécurité': 'jobs:families.one',
    'la programmation': 'jobs:families.one',
    cybersécurité: 'jobs:families.one',
    'ya koi comme metier ds le numerique': 'jobs:families.ask',
  };

  for (const [phrase, key] of Object.entries(LISTS)) {
    it(`« ${phrase} » lists jobs: ${key}`, async () => {
      await person.says(phrase);
      expect(person.last.at(-1)?.key).to.equal(key);
    });
  }

  it('keep the subject of what was told, whatever is asked next', async () => {
    await person.says("c'est quoi un testeur de logiciels ?");
    for (const next of [
      'et le salaire ?',
      'et sans le bac ?',
      'en télétravail ?',
      'et pour se former ?',
      'ça recrute ?',
    ]) {
      await person.says(next);
      expect(await told(), next).to.deep.include({ ids: ['software-tester'] });
      expect(JSON.stringify(person.last), next).to.include('Test de logiciels');
    }
  });
});
