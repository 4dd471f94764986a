import { expect } from 'chai';
import {
  CALENDAR_FAMILIES,
  type KeyFamily,
  keysOf,
  TALK_FAMILIES,
  TEAM_FAMILIES,
} from './key-families.ts';
import { AGAIN, localeFiles, type Sentences, withoutPlural } from './locale-files.ts';
import { type Literal, literalsOf, type Node, parse, walk } from './source-code.ts';
import { find, read } from './tree.ts';

const french: ReadonlyMap<string, Sentences> = new Map(
  localeFiles()
    .filter(({ locale }) => locale === 'fr')
    .map(({ namespace, sentences }) => [namespace, sentences]),
);
const keysIn = (namespace: string): readonly string[] => [...(french.get(namespace)?.keys() ?? [])];

/** Files of words, the code that says them, and the keys that this code puts together. */
interface Speaker {
  readonly name: string;
  /** Every key as the code writes it. */
  readonly keys: readonly string[];
  readonly literals: readonly Literal[];
  readonly families: readonly KeyFamily[];
}

const TALK = [...french.keys()].filter((name) => !['team', 'calendar', 'widget'].includes(name));

const speakers: readonly Speaker[] = [
  {
    name: TALK.join(', '),
    keys: TALK.flatMap((name) => keysIn(name).map((key) => `${name}:${key}`)),
    literals: literalsOf('src/**/*.ts', 'dialogs/**/*.ts'),
    families: TALK_FAMILIES,
  },
  {
    name: 'team',
    keys: keysIn('team'),
    literals: literalsOf('src/cli/*.ts'),
    families: TEAM_FAMILIES,
  },
  {
    name: 'calendar',
    keys: keysIn('calendar'),
    literals: literalsOf('src/*.ts', 'src/programme/*.ts'),
    families: CALENDAR_FAMILIES,
  },
];

/** Keys that no code asks for. What is said the second time is asked for by its first. */
function unused({ keys, literals, families }: Omit<Speaker, 'name'>): readonly string[] {
  const asked = new Set([...literals.map(({ text }) => text), ...families.flatMap(keysOf)]);
  return keys.filter((key) => {
    const plain = withoutPlural(key);
    return !asked.has(plain) && !asked.has(plain.replace(AGAIN, ''));
  });
}

/** Templates that look like a key: they begin as keys do. */
function templates({ keys, literals }: Omit<Speaker, 'name'>): readonly string[] {
  const beginnings = new Set(keys.flatMap((key) => /^[\w-]+[:.]/.exec(key)?.[0] ?? []));
  const texts = literals.filter(({ kind }) => kind === 'template').map(({ text }) => text);
  const keyLike = texts.filter((text) => [...beginnings].some((it) => text.startsWith(it)));
  return [...new Set(keyLike)].sort();
}

describe('project: every sentence of locales/fr has its use', () => {
  for (const speaker of speakers) {
    describe(speaker.name, () => {
      it('declares every key that the code puts together, and no other', () => {
        const declared = [...new Set(speaker.families.map(({ written }) => written))].sort();
        expect(templates(speaker)).to.deep.equal(declared);
      });

      it('has the sentence of every key that can be put together', () => {
        const known = new Set(speaker.keys.map(withoutPlural));
        const missing = speaker.families
          .filter(({ exact }) => exact)
          .flatMap((family) => keysOf(family).filter((key) => !known.has(key)));
        expect(missing).to.deep.equal([]);
      });

      it('has no sentence that nobody says', () => {
        expect(unused(speaker).join('\n')).to.equal('');
      });
    });
  }

  it('says a second time only what is said a first time', () => {
    for (const namespace of TALK) {
      const keys = new Set(keysIn(namespace));
      const orphans = [...keys].filter((it) => AGAIN.test(it) && !keys.has(it.replace(AGAIN, '')));
      expect(orphans, namespace).to.deep.equal([]);
    }
  });

  it('tells a key that is not used from one that is', () => {
    const literals: readonly Literal[] = [
      { file: 'x.ts', kind: 'string', text: 'n:a' },
      { file: 'x.ts', kind: 'template', text: 'n:b.{}' },
    ];
    const families = [{ written: 'n:b.{}', values: [['c']], exact: true, why: 'a test' }];
    const keys = ['n:a_one', 'n:a_other', 'n:aAgain', 'n:b.c', 'n:b.d', 'n:e', 'n:eAgain'];
    const speaker = { keys, literals, families };
    expect(unused(speaker)).to.deep.equal(['n:b.d', 'n:e', 'n:eAgain']);
    expect(templates(speaker)).to.deep.equal(['n:b.{}']);
  });

  describe('widget', () => {
    // Its words are objects, read field by field: the last name of a key is a field somewhere.
    const fields = new Set(find('src/widget/**/*.ts').flatMap((path) => fieldsIn(read(path))));

    it('has no sentence whose field is never read', () => {
      const last = (key: string): string => key.split('.').at(-1) ?? '';
      expect(keysIn('widget').filter((key) => !fields.has(last(key)))).to.deep.equal([]);
    });

    it('finds the fields that code reads', () => {
      const code = "const { a, b: c } = words; use(words.d[e ? 'f' : g], h, { i: 1 });";
      expect(fieldsIn(code)).to.have.members(['a', 'b', 'd', 'f']);
    });
  });
});

/** Fields that are read: `.name`, `{ name } =`, and strings, that may choose one. */
function fieldsIn(code: string): readonly string[] {
  const found: string[] = [];
  walk(parse(code), (node) => {
    if (node.type === 'MemberExpression') found.push(nameOf(node.property));
    if (node.type === 'AssignmentPatternProperty') found.push(nameOf(node.key));
    if (node.type === 'KeyValuePatternProperty') found.push(nameOf(node.key));
    if (node.type === 'StringLiteral') found.push(String(node.value));
    return undefined;
  });
  return found.filter((name) => name !== '');
}

function nameOf(node: unknown): string {
  const { type, value } = node as Node;
  return type === 'Identifier' ? String(value) : '';
}
