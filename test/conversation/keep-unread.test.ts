import { expect } from 'chai';
import type { Conversation } from '#conversation/conversation.ts';
import type { AskStep } from '#conversation/dialog.ts';
import { createEngine } from '#conversation/engine.ts';
import { hear } from '#conversation/heard.ts';
import { freshState } from '#conversation/state.ts';
import type { UnreadMessage } from '#conversation/unread-messages.ts';
import { declic } from '#dialogs/declic.ts';
import type { Recognition } from '#shared/recognition.ts';
import { frenchWords } from '#test/support/declic.ts';

const unknown: Recognition = {
  language: 'fr',
  intents: [],
  top3: [],
  action: 'unknown',
  entities: [],
  distress: 'no',
};

const question = (over: Partial<AskStep> = {}): AskStep => ({
  kind: 'ask',
  leads: ['end'],
  why: 'common:unclear',
  question: () => ({ key: 'welcome:ask' }),
  read: () => undefined,
  accepts: () => true,
  take: () => 'end',
  ...over,
});

/** What is kept of a message said where these questions wait, by an assistant that forbids nothing. */
async function kept(
  text: string,
  over: Partial<Recognition> = {},
  waiting: readonly AskStep[] = [],
): Promise<readonly UnreadMessage[]> {
  const dialogs = waiting.map((ask, at) => ({
    id: `ask${at}`,
    version: 1,
    purpose: 'Waits',
    start: 'ask',
    steps: { ask },
  }));
  const conversation: Conversation = {
    ...(declic as unknown as Conversation),
    dialogs: [...(declic as unknown as Conversation).dialogs, ...dialogs],
    before: () => {},
    safety: () => undefined,
    mayKeepUnread: () => true,
  };
  const messages: UnreadMessage[] = [];
  const state = freshState('fr');
  for (const { id } of dialogs) {
    state.stack.push({ dialog: id, version: 1, step: 'ask', data: {}, round: 0, trail: ['ask'] });
  }
  const who = { channel: 'terminal', conversationId: 'c', activityId: 'a', userId: 'u' };
  const engine = createEngine(conversation, frenchWords, ({ text: it }) =>
    it.replace('Awa', '[nom]'),
  );
  await engine(state, {
    incoming: { ...who, kind: 'message', text },
    heard: hear(text, { ...unknown, ...over }),
    now: new Date(0),
    personId: 'p',
    services: {},
    unread: { keep: async (message) => void messages.push(message) },
    known: true,
    lost: false,
  });
  return messages;
}

describe('The engine, of what it cannot read,', () => {
  it('keeps what the mask leaves, in the language in which it was written', async () => {
    expect(await kept('Awa sait', { language: 'pt' })).to.deep.equal([
      { text: '[nom] sait', language: 'pt' },
    ]);
    expect(await kept('Awa')).to.deep.equal([]);
  });

  it('keeps nothing said in danger, whatever the dialogs allow', async () => {
    expect(await kept('je sais pas', { distress: 'maybe' })).to.deep.equal([]);
    expect(await kept('je sais pas', { distress: 'yes' })).to.deep.equal([]);
  });

  it('keeps what does not answer a question with known answers', async () => {
    expect(await kept('je sais pas', {}, [question()])).to.have.length(1);
  });

  it('keeps nothing where a question waits for any words, even below another', async () => {
    const free = question({ free: true });
    expect(await kept('je sais pas', {}, [free])).to.deep.equal([]);
    expect(await kept('je sais pas', {}, [free, question()])).to.deep.equal([]);
  });

  it('keeps nothing said to a question that stands alone, or above it', async () => {
    const alone = question({ alone: { unclear: 'x', leaves: () => false, left: 'safety:left' } });
    expect(await kept('je sais pas', {}, [alone])).to.deep.equal([]);
    expect(await kept('je sais pas', {}, [alone, question()])).to.deep.equal([]);
  });

  it('keeps what is surely about nothing that it knows, not what it reads as something', async () => {
    const surely = (intent: 'none' | 'affirm') =>
      ({ action: 'answer', intents: [{ intent, score: 1 }] }) as const;
    expect(await kept('il pleut', surely('none'), [question()])).to.have.length(1);
    expect(await kept('oui', surely('affirm'), [question()])).to.deep.equal([]);
  });
});
