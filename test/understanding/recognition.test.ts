import { expect } from 'chai';
import { recognise } from './recogniser.ts';

const intentsOf = async (text: string, locale = 'fr') =>
  (await recognise(text, locale)).intents.map(({ intent }) => intent);

describe('a message', () => {
  const meanings: Record<string, string> = {
    bonjour: 'greeting',
    'bjr y a quelqu un': 'greeting',
    'c pa pour moi tt ca': 'barrier_not_for_me',
    "j'ai pas le bac": 'barrier_no_diploma',
    'JE SUIS TROP VIEUX': 'barrier_age',
    'je suis nuuuul en maths': 'barrier_maths',
    'cest gratuit ?': 'programme_price',
    "c'est quoi un data analyst": 'career_describe',
    'inscrivez-moi': 'booking_create',
    'finalement je peux pas venir, annulez ma place': 'booking_cancel',
    'supprimez toutes mes données': 'privacy_delete',
    'tu es un robot ?': 'bot_identity',
    'quel temps fait-il à Brest': 'none',
  };
  for (const [text, intent] of Object.entries(meanings)) {
    it(`${JSON.stringify(text)} means ${intent}`, async () => {
      expect((await intentsOf(text))[0]).to.equal(intent);
    });
  }

  it('that carries a doubt and a question carries both, the doubt first', async () => {
    expect(await intentsOf("est-ce que je peux participer ? j'ai pas le bac")).to.deep.equal([
      'barrier_no_diploma',
      'eligibility_check',
    ]);
  });

  it('keeps the order of its questions', async () => {
    expect(await intentsOf("c'est gratuit ? et ça dure combien de temps ?")).to.deep.equal([
      'programme_price',
      'programme_duration',
    ]);
    expect(await intentsOf("ça dure combien de temps ? et c'est gratuit ?")).to.deep.equal([
      'programme_duration',
      'programme_price',
    ]);
  });

  it('adds nothing for being polite', async () => {
    expect(await intentsOf("Bonjour, c'est gratuit ? Merci d'avance")).to.deep.equal([
      'programme_price',
    ]);
  });

  it('has scores between 0 and 1, best guesses first', async () => {
    const { top3, intents } = await recognise('je veux une place mais je suis loin de tout');
    expect(top3).to.have.length(3);
    const scores = top3.map(({ score }) => score);
    expect(scores).to.deep.equal([...scores].sort((a, b) => b - a));
    for (const { score } of [...top3, ...intents]) expect(score).to.be.within(0, 1);
  });

  it('that says nothing readable is unknown', async () => {
    for (const text of ['', '   ', '…', '\u0000']) {
      expect((await recognise(text)).action).to.equal('unknown');
    }
  });
});

describe('the language of a message', () => {
  const languages: Record<string, string> = {
    "bonjour je voudrais m'inscrire": 'fr',
    'hello, is it free for me to join?': 'en',
    'hola, ¿es gratis el programa?': 'es',
    'olá, quero me inscrever no programa': 'pt',
    'merhaba, bu program ücretsiz mi': 'tr',
    'مرحبا هل هو مجاني': 'ar',
    'salam, 3andi chi so2al, wach hadchi b flous': 'ar',
    'добрий день, чи це безкоштовно': 'uk',
  };
  for (const [text, language] of Object.entries(languages)) {
    it(`${text} → ${language}`, async () => {
      expect((await recognise(text)).language).to.equal(language);
    });
  }

  it('stays that of the conversation when the message is too short to tell', async () => {
    for (const locale of ['fr', 'en', 'es']) {
      expect((await recognise('ok', locale)).language).to.equal(locale);
      expect((await recognise('12', locale)).language).to.equal(locale);
    }
  });

  it('decides which phrases it is read with', async () => {
    expect((await intentsOf('I want to sign up for a session', 'fr'))[0]).to.equal(
      'booking_create',
    );
    expect((await intentsOf('how much does it cost?', 'fr'))[0]).to.equal('programme_price');
  });

  it('without phrases of its own leaves the meaning unknown', async () => {
    expect((await recognise('когда начинаются курсы, скажите, пожалуйста?')).action).to.equal(
      'unknown',
    );
  });
});
