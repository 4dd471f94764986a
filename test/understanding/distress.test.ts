import { expect } from 'chai';
import { recognise } from './recogniser.ts';

const all = (level: string, texts: readonly string[], locale = 'fr') => {
  for (const text of texts) {
    it(`${text} → ${level}`, async () => {
      expect((await recognise(text, locale)).distress).to.equal(level);
    });
  }
};

describe('distress', () => {
  describe('is heard when it is said', () => {
    all('yes', [
      'je veux mourir',
      'jveu en finir avec la vie',
      'je vais me suicider ce soir',
      'à quoi bon vivre, personne ne remarquerait si je partais',
      'mon mari me tape devant les petits',
      "j'ai avalé une boîte de médicaments",
      'MON COPAIN MA FRAPPEE',
      'je serais mieux morte',
      'ma fille parle de se suicider',
      'au secours',
      "annule tout, de toute façon je serai plus là j'ai décidé d'en finir",
    ]);
  });

  describe('is asked about when it may be', () => {
    all('maybe', ['tout s’écroule autour de moi', 'il me fait peur']);
  });

  describe('is not seen where words only exaggerate', () => {
    all('no', [
      'je suis mort de rire',
      'ce boulot me tue',
      "c'est mort pour moi",
      'mon PC est mort',
      'mort de faim mdr',
      'mon fils me bat aux échecs',
      'je veux en finir avec ce questionnaire',
      'les métiers de caisse vont disparaître',
      'je meurs de soif',
      'ça me tue de rire',
      'je voudrais annuler mardi',
      'quel métier est en danger avec l’IA',
    ]);
  });

  describe('is heard in the other languages', () => {
    all('yes', ['I want to kill myself', 'my husband beats me', 'I want to end my life'], 'en');
    all('yes', ['quiero morir', 'mi marido me pega'], 'es');
    all('yes', ['quero me matar', 'meu marido me bate'], 'pt');
    all('yes', ['أريد أن أموت', 'زوجي يضربني', 'bghit nmout'], 'ar');
    all('yes', ['хочу померти', 'мій чоловік мене бʼє'], 'uk');
    all('yes', ['ölmek istiyorum', 'kocam beni dövüyor'], 'tr');
    all('no', ['dying of laughter', 'my phone died', 'me muero de risa', 'estou morrendo de fome']);
  });

  it('comes before everything else in the message, and is answered', async () => {
    const read = await recognise('je veux annuler mardi, de toute façon je vais me tuer');
    expect(read.intents[0]?.intent).to.equal('distress');
    expect(read.action).to.equal('answer');
  });

  it('is heard in a French conversation whatever the language it is said in', async () => {
    expect((await recognise('I want to kill myself', 'fr')).distress).to.equal('yes');
    expect((await recognise('хочу померти', 'fr')).distress).to.equal('yes');
  });
});
