import type { Activity } from 'botbuilder';
import type { ActivityRecord } from './client-activity.ts';

/** How the assistant is called on the wire. */
export interface Bot {
  readonly id: string;
  readonly name: string;
}

/** Adds what a channel says of a bot's activity: who sent it to whom, and through what. */
export function fromBot(activity: Partial<Activity>, bot: Bot, userId?: string): ActivityRecord {
  return {
    ...activity,
    channelId: 'directline',
    from: { id: bot.id, name: bot.name, role: 'bot' },
    ...(userId === undefined ? {} : { recipient: { id: userId, role: 'user' } }),
  };
}
