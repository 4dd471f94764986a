import type { Attachment } from 'botbuilder';
import type { OutgoingCard } from '#conversation/message.ts';

/** A card as an Adaptive Card 1.5, kept to the elements that every client of ours can show. */
export function toAdaptiveCard(card: OutgoingCard, locale: string): Attachment {
  const actions = card.links.map(({ title, url }) => ({ type: 'Action.OpenUrl', title, url }));
  return {
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.5',
      ...(locale ? { lang: locale } : {}),
      fallbackText: inWords(card),
      body: bodyOf(card),
      ...(actions.length > 0 ? { actions } : {}),
    },
  };
}

function bodyOf({ title, subtitle, lines }: OutgoingCard): object[] {
  const facts = lines.map(({ label, text }) => ({ title: label, value: text }));
  return [
    { type: 'TextBlock', text: title, size: 'Medium', weight: 'Bolder', wrap: true },
    ...(subtitle ? [{ type: 'TextBlock', text: subtitle, isSubtle: true, wrap: true }] : []),
    ...(facts.length > 0 ? [{ type: 'FactSet', facts }] : []),
  ];
}

function inWords({ title, subtitle, lines }: OutgoingCard): string {
  const facts = lines.map(({ label, text }) => `${label}: ${text}`);
  return [title, ...(subtitle ? [subtitle] : []), ...facts].join('\n');
}
