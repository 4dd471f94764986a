import type { Conversation } from './conversation.ts';
import { type Dialog, stepAddress } from './dialog.ts';
import type { World } from './turn.ts';

/**
 * The conversation as Mermaid diagrams in Markdown, made from the dialogs themselves: what opens
 * each dialog, and where each of its steps may lead. Same dialogs, same text.
 */
export function drawMap<W extends World>(conversation: Conversation<W>): string {
  return [
    '# The conversation',
    '',
    'Made by `npm run map` from the dialogs; a test fails when it is out of date.',
    'Rounded steps wait for an answer. At every step the ways out win: menu, aide, retour,',
    'recommencer, humain, stop, effacer.',
    '',
    '## What opens what',
    '',
    ...openings(conversation),
    ...conversation.dialogs.flatMap((dialog) => section(dialog)),
    '',
  ].join('\n');
}

function openings<W extends World>({ routes, waysOut }: Conversation<W>): string[] {
  const intents = new Map<string, string[]>();
  for (const [intent, route] of Object.entries(routes)) {
    const target = 'wayOut' in route ? `way out: ${route.wayOut}` : addressOf(route);
    intents.set(target, [...(intents.get(target) ?? []), intent]);
  }
  return [
    '| opens | intents |',
    '| --- | --- |',
    ...[...intents].map(([target, names]) => `| ${target} | ${names.join(', ')} |`),
    '',
    '| way out | opens |',
    '| --- | --- |',
    ...Object.entries(waysOut).map(([way, call]) => `| ${way} | ${addressOf(call)} |`),
    '| back | the question before, in the same dialog or below it |',
  ];
}

const addressOf = ({ dialog, at }: { readonly dialog: string; readonly at?: string }): string =>
  at === undefined ? dialog : stepAddress(dialog, at);

function section<W extends World>(dialog: Dialog<W>): string[] {
  const others = new Set<string>();
  const lines = Object.entries(dialog.steps).flatMap(([name, step]) => [
    `  ${node(name)}${step.kind === 'ask' ? `(["${name}"])` : `["${name}"]`}`,
    ...step.leads.map((lead) => {
      if (lead.startsWith('@')) others.add(lead);
      return `  ${node(name)} --> ${node(lead)}`;
    }),
  ]);
  return [
    '',
    `## ${dialog.id}`,
    '',
    `${dialog.purpose}. Begins at \`${dialog.start}\`.`,
    '',
    '```mermaid',
    'flowchart TD',
    ...lines,
    '  s_end((end))',
    ...[...others].map((other) => `  ${node(other)}[["${other.slice(1)}"]]`),
    '```',
  ];
}

/** Mermaid keeps `end` for itself. */
const node = (name: string): string => `s_${name.replace('@', 'dialog_')}`;
