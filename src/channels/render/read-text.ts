import type { Activity, Entity } from 'botbuilder';

const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/**
 * What the person wrote, as they wrote it. In Teams a message to the bot in a channel begins
 * with the bot's name, inside markup that nobody typed: the name of the bot goes away, the
 * names of other people stay.
 */
export function readText(activity: Partial<Activity>, channel: string): string {
  const text = typeof activity.text === 'string' ? activity.text : '';
  if (channel !== 'msteams') return text;
  return decode(
    botMentions(activity).reduce((left, mention) => left.replaceAll(mention, ''), text),
  );
}

function botMentions(activity: Partial<Activity>): string[] {
  const entities: readonly Entity[] = Array.isArray(activity.entities) ? activity.entities : [];
  return entities
    .filter((entity) => entity?.type === 'mention' && mentions(entity, activity.recipient?.id))
    .map((entity) => entity.text)
    .filter((text): text is string => typeof text === 'string' && text !== '');
}

function mentions(entity: Entity, botId: string | undefined): boolean {
  const mentioned: unknown = entity.mentioned;
  if (typeof mentioned !== 'object' || mentioned === null || botId === undefined) return false;
  return 'id' in mentioned && mentioned.id === botId;
}

function decode(text: string): string {
  return text
    .replace(/<\/?at(?: [^<>]*)?>/g, '')
    .replace(/&(?:nbsp|lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .trim();
}
