import { expect } from 'chai';
import fc from 'fast-check';
import { choiceUses } from '#widget/chat/choice-use.ts';
import type { Item } from '#widget/chat/timeline.ts';
import { Timeline } from '#widget/chat/timeline.ts';
import type { Message } from '#widget/chat/wire.ts';
import { readActivity, readBatch } from '#widget/chat/wire.ts';
import { reply } from './stage.ts';

const options = { userId: 'dl_me', base: 'https://declic.example/' };

const message = (raw: object): Message => {
  const received = readActivity(
    { type: 'message', id: '1', from: { id: 'bot' }, text: 'x', ...raw },
    options,
  );
  if (received?.kind !== 'message') throw new Error('not a message');
  return received.message;
};

describe('widget: reading activities', () => {
  it("knows the person's own messages by their id, or by their role", () => {
    expect(message({ from: { id: 'dl_me' } }).own).to.equal(true);
    expect(message({ from: { id: 'dl_other', role: 'user' } }).own).to.equal(true);
    expect(message({ from: { id: 'bot', role: 'bot' } }).own).to.equal(false);
    expect(message({ from: undefined }).own).to.equal(false);
  });

  it('reads every kind of button that can be pressed, and drops the others', () => {
    const actions = [
      reply('Oui'),
      { type: 'imBack', title: 'Non', value: 'non merci' },
      { type: 'openUrl', title: 'Lire', value: 'https://a.fr/' },
      { type: 'openUrl', title: 'Mal', value: 'javascript:alert(1)' },
      { type: 'signin', title: 'Entrer', value: 'https://a.fr/' },
      { type: 'messageBack', value: {} },
      'text',
    ];
    expect(message({ suggestedActions: { actions } }).choices).to.deep.equal([
      { does: 'say', title: 'Oui', text: 'Oui', value: reply('Oui').value },
      { does: 'say', title: 'Non', text: 'non merci' },
      { does: 'open', title: 'Lire', url: 'https://a.fr/' },
    ]);
  });

  it('reads a card it does not know as its fallback text', () => {
    const content = {
      type: 'AdaptiveCard',
      body: [{ type: 'Input.Text' }],
      fallbackText: 'Sans carte',
    };
    const { cards } = message({
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
    });
    expect(cards).to.deep.equal([{ title: '', subtitle: 'Sans carte', facts: [], links: [] }]);
  });

  it('leaves out card links and files with an address nobody should follow', () => {
    const content = {
      body: [{ type: 'TextBlock', text: 'Titre' }],
      actions: [
        { type: 'Action.OpenUrl', title: 'Mal', url: 'javascript:alert(1)' },
        { type: 'Action.Submit', title: 'Envoyer' },
      ],
    };
    const file = { contentType: 'text/html', name: 'x', contentUrl: 'data:text/html,x' };
    const card = { contentType: 'application/vnd.microsoft.card.adaptive', content };
    const read = message({ attachments: [card, file] });
    expect(read.cards[0]?.links).to.deep.equal([]);
    expect(read.files).to.deep.equal([]);
  });

  it('takes a locale only if it has the form of one', () => {
    expect(message({ locale: 'fr-x-facile' }).locale).to.equal('fr-x-facile');
    expect(message({ locale: 'fr" onmouseover="x' }).locale).to.equal(undefined);
  });

  it('cuts what is far too long', () => {
    const huge = 'a'.repeat(1_000_000);
    const read = message({
      text: huge,
      suggestedActions: { actions: Array.from({ length: 500 }, () => reply(huge)) },
    });
    expect(read.text).to.have.length(20_000);
    expect(read.choices).to.have.length(20);
    expect(read.choices[0]?.title).to.have.length(300);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        readBatch(one, options);
        readBatch(
          {
            activities: [
              {
                type: 'message',
                id: 'x',
                from: one,
                text: other,
                attachments: one,
                suggestedActions: other,
              },
            ],
          },
          options,
        );
        readBatch(
          {
            activities: [
              {
                type: 'message',
                id: 'x',
                attachments: [
                  one,
                  { contentType: 'application/vnd.microsoft.card.adaptive', content: other },
                ],
              },
            ],
          },
          options,
        );
      }),
    );
  });

  it('keeps the old watermark when a frame has none', () => {
    expect(readBatch({ activities: [] }, options).watermark).to.equal(undefined);
    expect(readBatch({ activities: [], watermark: '' }, options).watermark).to.equal(undefined);
    expect(readBatch({ activities: [], watermark: 12 }, options).watermark).to.equal('12');
  });
});

