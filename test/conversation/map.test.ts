import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { drawMap } from '#conversation/draw-map.ts';
import { declic } from '#dialogs/declic.ts';
import { INTENT_NAMES } from '#shared/intents.ts';

describe('The map of the conversation', () => {
  it('is as the dialogs are: run `npm run map`', () => {
    const drawn = readFileSync(new URL('../../docs/conversation-map.md', import.meta.url), 'utf8');
    expect(drawn).to.equal(drawMap(declic));
  });

  it('leads from every intent to a step that exists', () => {
    expect(Object.keys(declic.routes)).to.have.members([...INTENT_NAMES]);
    for (const [intent, route] of Object.entries(declic.routes)) {
      if ('wayOut' in route) continue;
      const dialog = declic.dialogs.find(({ id }) => id === route.dialog);
      expect(dialog?.steps, intent).to.have.property(route.at ?? dialog?.start ?? '');
    }
  });

  it('leads from every step to steps and dialogs that exist, and out of every dialog', () => {
    for (const dialog of declic.dialogs) {
      const leads = Object.values(dialog.steps).flatMap((step) => step.leads);
      for (const lead of leads.filter((one) => one !== 'end')) {
        const known = lead.startsWith('@')
          ? declic.dialogs.some(({ id }) => id === lead.slice(1))
          : lead in dialog.steps;
        expect(known, `${dialog.id}: ${lead}`).to.equal(true);
      }
      expect(leads, dialog.id).to.include('end');
    }
  });

  it('reaches every step', () => {
    const openings = [
      ...Object.values(declic.routes),
      ...Object.values(declic.waysOut),
      declic.opening,
    ].flatMap((call) => ('dialog' in call ? [call] : []));
    for (const dialog of declic.dialogs) {
      const opened = openings.filter((call) => call.dialog === dialog.id);
      const entries = opened.map((call) => call.at ?? dialog.start);
      const leads = Object.values(dialog.steps).flatMap((step) => step.leads);
      // Distress opens its dialog by itself, and a doubt invites to say more.
      const others =
        {
          call_back: ['numbers'],
          safety: ['help', 'stay', 'denied', 'besideForm', 'ask'],
          doubts: ['invite'],
        }[dialog.id] ?? [];
      for (const step of Object.keys(dialog.steps)) {
        expect([...entries, ...leads, ...others], `${dialog.id}.${step}`).to.include(step);
      }
    }
  });
});
