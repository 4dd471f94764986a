import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { hear } from '#conversation/heard.ts';
import { jobsNamed } from '#dialogs/named-jobs.ts';
import { recognise } from './recogniser.ts';

const OCCUPATIONS = new URL(
  '../../src/understanding/resources/fr/occupations.tsv',
  import.meta.url,
);

/** The former jobs that a message names, as the dialogs know them. */
const jobsIn = async (text: string): Promise<string[]> =>
  jobsNamed(hear(text, await recognise(text))).map(({ id }) => id);

/** The words of each occupation that count by themselves. */
const firm = readFileSync(OCCUPATIONS, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [occupation = '', terms = ''] = line.split('\t');
    return { occupation, terms: terms.split(',').filter((term) => !term.endsWith('?')) };
  });

const cases = (table: Readonly<Record<string, readonly string[]>>): void => {
  for (const [text, expected] of Object.entries(table)) {
    it(`${JSON.stringify(text)} → ${expected.join(', ') || 'nothing'}`, async () => {
      expect(await jobsIn(text)).to.deep.equal(expected);
    });
  }
};

describe('former jobs', () => {
  it('are each read by a name of theirs', async () => {
    const unread: string[] = [];
    for (const { occupation, terms } of firm) {
      const { entities } = await recognise(`avant j'étais ${terms[0]}`);
      if (!entities.some(({ kind, value }) => kind === 'occupation' && value === occupation)) {
        unread.push(`${terms[0]} (${occupation})`);
      }
    }
    expect(firm.length).to.be.at.least(150);
    expect(unread).to.deep.equal([]);
  });

  describe('are read as people tell them', () => {
    cases({
      "j'étais caissière, je peux faire quoi": ['cashier'],
      'g fait 8 ans de caisse a auchan': ['cashier'],
      'maçon, le dos cassé, et maintenant ?': ['mason'],
      'ancien routier': ['truck-driver'],
      'chui coiffeuse afro a chateau rouge': ['hairdresser'],
      'pizzaïolo vers la tech ?': ['pizza-maker'],
      "j'ai vendu des kebabs pendant 8 ans": ['pizza-maker'],
      'brancardier de nuit, je voudrais m’asseoir': ['stretcher-bearer'],
      'ex-assistante dentaire': ['dental-assistant'],
      'ancienne greffière au tribunal': ['court-clerk'],
      'sage-femme épuisée': ['midwife'],
      'je travaillais aux pompes funèbres': ['funeral-worker'],
      "j'étais chef de chantier au bled": ['site-manager'],
      grutier: ['heavy-equipment-operator'],
      'couvreur zingueur, le vertige': ['roofer'],
      'géomètre topographe, débouché voisin ?': ['surveyor'],
      'ingénieur en génie civil à Kinshasa, agent de sécurité à Bobigny': [
        'engineer',
        'security-guard',
      ],
      'livreur deliveroo, mes compétences servent à quoi': ['bike-courier'],
      'je revends sur vinted': ['online-reseller'],
      'je fais le ménage dans les bureaux la nuit': ['cleaner'],
      'dame de cantine depuis 12 ans': ['canteen-cook'],
      'moi jtais animateur bafa': ['youth-leader'],
      'prof de français que devenir dans la tech': ['secondary-teacher'],
      'routier > geomaticien': ['truck-driver'],
    });
  });

  describe('are read when they were not paid', () => {
    cases({
      "je m'occupe de ma mère depuis 4 ans": ['family-carer'],
      'aidante familiale de mon fils': ['family-carer'],
      'mère au foyer, reprise après 3 enfants': ['parent-at-home'],
      "j'ai élevé mes enfants": ['parent-at-home'],
      "j'élève mes 3 enfants depuis 10 ans": ['parent-at-home'],
      'je traduis pour mes parents à la préfecture': ['family-interpreter'],
      'jai travaillé en détention': ['prison-work'],
      'bénévole aux restos du coeur': ['volunteer'],
      'petits boulots au black': ['informal-work'],
      'je suis femme d’agriculteur, je fais tout à la ferme': ['family-farm-helper'],
      'je tenais les papiers de mon mari': ['spouse-in-business'],
      "j'ai jamais travaillé": ['never-worked'],
      "je répare les ordis de tout l'immeuble": ['computer-handy'],
      'service civique dans une mission locale': ['civic-service'],
      "chantier d'insertion espaces verts": ['work-integration'],
    });
  });

  it('are asked about in a few words, and only there', async () => {
    const asked = async (text: string): Promise<boolean> =>
      (await recognise(text)).entities.some(({ kind }) => kind === 'former_job');
    for (const text of ['mon ancien métier', 'reconversion pro', 'Pourquoi ceux-là ?']) {
      expect(await asked(text), text).to.equal(true);
    }
    for (const text of ['mon ancien métier était maçon', 'pourquoi ceux-là sont payants']) {
      expect(await asked(text), text).to.equal(false);
    }
  });

  describe('are not those of others, nor dreams, nor whoever is named far on', () => {
    cases({
      'mon mari est maçon': [],
      'je veux devenir coiffeuse': [],
      'ma mère était infirmière, moi rien': [],
      "dans la salle d'attente, la kiné, le déménageur, la coiffeuse et le facteur se demandent":
        [],
      "un jour je vous raconterai tout ce que j'ai fait avant, mais là le dos ne suit plus, et le médecin a dit non":
        [],
    });
  });
});