describe('widget: the timeline', () => {
  const one = (id: string, clientId?: string): Message =>
    message({
      id,
      from: { id: clientId ? 'dl_me' : 'bot' },
      channelData: { clientActivityID: clientId },
    });

  const idsOf = ({ items }: Timeline) =>
    items.map((item) => (item.kind === 'message' ? item.message.id : ''));

  it('holds every message once, in order of arrival, however often and in whatever pieces it comes', () => {
    const ids = fc.array(fc.array(fc.integer({ min: 0, max: 12 })));
    fc.assert(
      fc.property(ids, (batches) => {
        const timeline = new Timeline();
        for (const batch of batches) timeline.add(batch.map((id) => one(String(id))));
        const expected = [...new Set(batches.flat().map(String))];
        expect(idsOf(timeline)).to.deep.equal(expected);
      }),
    );
  });

  it('takes one message of the person for one, under however many ids', () => {
    const timeline = new Timeline();
    timeline.add([one('1', 'c'), one('2', 'c')]);
    expect(timeline.add([one('3', 'c')])).to.deep.equal([]);
    expect(timeline.items.map(({ key }) => key)).to.deep.equal(['c']);
  });

  it('does not let the assistant hide a message behind a client id', () => {
    const timeline = new Timeline();
    timeline.add([one('1', 'c')]);
    const posing = message({ id: '2', channelData: { clientActivityID: 'c' } });
    expect(timeline.add([posing])).to.have.length(1);
  });
});

describe('widget: which quick replies are open', () => {
  const line = (key: string, raw: object): Item => ({
    kind: 'message',
    key,
    message: message({ id: key, ...raw }),
  });
  const offer = (key: string, ...titles: string[]): Item =>
    line(key, { suggestedActions: { actions: titles.map((title) => reply(title)) } });
  const said = (key: string, text: string, value?: unknown): Item =>
    line(key, { from: { id: 'dl_me' }, text, value });
  const uses = (...items: Item[]) => Object.fromEntries(choiceUses(items, [], false));

  it('keeps the last ones open while the assistant goes on talking', () => {
    expect(uses(offer('a', 'Oui'), line('b', {}))).to.deep.equal({ a: { open: true, chosen: -1 } });
  });

  it('closes earlier ones when later ones are offered', () => {
    expect(uses(offer('a', 'Oui'), offer('b', 'Oui'))).to.deep.equal({
      a: { open: false, chosen: -1 },
      b: { open: true, chosen: -1 },
    });
  });

  it('finds the pressed one by what it carries, before its words', () => {
    const first = line('a', {
      suggestedActions: { actions: [reply('Oui', '1'), reply('Oui', '2')] },
    });
    expect(uses(first, said('b', 'Oui', reply('Oui', '2').value))).to.deep.equal({
      a: { open: false, chosen: 1 },
    });
  });

  it('closes them all at the end of a conversation and before a new one', () => {
    const divider: Item = { kind: 'divider', key: 'd', says: 'newConversation' };
    expect(uses(offer('a', 'Oui'), divider)).to.deep.equal({ a: { open: false, chosen: -1 } });
    expect(Object.fromEntries(choiceUses([offer('a', 'Oui')], [], true))).to.deep.equal({
      a: { open: false, chosen: -1 },
    });
  });
});
