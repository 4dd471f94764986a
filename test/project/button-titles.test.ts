import { expect } from 'chai';
import { shortWhen } from '#programme/short-when.ts';
import { keysOf, TALK_FAMILIES } from './key-families.ts';
import { localeFiles } from './locale-files.ts';
import { type Node, parse, textOf, walk } from './source-code.ts';
import { find, read } from './tree.ts';

/** The most that a button of WhatsApp shows. */
const LONGEST_TITLE = 20;
/** Everything below these is the title of a button. */
const GROUPS = /[:.](choice|buttons|topic)\./;
/** Filled with a day and an hour. */
const DAY = 'booking:choice.day';

/** Keys that code uses as titles of buttons, templates among them. */
function titlesIn(code: string): readonly string[] {
  const found: unknown[] = [];
  walk(parse(code), (node) => {
    if (node.type === 'CallExpression') found.push(titleOfCall(node));
    if (node.type === 'ObjectExpression') found.push(...titlesOfObject(node));
    return undefined;
  });
  return found.flatMap((one) => textOf(one) ?? []).filter((text) => text.includes(':'));
}

/** `choice('key', …)`, `intentChoice('key', …)`. */
function titleOfCall({ callee, arguments: given }: Node): unknown {
  const { value } = callee as Node;
  if (value !== 'choice' && value !== 'intentChoice') return undefined;
  return (given as readonly { readonly expression: unknown }[])[0]?.expression;
}

/**
 * `title: { key }`, but not of a card's link; `confirm` of a recap; `label` of a slot, which is a
 * button when the person wants to change an answer.
 */
function titlesOfObject(node: Node): readonly unknown[] {
  const fields = fieldsOf(node);
  const title = fields.get('title');
  const ofButton = title?.type === 'ObjectExpression' && !fields.has('url');
  return [
    ...(ofButton ? [fieldsOf(title).get('key')] : []),
    ...['confirm', 'label'].map((name) => fields.get(name)),
  ];
}

const fieldsOf = (node: Node): ReadonlyMap<string, Node> =>
  new Map(
    (node.properties as readonly Node[]).flatMap((field): [string, Node][] => {
      if (field.type === 'Identifier') return [[String(field.value), field]];
      if (field.type !== 'KeyValueProperty') return [];
      return [[String((field.key as Node).value), field.value as Node]];
    }),
  );

/** The keys that a text of the code stands for. */
const expand = (text: string): readonly string[] => {
  const family = TALK_FAMILIES.filter(({ written }) => written === text);
  return family.length > 0 ? family.flatMap(keysOf) : [text];
};

describe('project: titles of buttons', () => {
  const files = localeFiles();
  const inCode = new Set(
    find('dialogs/*.ts', 'src/conversation/*.ts')
      .flatMap((path) => titlesIn(read(path)))
      .flatMap(expand),
  );

  it('are found where dialogs make them', () => {
    const code = `[
      choice('n:a', step, YES), intentChoice(\`n:b.\${c}\`, 'help'), other('n:d'),
      { title: { key: 'n:e' }, action }, { title: { key: 'n:f' }, url },
      { label: 'n:g' }, { label: { key: 'n:h' } }, { confirm: 'n:i' },
    ]`;
    expect(titlesIn(code)).to.have.members(['n:a', 'n:b.{}', 'n:e', 'n:g', 'n:i']);
    expect([...inCode]).to.include.members([
      'common:choice.human',
      'booking:needs.none',
      'booking:cancel.keep',
      'booking:recap.confirm',
      'eligibility:place.label',
      'common:topic.barrier_age',
    ]);
  });

  it('of every day of a year fit, at the hours that take most room', () => {
    const days = Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(2028, 0, 1 + index)));
    const titles = days.flatMap((startsAt) =>
      ['18 h', '18 h 30'].map((time) =>
        shortWhen({ startsAt, timeZone: 'Europe/Paris' }, undefined, 'fr', time),
      ),
    );
    expect(titles.filter((title) => title.length > LONGEST_TITLE)).to.deep.equal([]);
    expect(new Set(titles).size).to.equal(titles.length);
  });

  for (const { locale, namespace, sentences } of files) {
    const titles = [...sentences].filter(([key]) => {
      const full = `${namespace}:${key}`;
      return (GROUPS.test(full) || inCode.has(full)) && full !== DAY;
    });
    if (titles.length === 0) continue;

    it(`of ${locale}/${namespace}.json fit on a phone: ${LONGEST_TITLE} characters at most`, () => {
      const long = titles.flatMap(([key, text]) => {
        const length = [...text].length;
        return length > LONGEST_TITLE ? [`${key}: ${length} characters, « ${text} »`] : [];
      });
      expect(long.join('\n')).to.equal('');
    });
  }
});
