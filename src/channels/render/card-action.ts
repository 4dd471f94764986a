import type { CardAction } from 'botbuilder';
import type { OutgoingChoice } from '#conversation/message.ts';

/**
 * A choice as a Bot Framework action. A press comes back as a message whose text is the title
 * and whose `value.action` says what it does, so that clicking and typing read the same.
 */
export function choiceToAction({ title, action }: OutgoingChoice): CardAction {
  if (action.do === 'open') return { type: 'openUrl', title, value: action.url };
  return { type: 'messageBack', title, text: title, displayText: title, value: { action } };
}
