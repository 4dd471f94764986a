import { expect } from 'chai';
import type { Conversation } from '#conversation/conversation.ts';
import type { Dialog, Step, TellStep } from '#conversation/dialog.ts';
import { createEngine } from '#conversation/engine.ts';
import { hear } from '#conversation/heard.ts';
import { createMask } from '#conversation/masking/mask.ts';
import { readNamingWords } from '#conversation/masking/naming-words.ts';
import type { Incoming } from '#conversation/message.ts';
import { freshState } from '#conversation/state.ts';
import { declic } from '#dialogs/declic.ts';
import { AppError } from '#shared/errors.ts';
import type { Recognition } from '#shared/recognition.ts';
import { frenchWords, LOCALES } from '#test/support/declic.ts';

const understood = (over: Partial<Recognition>): Recognition => ({
  language: 'fr',
  intents: [],
  top3: [],
  action: 'unknown',
  entities: [],
  distress: 'no',
  ...over,
});

const incoming: Incoming = {
  channel: 'terminal',
  conversationId: 'c',
  activityId: 'a',
  userId: 'u',
  kind: 'message',
  text: 'bonjour',
};

/** An assistant whose only dialog is this one, opened by "help". */
function engineWith(steps: Readonly<Record<string, Step>>, version = 1) {
  const dialog: Dialog = { id: 'try', version, purpose: 'Is tried', start: 'first', steps };
  const conversation: Conversation = {
    ...(declic as unknown as Conversation),
    dialogs: [dialog],
    waysOut: { ...declic.waysOut, help: { dialog: 'try' } },
    before: () => {},
    safety: () => undefined,
  };
  const engine = createEngine(conversation, frenchWords, createMask(readNamingWords(LOCALES)));
  const state = freshState('fr');
  const say = (over: Partial<Recognition>, known = true) =>
    engine(state, {
      incoming,
      heard: hear('bonjour', understood(over)),
      now: new Date(0),
      personId: 'p',
      services: {},
      unread: { keep: async () => {} },
      known,
      lost: false,
    });
  return {
    state,
    say,
    opens: () => say({ action: 'answer', intents: [{ intent: 'help', score: 1 }] }),
  };
}

const tell = (leads: readonly string[], run: TellStep['run']): Step => ({
  kind: 'tell',
  leads,
  run,
});

const ask: Step = {
  kind: 'ask',
  leads: ['end'],
  why: 'common:unclear',
  question: () => ({ key: 'welcome:ask' }),
  read: () => undefined,
  accepts: () => true,
  take: () => 'end',
};

describe('The engine', () => {
  it('refuses a step that leads where it does not say', async () => {
    const { opens } = engineWith({ first: tell(['end'], () => ({ to: 'second' })), second: ask });
    await refuses(opens(), /leads to second, which it does not declare/);
  });

  it('refuses a step that does not exist', async () => {
    const { opens } = engineWith({ first: tell(['nowhere'], () => ({ to: 'nowhere' })) });
    await refuses(opens(), /no step nowhere/);
  });

  it('refuses a dialog that runs in circles', async () => {
    const { opens } = engineWith({
      first: tell(['second'], () => ({ to: 'second' })),
      second: tell(['first'], () => ({ to: 'first' })),
    });
    await refuses(opens(), /circles/);
  });

  it('starts a dialog anew, and says so, when its version is not the one that was saved', async () => {
    const { state, opens, say } = engineWith({ first: ask });
    await opens();
    expect(state.stack).to.have.length(1);
    state.stack[0]!.version = 0;
    const replies = await say({ action: 'unknown' });
    expect(replies.map(({ text }) => text).join(' ')).to.include('mis à jour');
    expect(state.stack).to.deep.equal([]);
  });

  it('does not say the same sentence twice in a row', async () => {
    const { say } = engineWith({ first: ask });
    const seen: string[] = [];
    for (let time = 0; time < 6; time += 1) {
      const replies = await say({ action: 'unknown' });
      const text = replies.map((reply) => reply.text).join('\n');
      expect(text).not.to.equal(seen.at(-1));
      seen.push(text);
    }
  });

  it('says first that it is a program, where nobody opened the chat', async () => {
    const { say } = engineWith({ first: ask });
    const [first] = await say({ action: 'unknown' }, false);
    expect(first?.text).to.include('un programme automatique');
  });

  it('joins what would be a fourth message', async () => {
    const { opens } = engineWith({
      first: tell(['end'], (turn) => {
        for (const key of [
          'welcome:stop',
          'welcome:goodbye',
          'welcome:thanks',
          'welcome:help',
          'welcome:deny',
        ] as const)
          turn.tell(key);
        return 'end';
      }),
    });
    const replies = await opens();
    expect(replies).to.have.length(3);
    expect(replies.map(({ text }) => text).join('\n\n')).to.include('rien ne presse');
  });
});

async function refuses(turn: Promise<unknown>, words: RegExp): Promise<void> {
  const error = await turn.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(AppError);
  expect((error as AppError).code).to.equal('DIALOG_BROKEN');
  expect((error as AppError).message).to.match(words);
}
