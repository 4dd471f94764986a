import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { BrowserContextOptions } from 'playwright-core';
import type { Activity } from './fake-direct-line.ts';
import type { Stage } from './stage.ts';
import { PHONE, replies, reply, until, useStage } from './stage.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** What axe finds, in one line each. Everything, not only the serious. */
const axe = async ({ page }: Stage): Promise<readonly string[]> => {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<AxeResult> } }).axe.run(),
  );
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html} ${failureSummary ?? ''}`),
  );
};

const link = { type: 'openUrl', title: 'Les règles', value: 'https://example.org/r' };
const card = {
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: {
    type: 'AdaptiveCard',
    body: [
      { type: 'TextBlock', text: 'Votre place' },
      { type: 'TextBlock', text: 'En ligne', isSubtle: true },
      { type: 'FactSet', facts: [{ title: 'Date', value: 'mardi' }] },
    ],
    actions: [{ type: 'Action.OpenUrl', title: 'Le lien', url: 'https://example.org/s' }],
  },
};
const file = { contentType: 'text/calendar', name: 'declic.ics', contentUrl: '/x.ics' };
const WELCOME: readonly Activity[] = [
  { text: 'Bonjour, le 3114 répond jour et nuit.' },
  { attachments: [card, file] },
  { text: 'On essaie ?', suggestedActions: { actions: [reply('Oui'), reply('Non'), link] } },
];

/** All that can be on screen: cards, open and used choices, a waiting message, a notice, the menu. */
const showEverything = async (stage: Stage): Promise<void> => {
  stage.fake.script = () => [{ text: 'Et maintenant ?', ...replies('Suite', 'Pause') }];
  await stage.open();
  await stage.button('Oui').click();
  await stage.sees('Et maintenant ?');
};

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: {},
  dark: { colorScheme: 'dark' },
  phone: PHONE,
  'dark phone': { ...PHONE, colorScheme: 'dark' },
};

describe('widget: accessibility as axe sees it', () => {
  const play = useStage();

  for (const [look, browser] of Object.entries(LOOKS)) {
    it(`finds nothing to say about the page and the open conversation (${look})`, async () => {
      const stage = await play({
        welcome: WELCOME,
        browser: { reducedMotion: 'reduce', ...browser },
      });
      expect(await axe(stage)).to.deep.equal([]);
      await showEverything(stage);
      expect(await axe(stage)).to.deep.equal([]);
      await stage.context.setOffline(true);
      await stage.say('en attente');
      await stage.panel.getByText("En attente d'envoi").waitFor();
      await stage.input.fill('x'.repeat(1450));
      await stage.button("Plus d'options").click();
      expect(await axe(stage)).to.deep.equal([]);
    });

    it(`finds nothing to say about an ended conversation (${look})`, async () => {
      const stage = await play({
        welcome: WELCOME,
        browser: { reducedMotion: 'reduce', ...browser },
      });
      await stage.open();
      await stage.sees('On essaie ?');
      stage.fake.forget();
      await stage.panel.getByText("s'est arrêtée").waitFor();
      expect(await axe(stage)).to.deep.equal([]);
    });
  }
});

describe('widget: by keyboard and by ear', () => {
  const play = useStage();

  it('is held with the keyboard alone, from the launcher to a booking and back', async () => {
    const stage = await play({
      welcome: [{ text: 'Bonjour', ...replies('Je peux participer ?') }],
      script: ({ text }) =>
        text === 'Je peux participer ?'
          ? [{ text: 'Quelle session ?', ...replies('Mardi 8', 'Lundi 11') }]
          : [{ text: `C'est réservé : ${text}`, attachments: [file] }],
    });
    const keys = stage.page.keyboard;
    for (let press = 0; press < 20 && (await stage.focused()) !== 'Parler à Déclic'; press += 1) {
      await keys.press('Tab');
    }
    await keys.press('Enter');
    await stage.sees('Bonjour');
    expect(await stage.focused()).to.equal('declic-text');
    await keys.press('Shift+Tab');
    expect(await stage.focused()).to.equal('Je peux participer ?');
    await keys.press('Enter');
    await stage.sees('Quelle session ?');
    expect(await stage.focused()).to.equal('Je peux participer ?, choisi');
    await keys.press('Tab');
    expect(await stage.focused()).to.equal('Mardi 8');
    await keys.press('Tab');
    await keys.press('Enter');
    await stage.sees("C'est réservé : Lundi 11");
    await keys.press('Tab');
    expect(await stage.focused()).to.contain('declic.ics');
    await keys.press('Tab');
    expect(await stage.focused()).to.equal('declic-text');
    await keys.press('Escape');
    await stage.panel.waitFor({ state: 'hidden' });
    expect(await stage.focused()).to.equal('Parler à Déclic');
    expect(stage.fake.heard).to.deep.equal(['Je peux participer ?', 'Lundi 11']);
  });

  it('takes what is typed right after a choice into the field', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour', ...replies('Oui') }] });
    await stage.open();
    await stage.button('Oui').press('Enter');
    await stage.sees('Reçu : Oui');
    await stage.page.keyboard.type('et aussi');
    expect(await stage.input.inputValue()).to.equal('et aussi');
  });

  it('keeps the focus and the text where they are when messages come', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    await stage.input.pressSequentially('je suis en');
    stage.fake.say({ text: 'Un mot de plus', ...replies('Oui', 'Non') });
    await stage.sees('Un mot de plus');
    await stage.page.keyboard.type(' train');
    expect(await stage.focused()).to.equal('declic-text');
    expect(await stage.input.inputValue()).to.equal('je suis en train');
  });

  it('gives the focus back to what opened it', async () => {
    const stage = await play();
    const opener = stage.page.getByRole('button', { name: 'Commencer la conversation' });
    await opener.focus();
    await stage.page.keyboard.press('Enter');
    await stage.panel.waitFor();
    await until('the focus in the field', async () => (await stage.focused()) === 'declic-text');
    await stage.button('Fermer la conversation').click();
    expect(await stage.focused()).to.equal('Commencer la conversation');
  });

  it('closes the menu first with Escape, and gives the focus back to its button', async () => {
    const stage = await play();
    await stage.open();
    await stage.button("Plus d'options").press('Enter');
    expect(await stage.button("Plus d'options").getAttribute('aria-expanded')).to.equal('true');
    await stage.page.keyboard.press('Tab');
    await stage.page.keyboard.press('Escape');
    expect(await stage.focused()).to.equal("Plus d'options");
    expect(await stage.panel.isVisible()).to.equal(true);
    expect(await stage.button('Effacer mes données').isVisible()).to.equal(false);
    await stage.page.keyboard.press('Escape');
    await stage.panel.waitFor({ state: 'hidden' });
  });

  it('leaves the page usable beside it on a wide screen, and holds the focus on a phone', async () => {
    const wide = await play();
    await wide.open();
    expect(await wide.panel.getAttribute('aria-modal')).to.equal(null);
    const phone = await play({ browser: PHONE });
    await phone.open();
    expect(await phone.panel.getAttribute('aria-modal')).to.equal('true');
    expect(await phone.focused()).not.to.equal('declic-text');
    const inside = () =>
      phone.page.evaluate(() => document.activeElement?.tagName.toLowerCase() === 'declic-widget');
    for (let press = 0; press < 12; press += 1) {
      await phone.page.keyboard.press('Tab');
      expect(await inside()).to.equal(true);
    }
    for (let press = 0; press < 12; press += 1) {
      await phone.page.keyboard.press('Shift+Tab');
      expect(await inside()).to.equal(true);
    }
  });

  it("announces each new message once, the person's own too, and never the past", async () => {
    const stage = await play({
      before: listenToLog,
      welcome: [{ text: 'Bonjour', ...replies('Oui', 'Non') }],
    });
    const heard = () => stage.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    await stage.open();
    await stage.sees('Bonjour');
    await stage.button('Oui').click();
    await stage.sees('Reçu : Oui');
    stage.fake.say({ text: 'Prêt ?', ...replies('Partons', 'Attendez') });
    await stage.sees('Prêt ?');
    expect(await heard()).to.deep.equal([
      'Déclic : Bonjour',
      'Vous : Oui',
      'Déclic : Reçu : Oui',
      'Déclic : Prêt ?',
    ]);
    await stage.page.reload();
    await stage.sees('Prêt ?');
    await until(
      'the log to be live',
      async () => (await stage.log.getAttribute('aria-live')) === 'polite',
    );
    await stage.button('Partons').click();
    await stage.sees('Reçu : Partons');
    await stage.say('deux');
    await stage.sees('Reçu : deux');
    expect(await heard()).to.deep.equal([
      'Vous : Partons',
      'Déclic : Reçu : Partons',
      'Vous : deux',
      'Déclic : Reçu : deux',
    ]);
  });

  it('names who speaks and in which language', async () => {
    const stage = await play({
      welcome: [
        { text: 'Hello', locale: 'en' },
        { text: 'مرحبا', locale: 'ar' },
        { text: 'Bonjour', from: { id: 'x', name: "Samira, de l'équipe", role: 'bot' } },
      ],
    });
    await stage.open();
    await stage.sees('Bonjour');
    const messages = stage.log.locator('.message');
    expect(
      await messages.evaluateAll((all) => all.map((one) => one.getAttribute('lang'))),
    ).to.deep.equal(['en', 'ar', 'fr']);
    expect(await messages.nth(1).locator('.bubble').getAttribute('dir')).to.equal('rtl');
    expect(await messages.nth(2).textContent()).to.match(/Samira, de l'équipe\s:/);
    expect(await stage.page.locator('declic-widget').getAttribute('lang')).to.equal('fr');
  });

  it('has targets of at least 44 pixels for the finger', async () => {
    const stage = await play({ welcome: WELCOME, browser: PHONE });
    await showEverything(stage);
    await stage.context.setOffline(true);
    await stage.say('en attente');
    await stage.panel.getByText("En attente d'envoi").waitFor();
    stage.fake.script = () => [];
    await stage.button("Plus d'options").click();
    const small = await stage.page.evaluate(() => {
      const root = document.querySelector('declic-widget')?.shadowRoot;
      const targets = root?.querySelectorAll(
        'button:not([disabled],[aria-disabled]), a:not(.bubble a), textarea',
      );
      return [...(targets ?? [])]
        .map((target) => [target.textContent, target.getBoundingClientRect()] as const)
        .filter(([, { width, height }]) => height > 0 && (width < 43.9 || height < 43.9))
        .map(([text, { width, height }]) => `${text} ${width}×${height}`);
    });
    expect(small).to.deep.equal([]);
  });
});

/** Collects what a screen reader would say: texts added to the log while it is live. */
const listenToLog = (): void => {
  const heard: string[] = [];
  Object.assign(window, { heard });
  const take = (changes: readonly MutationRecord[]): void => {
    for (const { target, addedNodes } of changes) {
      const log = (target as Element).closest?.('[role="log"]');
      if (log?.getAttribute('aria-live') !== 'polite') continue;
      for (const node of addedNodes) {
        const bubble = (node as Element).querySelector?.('.bubble') ?? node;
        const said = (bubble.textContent ?? '').replace(/\s+/g, ' ').trim();
        if (said) heard.push(said);
      }
    }
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    new MutationObserver(take).observe(root, { childList: true, subtree: true });
    return root;
  };
};
