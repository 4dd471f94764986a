import { parseSync } from '@swc/core';
import { find, read } from './tree.ts';

/** Stands for what a template puts in. */
export const HOLE = '{}';

/** A text written in the code. */
export interface Literal {
  readonly file: string;
  readonly kind: 'string' | 'template' | 'pattern';
  readonly text: string;
}

/** A node of the syntax tree, as swc gives it. */
export interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

interface Piece extends Node {
  readonly cooked?: string;
  readonly raw: string;
}

/** These hold types or addresses of modules: nothing that the program says. */
const SILENT = new Set(['ImportDeclaration', 'ExportAllDeclaration', 'TsModuleDeclaration']);
/** Type syntax around a value; every other `Ts…` node is a type alone. */
const AROUND_VALUES = /^Ts(As|NonNull|Satisfies|Const|TypeAssertion|Instantiation)/;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { type?: unknown }).type === 'string';

const isType = ({ type }: Node): boolean => type.startsWith('Ts') && !AROUND_VALUES.test(type);

/** Visits every node that takes part in what the program does. Answering false goes no deeper. */
export function walk(value: unknown, visit: (node: Node) => boolean | undefined): void {
  if (Array.isArray(value)) {
    for (const one of value) walk(one, visit);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) {
    if (SILENT.has(value.type) || isType(value)) return;
    if (visit(value) === false) return;
  }
  for (const child of Object.values(value)) walk(child, visit);
}

/** The syntax tree of a TypeScript text. */
export const parse = (code: string): Node =>
  parseSync(code, { syntax: 'typescript', target: 'esnext' }) as unknown as Node;

/** The text of a literal, or undefined when the node is none. */
export function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'StringLiteral') return String(node.value);
  if (node.type !== 'TemplateLiteral') return undefined;
  return (node.quasis as readonly Piece[]).map(({ cooked, raw }) => cooked ?? raw).join(HOLE);
}

/** Every text in a piece of code. */
export function literalsIn(code: string, file: string): readonly Literal[] {
  const found: Literal[] = [];
  walk(parse(code), (node) => {
    const text = textOf(node);
    if (text !== undefined) {
      const whole = node.type === 'StringLiteral' || !text.includes(HOLE);
      found.push({ file, kind: whole ? 'string' : 'template', text });
    }
    if (node.type === 'RegExpLiteral') {
      found.push({ file, kind: 'pattern', text: String(node.pattern) });
    }
    return undefined;
  });
  return found;
}

/** Every text in the files. */
export const literalsOf = (...patterns: readonly string[]): readonly Literal[] =>
  find(...patterns).flatMap((file) => literalsIn(read(file), file));
