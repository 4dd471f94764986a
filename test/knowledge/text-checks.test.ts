import { expect } from 'chai';
import { kandelMoles, messagesOf, sentencesOf, syllablesOf, wordsOf } from './french-text.ts';
import { easeOf, problemsOf, statesFigure } from './text-checks.ts';

const rulesBrokenBy = (text: string, statesFacts = true): string[] =>
  problemsOf({ text }, { statesFacts }).map(({ rule }) => rule);

describe('the checks on the voice', () => {
  it('let a plain sentence pass', () => {
    expect(rulesBrokenBy('Sans diplôme, on entend souvent que la porte est fermée.')).to.deep.equal(
      [],
    );
    expect(rulesBrokenBy('Vous voulez voir les dates\u00a0?')).to.deep.equal([]);
    expect(rulesBrokenBy('Pour parler, écrivez «\u00a0humain\u00a0».')).to.deep.equal([]);
  });

  it('refuse a text too long for a phone, placeholders counted as filled', () => {
    expect(rulesBrokenBy('mot '.repeat(81).trim())).to.include('too long');
    expect(rulesBrokenBy(`${'mot '.repeat(75)}{{when}}`)).to.include('too long');
    expect(rulesBrokenBy('mot '.repeat(79).trim())).to.deep.equal([]);
  });

  it('refuse the middle dot and its cousins, not addresses', () => {
    for (const word of ['inscrit·e', 'inscrit(e)', 'inscrit.e', 'conseiller•ère']) {
      expect(rulesBrokenBy(`Personne ${word} ici`), word).to.include('middle dot');
    }
    expect(rulesBrokenBy('Voyez antidiscriminations.fr ou mon-cep.org.')).to.deep.equal([]);
  });

  it('refuse words that shame, push or minimise', () => {
    const banned = [
      'Vous vous autocensurez.',
      "N'ayez pas peur.",
      "Il suffit d'essayer.",
      'Croyez en vous.',
      'Osez le numérique.',
      "Ce n'est rien.",
      "C'est facile.",
      'En tant que femme, vous pouvez.',
    ];
    for (const text of banned) expect(rulesBrokenBy(text), text).to.include('banned phrase');
    expect(rulesBrokenBy('Je vous propose deux dates, vous proposez une heure.')).to.deep.equal([]);
    expect(rulesBrokenBy('Un oui ou un non suffit.')).to.deep.equal([]);
  });

  it('refuse a guessed gender, not a doublet', () => {
    expect(rulesBrokenBy('Vous êtes inscrit.')).to.include('guessed gender');
    expect(rulesBrokenBy('Vous êtes bien inscrite.')).to.include('guessed gender');
    expect(rulesBrokenBy('Vous êtes prête ou prêt.')).to.deep.equal([]);
    expect(rulesBrokenBy('Vous êtes sur la liste.')).to.deep.equal([]);
  });

  it('allow one emoji, not two', () => {
    expect(rulesBrokenBy('À bientôt 🙂')).to.deep.equal([]);
    expect(rulesBrokenBy('À bientôt 🙂🎉')).to.include('more than one emoji');
  });

  it('want one kind of quotes, and the spaces of French typography', () => {
    const wrong = [
      'L’anglais.',
      'Dites "humain".',
      'Vraiment?',
      'Voici: deux dates.',
      'Attendez...',
      'Deux  espaces.',
      'Oui\u00a0! Oui\u00a0!',
    ];
    for (const text of wrong) expect(rulesBrokenBy(text), text).to.include('typography');
  });

  it('want acronyms explained where they stand', () => {
    const rule = 'acronym not explained in its message';
    expect(rulesBrokenBy('Le RSA continue pendant les quelques jours.')).to.include(rule);
    expect(rulesBrokenBy('Le RSA (revenu de solidarité active) continue.')).to.deep.equal([]);
    expect(rulesBrokenBy('La reconnaissance (RQTH) est à vous.')).to.deep.equal([]);
    expect(rulesBrokenBy('Envoyez un SMS avec votre CV, si vous voulez.')).to.deep.equal([]);
    expect(rulesBrokenBy("L'IA et l'emploi")).to.deep.equal([]);
  });

  it('want a year and a source with each figure, where facts are stated', () => {
    const bare = 'On compte 64\u00a0% de femmes.';
    expect(rulesBrokenBy(bare)).to.have.members([
      'figure without a year',
      'figure without its source in words',
    ]);
    expect(rulesBrokenBy('En 2023, 64\u00a0% de femmes (Centre Inffo).')).to.deep.equal([]);
    expect(rulesBrokenBy(bare, false)).to.deep.equal([]);
  });

  it('do not take telephone numbers, names and placeholders for figures', () => {
    for (const text of [
      'Le 3114, le 15 ou le 112.',
      "L'École 42.",
      'bac+2',
      '{{rank}}',
      'En 2023.',
    ]) {
      expect(statesFigure(text), text).to.equal(false);
    }
    for (const text of ['15 heures', '15\u00a0%', '17 ans', '114 places et 42 inscrits']) {
      expect(statesFigure(text), text).to.equal(true);
    }
  });

  it('count long sentences and tell where they are', () => {
    const { long, shortShare } = easeOf({
      a: { b: `${'mot '.repeat(21).trim()}. Court.` },
    });
    expect(shortShare).to.equal(0.5);
    expect(long).to.have.length(1);
    expect(long[0]).to.match(/^a\.b \(21\)/);
  });
});

describe('French text', () => {
  it('is taken from every leaf, with its path', () => {
    expect(messagesOf({ a: { b: 'un', c: { d: 'deux' } }, e: 'trois' })).to.deep.equal([
      { key: 'a.b', text: 'un' },
      { key: 'a.c.d', text: 'deux' },
      { key: 'e', text: 'trois' },
    ]);
  });

  it('is cut into sentences at full stops and line breaks, not inside addresses', () => {
    expect(sentencesOf('Un. Deux\u00a0? Trois\u00a0: quatre\nCinq, mon-cep.org.')).to.deep.equal([
      'Un.',
      'Deux\u00a0?',
      'Trois\u00a0: quatre',
      'Cinq, mon-cep.org.',
    ]);
  });

  it('has words, lone punctuation not counted', () => {
    expect(wordsOf("Vraiment\u00a0? L'anglais, 64\u00a0%")).to.have.length(3);
  });

  const syllables: Readonly<Record<string, number>> = {
    bonjour: 2,
    numérique: 3,
    diplôme: 2,
    école: 2,
    réel: 2,
    créer: 2,
    femmes: 1,
    "l'anglais": 2,
    travail: 2,
    payer: 2,
    idée: 2,
    années: 2,
    'peut-être': 2,
    le: 1,
    question: 2,
  };
  for (const [word, count] of Object.entries(syllables)) {
    it(`hears ${count} syllable${count > 1 ? 's' : ''} in "${word}"`, () => {
      expect(syllablesOf(word)).to.equal(count);
    });
  }

  it('is easier when words and sentences are short', () => {
    const plain = ['Venez voir. On lit, on parle, on rit.'];
    const heavy = [
      "L'individualisation des problématiques d'employabilité conditionne l'opérationnalisation territoriale des accompagnements.",
    ];
    expect(kandelMoles(plain)).to.be.above(100);
    expect(kandelMoles(heavy)).to.be.below(0);
  });

  it('follows the formula of Kandel and Moles', () => {
    // 3 words, 1 sentence, 4 syllables (je, li-s, bon-jour).
    expect(kandelMoles(['Je lis bonjour.'])).to.be.closeTo(207 - 1.015 * 3 - 73.6 * (4 / 3), 1e-9);
  });
});
