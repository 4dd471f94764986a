import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Outgoing } from '#conversation/message.ts';
import { message, type Posted, startBot, startConnector, type TestConnector } from './rig.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Swagger {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

const FILE = new URL(
  '../../../../shared/protocol/botframework/public/botframework-channel.swagger.json',
  import.meta.url,
);

/** What in a value the schema does not allow: unknown members, other types, other words. */
function faults(value: unknown, schema: Schema, swagger: Swagger, at = ''): string[] {
  if (schema.$ref) {
    const named = swagger.definitions[schema.$ref.split('/').at(-1) ?? ''];
    return named ? faults(value, named, swagger, at) : [`${at}: no such definition`];
  }
  if (schema.enum && !schema.enum.includes(String(value))) return [`${at}: ${value}`];
  if (schema.items) {
    if (!Array.isArray(value)) return [`${at}: not a list`];
    return value.flatMap((item, index) => faults(item, schema.items!, swagger, `${at}[${index}]`));
  }
  if (schema.type === 'object' && schema.properties) {
    if (typeof value !== 'object' || value === null) return [`${at}: not an object`];
    return Object.entries(value).flatMap(([name, inner]) => {
      const known = schema.properties?.[name];
      return known ? faults(inner, known, swagger, `${at}.${name}`) : [`${at}.${name}: unknown`];
    });
  }
  // A property without members of its own ("object") holds anything: content, value, channelData.
  if (schema.type === undefined || schema.type === 'object') return [];
  const type = schema.type === 'integer' ? 'number' : schema.type;
  return typeof value === type ? [] : [`${at}: not a ${type}`];
}

const REPLIES: readonly Outgoing[] = [
  { key: 'a:text', text: 'Bonjour.', locale: 'fr' },
  {
    key: 'a:card',
    text: 'Votre place :',
    locale: 'fr',
    card: {
      title: 'Session du mardi 8 décembre',
      subtitle: 'En ligne',
      lines: [{ label: 'Heure', text: '9 h' }],
      links: [{ title: 'Rejoindre', url: 'https://example.org/x' }],
    },
    file: { name: 'session.ics', contentType: 'text/calendar', url: 'https://example.org/c.ics' },
  },
  {
    key: 'a:choices',
    text: 'Et maintenant ?',
    locale: 'fr',
    choices: [
      { title: 'Menu', action: { do: 'way_out', way: 'menu' } },
      { title: 'Le site', action: { do: 'open', url: 'https://example.org' } },
    ],
  },
];

describe('what the connector is sent', () => {
  let connector: TestConnector;
  let posted: readonly Posted[];
  let swagger: Swagger;

  before(async function () {
    if (!existsSync(FILE)) {
      console.log('      skipped: the connector’s description is not beside the project');
      this.skip();
    }
    swagger = JSON.parse(readFileSync(FILE, 'utf8')) as Swagger;
    connector = await startConnector();
    const bot = await startBot({
      assistant: { handle: async () => ({ replies: REPLIES, duplicate: false }) },
    });
    for (const channelId of ['emulator', 'msteams', 'webchat', 'sms']) {
      const conversation = { id: `a:1|${channelId};x=1/2`, tenantId: 't' };
      const activity = message({ serviceUrl: connector.url, channelId, conversation });
      expect((await bot.send(activity)).status).to.equal(200);
    }
    posted = connector.posted;
    await bot.close();
  });
  after(() => connector?.close());

  it('goes to addresses that the connector describes, with ids that need no guessing', () => {
    expect(posted).to.have.length(12);
    for (const { method, path } of posted) {
      const parts = path.split('/');
      expect(parts).to.have.length(6);
      const template = `/v3/${parts[2]}/{conversationId}/${parts[4]}/{activityId}`;
      expect(swagger.paths[template]).to.have.property(method.toLowerCase());
      expect(decodeURIComponent(parts[3] ?? '')).to.match(/^a:1\|\w+;x=1\/2$/);
    }
  });

  it('has no member that the connector does not describe, and all of the kind described', () => {
    const activity: Schema = { $ref: '#/definitions/Activity' };
    for (const { activity: sent } of posted) {
      expect(faults(sent, activity, swagger)).to.deep.equal([]);
    }
  });

  it('is told apart from what the description forbids', () => {
    const activity: Schema = { $ref: '#/definitions/Activity' };
    const wrong = {
      type: 'shout',
      from: 'me',
      text: 1,
      colour: 'red',
      suggestedActions: { to: 'me' },
    };
    expect(faults(wrong, activity, swagger)).to.deep.equal([
      '.type: shout',
      '.from: not an object',
      '.text: not a string',
      '.colour: unknown',
      '.suggestedActions.to: not a list',
    ]);
  });
});
