import { existsSync, readFileSync } from 'node:fs';
import type { Activity } from 'botbuilder';
import { expect } from 'chai';
import fc from 'fast-check';
import { toIncoming } from '#channels/render/to-incoming.ts';

const IDS = { channel: 'directline', conversationId: 'c1', activityId: 'a1', userId: 'u1' };
const TEAMS = { ...IDS, channel: 'msteams' };
const SAMPLES = new URL('../../../../shared/protocol/teams/activities.json', import.meta.url);

/** Activities come from the network: tests write them as the JSON they are. */
const read = (activity: object, ids = IDS) => toIncoming(activity as Partial<Activity>, ids);

describe('reading an activity', () => {
  it('keeps the text of a message as it was written', () => {
    const text = '  <at>é</at> &amp; 👩🏽‍💻 \u0000\u202e ';
    expect(read({ type: 'message', text })).to.deep.equal({ ...IDS, kind: 'message', text });
  });

  it('reads what a pressed button carries without judging it', () => {
    const action = { do: 'way_out', way: 'menu' };
    const pressed = read({ type: 'message', text: 'Menu', value: { action } });
    expect(pressed).to.deep.include({ text: 'Menu', action });
    for (const value of [undefined, null, 'x', 3, [], { other: 1 }]) {
      expect(read({ type: 'message', text: 'x', value })).not.to.have.property('action');
    }
  });

  it('keeps a locale and a time zone only when they are ones', () => {
    const good = { type: 'message', text: 'x', locale: 'fr-FR', localTimezone: 'Indian/Reunion' };
    expect(read(good)).to.deep.include({ locale: 'fr-FR', timeZone: 'Indian/Reunion' });
    for (const bad of ['', 'no such thing', '../../etc', 7, null, 'x'.repeat(1000)]) {
      const incoming = read({ type: 'message', text: 'x', locale: bad, localTimezone: bad });
      expect(incoming).not.to.have.any.keys('locale', 'timeZone');
    }
  });

  it('tells that something was attached', () => {
    const attachments = [{ contentType: 'image/png', contentUrl: 'https://example.org/a.png' }];
    expect(read({ type: 'message', attachments })).to.include({ text: '', hasAttachment: true });
    expect(read({ type: 'message', text: 'x', attachments: [] })).not.to.have.property(
      'hasAttachment',
    );
  });

  it('opens the conversation when a person is added, not when the bot is', () => {
    const update = { type: 'conversationUpdate', recipient: { id: 'bot' } };
    expect(read({ ...update, membersAdded: [{ id: 'bot' }, { id: 'u1' }] })).to.include({
      kind: 'start',
      text: '',
    });
    expect(read({ ...update, membersAdded: [{ id: 'bot' }] })).to.equal(undefined);
    expect(read({ ...update, membersRemoved: [{ id: 'u1' }] })).to.equal(undefined);
  });

  it('opens the conversation when a page says that it is joining', () => {
    expect(read({ type: 'event', name: 'webchat/join', locale: 'fr-FR' })).to.include({
      kind: 'start',
      locale: 'fr-FR',
    });
    expect(read({ type: 'event', name: 'other' })).to.equal(undefined);
  });

  it('answers nothing to the types that call for no answer', () => {
    for (const type of [
      'typing',
      'invoke',
      'messageReaction',
      'endOfConversation',
      'zzz',
      undefined,
    ]) {
      expect(read({ type, text: 'bonjour' })).to.equal(undefined);
    }
  });

  it('does not welcome a whole team when somebody joins it', () => {
    const joined = { type: 'conversationUpdate', membersAdded: [{ id: '29:new' }] };
    const group = { ...joined, conversation: { isGroup: true, conversationType: 'channel' } };
    expect(read(group, TEAMS)).to.equal(undefined);
  });

  it('never throws, whatever the shape of the activity', () => {
    const field = fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()), fc.object());
    const types = fc.constantFrom('message', 'event', 'conversationUpdate', 'typing');
    const activity = fc.record({
      type: types,
      text: field,
      value: field,
      entities: field,
      attachments: field,
      membersAdded: field,
      conversation: field,
      recipient: field,
      locale: field,
      localTimezone: field,
    });
    fc.assert(
      fc.property(activity, fc.constantFrom(IDS, TEAMS), (any, ids) => {
        const incoming = read(any, ids);
        if (incoming) expect(incoming.text).to.be.a('string');
      }),
    );
  });
});

interface TeamsSample {
  readonly id: string;
  readonly activity: object;
}

describe('reading an activity of Teams', () => {
  const samples = new Map<string, object>();
  before(function () {
    if (!existsSync(SAMPLES)) {
      console.log('      skipped: ../shared/protocol/teams/activities.json is not here');
      this.skip();
    }
    const { activities } = JSON.parse(readFileSync(SAMPLES, 'utf8')) as {
      readonly activities: readonly TeamsSample[];
    };
    for (const { id, activity } of activities) samples.set(id, activity);
  });

  const teams = (id: string) => read(samples.get(id) ?? {}, TEAMS);

  it('takes the name of the bot and the markup away', () => {
    expect(teams('TM-mention-of-bot-in-channel')).to.deep.include({
      text: 'quels sont vos horaires ?',
      locale: 'fr-FR',
      timeZone: 'Europe/Paris',
    });
  });

  it('keeps the names of other people', () => {
    expect(teams('TM-mention-of-other-user')?.text).to.equal(
      'Hey Pranav Smith check out this message',
    );
  });

  it('does not take the HTML copy of a text for an upload', () => {
    expect(teams('TM-html-message')).to.include({ text: 'bonjour' });
    expect(teams('TM-html-message')).not.to.have.property('hasAttachment');
    expect(teams('TM-file-received')).to.include({ hasAttachment: true });
  });

  it('welcomes at a personal installation, and at nothing else that is not said to it', () => {
    const kinds = [...samples].map(([id, activity]) => [id, read(activity, TEAMS)?.kind]);
    const starts = kinds.filter(([, kind]) => kind === 'start').map(([id]) => id);
    expect(starts).to.deep.equal(['TM-personal-install']);
    const silent = kinds.filter(([, kind]) => kind === undefined).map(([id]) => id);
    expect(silent).to.include.members(['TM-edit-message', 'TM-soft-delete', 'TM-reaction-added']);
  });
});
