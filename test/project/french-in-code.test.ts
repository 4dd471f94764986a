import { expect } from 'chai';
import { type Literal, literalsIn, literalsOf } from './source-code.ts';

/** Texts of the code that may hold French, with the reason. */
const ALLOWED: readonly {
  readonly file: string;
  readonly text: string;
  readonly why: string;
}[] = [
  {
    file: 'dialogs/welcome.dialog.ts',
    text: 'vous',
    why: 'the value that locales/fr/values.tsv gives to this way of speaking',
  },
  {
    file: 'src/understanding/text/tokenise.ts',
    text: '[œæßıøł]',
    why: 'letters that Unicode does not take apart by itself, of any language',
  },
  {
    file: 'src/knowledge/doubts.ts',
    text: 'Stéphane Hagues',
    why: 'the name of a person, beside the page where they tell their story',
  },
  {
    file: 'src/knowledge/doubts.ts',
    text: 'Déborah Jabes',
    why: 'the name of a person, beside the page where they tell their story',
  },
  {
    file: 'src/conversation/draw-map.ts',
    text: 'Rounded steps wait for an answer. At every step the ways out win: menu, aide, retour,',
    why: 'quotes what people can write, in a page for those who write dialogs',
  },
  {
    file: 'src/conversation/draw-map.ts',
    text: 'recommencer, humain, stop, effacer.',
    why: 'quotes what people can write, in a page for those who write dialogs',
  },
  {
    file: 'src/conversation/masking/mask.ts',
    text: '[numéro]',
    why: 'stands for a number in the messages that the team reads, who write French',
  },
  {
    file: 'src/channels/directline/direct-line.ts',
    text: 'Déclic',
    why: 'the name of the assistant',
  },
];

/** What these are called in every language. */
const NAMES = ['DéClics Numériques', 'Pôle emploi', 'Défenseur des droits', 'La Réunion'];

const ACCENT = /[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f]/u;
/** French words that are neither English nor names of things in this code. */
const FRENCH_WORDS = new Set(
  (
    'aide annuler au aucun aucune aujourd aussi autre autres aux avec bonjour car cela ces cet ' +
    'cette comme dans demain des donc du effacer elle elles encore enfin entre est faire fait ' +
    'hier humain ici jamais je jour jours la le les leur leurs lui ma maintenant mais merci mes ' +
    'mon ne nos notre nous oui ou par parce parler pas personne personnes peut pour pourquoi ' +
    'puis quand que quel quelle qui quoi recommencer rendez retour reprendre rien sa sans ses ' +
    'si sommes son sont sous sur ta toujours tout toute très trop tu un une vos votre vous'
  ).split(' '),
);
/** Two of the short words must meet: `la`, `sur` or `ne` alone is as often a code or a unit. */
const LONG_ENOUGH = 4;

/** What makes a text French, or undefined. */
function frenchIn(text: string): string | undefined {
  const rest = NAMES.reduce((left, name) => left.replaceAll(name, ''), text);
  if (ACCENT.test(rest)) return 'an accented letter';
  const words = (rest.toLowerCase().match(/\p{L}+/gu) ?? []).filter((it) => FRENCH_WORDS.has(it));
  const enough = words.some((word) => word.length >= LONG_ENOUGH) || new Set(words).size > 1;
  return enough ? words.join(' ') : undefined;
}

const isAllowed = ({ file, text }: Literal): boolean =>
  ALLOWED.some((one) => one.file === file && one.text === text);

describe('project: code holds no French', () => {
  const literals = literalsOf('src/**/*.ts', 'dialogs/**/*.ts');

  it('reads the texts of the code', () => {
    expect(literals.length).to.be.greaterThan(2000);
    const [first, second, third, ...rest] = literalsIn(
      "import a from 'été'; type T = 'été'; const b = 'un' as T; " +
        'const c = `deux $' +
        '{b} trois`; const d = /quatre/u;',
      'x.ts',
    );
    expect(first).to.include({ kind: 'string', text: 'un' });
    expect(second).to.include({ kind: 'template', text: 'deux {} trois' });
    expect(third).to.include({ kind: 'pattern', text: 'quatre' });
    expect(rest).to.deep.equal([]);
  });

  for (const [text, french] of [
    ['Votre place est tenue.', true],
    ['annuler', true],
    ['Réservé', true],
    ['il ne sera pas la', true],
    ['on_site', false],
    ['DéClics Numériques', false],
    ['Books a seat, or a place on the waiting list, in one session', false],
    ['select 1 from sessions', false],
  ] as const) {
    it(`takes « ${text} » for ${french ? 'French' : 'no French'}`, () => {
      expect(frenchIn(text) !== undefined).to.equal(french);
    });
  }

  it('says everything from locales/', () => {
    const found = literals
      .filter((literal) => !isAllowed(literal))
      .flatMap(({ file, text }) => {
        const why = frenchIn(text);
        return why === undefined ? [] : [`${file}: « ${text} » has ${why}`];
      });
    expect(found.join('\n')).to.equal('');
  });

  for (const { file, text, why } of ALLOWED) {
    it(`still needs « ${text} » in ${file}: ${why}`, () => {
      expect(literals.some((it) => it.file === file && it.text === text)).to.equal(true);
      expect(frenchIn(text)).not.to.equal(undefined);
    });
  }
});
