import type { Activity, Attachment, SuggestedActions } from 'botbuilder';
import type { Outgoing, OutgoingChoice } from '#conversation/message.ts';
import { toAdaptiveCard } from './adaptive-card.ts';
import { choiceToAction } from './card-action.ts';
import { heroCards } from './hero-cards.ts';

/** Who speaks to whom, and where. */
export interface RenderOptions {
  /** The channel's id as the Bot Framework names it: directline, webchat, emulator, msteams… */
  readonly channel: string;
  readonly botId: string;
  readonly botName?: string;
  /** Whom the choices are shown to, as the client knows itself; everybody when it is not known. */
  readonly userId?: string;
  readonly conversationId: string;
  /** The activity that is being answered. */
  readonly replyToId?: string;
}

/**
 * Turns the assistant's replies of one turn into activities, in order.
 *
 * Choices are quick replies, and clients show those of the last message only: of the messages
 * that have choices the last one counts, and the last message carries them. Teams shows quick
 * replies poorly, so there they are buttons of a hero card on the message that has them.
 */
export function toActivities(
  replies: readonly Outgoing[],
  options: RenderOptions,
): Partial<Activity>[] {
  if (options.channel === 'msteams') {
    return replies.map((reply) =>
      render(reply, options, { attachments: attachmentsForTeams(reply), asks: hasChoices(reply) }),
    );
  }
  const choices = replies.findLast(hasChoices)?.choices ?? [];
  return replies.map((reply, index) => {
    const quick = index === replies.length - 1 ? choices : [];
    const asks = quick.length > 0;
    const activity = render(reply, options, { attachments: attachmentsOf(reply), asks });
    return asks ? { ...activity, suggestedActions: toSuggested(quick, options.userId) } : activity;
  });
}

function render(
  reply: Outgoing,
  options: RenderOptions,
  { attachments, asks }: { readonly attachments: Attachment[]; readonly asks: boolean },
): Partial<Activity> {
  return {
    ...envelope(reply, options),
    inputHint: asks ? 'expectingInput' : 'acceptingInput',
    ...(attachments.length > 0 ? { attachments } : {}),
  };
}

/** `textFormat` is said although it is the default: Web Chat and Teams read Markdown otherwise. */
function envelope(reply: Outgoing, options: RenderOptions): Partial<Activity> {
  return {
    type: 'message',
    from: {
      id: options.botId,
      ...(options.botName ? { name: options.botName } : {}),
    } as Activity['from'],
    conversation: { id: options.conversationId } as Activity['conversation'],
    ...(options.replyToId ? { replyToId: options.replyToId } : {}),
    ...(reply.text ? { text: reply.text } : {}),
    textFormat: 'plain',
    ...(reply.locale ? { locale: reply.locale } : {}),
  };
}

function hasChoices(reply: Outgoing): boolean {
  return (reply.choices ?? []).length > 0;
}

/** Web Chat hides choices that are for somebody else, and takes a missing `to` for everybody (A7710). */
function toSuggested(choices: readonly OutgoingChoice[], userId: string | undefined) {
  const to = userId === undefined ? {} : { to: [userId] };
  return { ...to, actions: choices.map(choiceToAction) } as SuggestedActions;
}

function attachmentsOf({ card, file, locale }: Outgoing): Attachment[] {
  return [
    ...(card ? [toAdaptiveCard(card, locale)] : []),
    ...(file ? [{ contentType: file.contentType, name: file.name, contentUrl: file.url }] : []),
  ];
}

/** Teams refuses files by address ("Unknown attachment type", botbuilder-js issue 4845): a link instead. */
function attachmentsForTeams({ card, file, choices, locale }: Outgoing): Attachment[] {
  const download = file ? [{ type: 'openUrl', title: file.name, value: file.url }] : [];
  return [
    ...(card ? [toAdaptiveCard(card, locale)] : []),
    ...heroCards([...download, ...(choices ?? []).map(choiceToAction)]),
  ];
}
