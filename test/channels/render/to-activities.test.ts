import { expect } from 'chai';
import { toActivities } from '#channels/render/to-activities.ts';
import type { Outgoing, OutgoingChoice } from '#conversation/message.ts';

const OPTIONS = {
  channel: 'directline',
  botId: 'declic',
  userId: 'dl_1',
  conversationId: 'c1',
  replyToId: 'c1|0000001',
};
const TEAMS = { ...OPTIONS, channel: 'msteams' };
const say = (text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  key: 'test:key',
  text,
  locale: 'fr',
  ...more,
});
const menu: OutgoingChoice = { title: 'Menu', action: { do: 'way_out', way: 'menu' } };
const site: OutgoingChoice = { title: 'Site', action: { do: 'open', url: 'https://example.org/' } };
const pressed = {
  type: 'messageBack',
  title: 'Menu',
  text: 'Menu',
  displayText: 'Menu',
  value: { action: menu.action },
};
const opened = { type: 'openUrl', title: 'Site', value: 'https://example.org/' };
const card = {
  title: 'Votre place',
  subtitle: 'Session de décembre',
  lines: [{ label: 'Début', text: 'mardi 8 décembre' }],
  links: [{ title: 'Rejoindre', url: 'https://example.org/j' }],
};
const file = { name: 'seance.ics', contentType: 'text/calendar', url: 'https://example.org/s.ics' };

/** Every empty string, array or object inside a value: what a sender must leave out (A2004, A3050). */
function emptyParts(value: unknown, path = ''): string[] {
  if (value === '' || value === null || value === undefined) return [path];
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value);
  if (entries.length === 0) return [path];
  return entries.flatMap(([key, inner]) => emptyParts(inner, `${path}/${key}`));
}

describe('writing activities', () => {
  it('says who speaks, where, to what, in which language, as plain text', () => {
    expect(toActivities([say('Bonjour.')], OPTIONS)).to.deep.equal([
      {
        type: 'message',
        from: { id: 'declic' },
        conversation: { id: 'c1' },
        replyToId: 'c1|0000001',
        text: 'Bonjour.',
        textFormat: 'plain',
        locale: 'fr',
        inputHint: 'acceptingInput',
      },
    ]);
  });

  for (const channel of ['directline', 'webchat', 'emulator']) {
    it(`offers choices as quick replies addressed to the person on ${channel}`, () => {
      const [only] = toActivities([say('Et ?', { choices: [menu, site] })], {
        ...OPTIONS,
        channel,
      });
      expect(only?.suggestedActions).to.deep.equal({ to: ['dl_1'], actions: [pressed, opened] });
      expect(only?.inputHint).to.equal('expectingInput');
    });
  }

  it('puts the last choices of the turn on its last message, where clients look for them', () => {
    const turn = [say('Un', { choices: [site] }), say('Deux', { choices: [menu] }), say('Trois')];
    const sent = toActivities(turn, OPTIONS);
    expect(sent.map((it) => it.suggestedActions?.actions)).to.deep.equal([
      undefined,
      undefined,
      [pressed],
    ]);
    expect(sent.map((it) => it.inputHint)).to.deep.equal([
      'acceptingInput',
      'acceptingInput',
      'expectingInput',
    ]);
  });

  it('writes a card with its facts, its links and the same in words', () => {
    const [only] = toActivities([say('Voilà.', { card })], OPTIONS);
    const [attachment] = only?.attachments ?? [];
    expect(attachment?.contentType).to.equal('application/vnd.microsoft.card.adaptive');
    expect(attachment?.content).to.deep.include({
      type: 'AdaptiveCard',
      version: '1.5',
      fallbackText: 'Votre place\nSession de décembre\nDébut: mardi 8 décembre',
      actions: [{ type: 'Action.OpenUrl', title: 'Rejoindre', url: 'https://example.org/j' }],
    });
    expect(attachment?.content.body.map((it: { type: string }) => it.type)).to.deep.equal([
      'TextBlock',
      'TextBlock',
      'FactSet',
    ]);
  });

  it('offers a file by its address', () => {
    const [only] = toActivities([say('Le fichier.', { file })], OPTIONS);
    expect(only?.attachments).to.deep.equal([
      { contentType: 'text/calendar', name: 'seance.ics', contentUrl: 'https://example.org/s.ics' },
    ]);
  });

  it('leaves out whatever is empty', () => {
    const bare = { title: 'Titre', lines: [], links: [] };
    const sent = toActivities([say('', { card: bare, choices: [] })], OPTIONS);
    expect(emptyParts(sent)).to.deep.equal([]);
    expect(sent[0]).not.to.have.any.keys('text', 'suggestedActions');
  });

  it('answers no message with no activity', () => {
    expect(toActivities([], OPTIONS)).to.deep.equal([]);
  });
});

describe('writing activities for Teams', () => {
  it('offers choices as buttons of a card on the message that has them', () => {
    const sent = toActivities([say('Un', { choices: [menu, site] }), say('Deux')], TEAMS);
    expect(sent.some((it) => it.suggestedActions)).to.equal(false);
    expect(sent[0]?.attachments).to.deep.equal([
      {
        contentType: 'application/vnd.microsoft.card.hero',
        content: { buttons: [pressed, opened] },
      },
    ]);
    expect(sent[1]).not.to.have.property('attachments');
  });

  it('spreads more than six buttons over several cards', () => {
    const many = Array.from({ length: 14 }, (_, n) => ({ ...menu, title: `Choix ${n}` }));
    const [only] = toActivities([say('Lequel ?', { choices: many })], TEAMS);
    const sizes = only?.attachments?.map((it) => it.content.buttons.length);
    expect(sizes).to.deep.equal([6, 6, 2]);
  });

  it('offers a file as a link, since Teams refuses files by address', () => {
    const [only] = toActivities([say('Le fichier.', { file })], TEAMS);
    expect(only?.attachments?.map((it) => it.content.buttons)).to.deep.equal([
      [{ type: 'openUrl', title: 'seance.ics', value: 'https://example.org/s.ics' }],
    ]);
  });
});
