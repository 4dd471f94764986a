import { expect } from 'chai';
import type { Activity } from './fake-direct-line.ts';
import { PHONE, replies, reply, until, useStage } from './stage.ts';

const CARD = {
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: {
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: 'Votre place est réservée.',
    body: [
      { type: 'TextBlock', text: 'Votre place est réservée', size: 'Medium', weight: 'Bolder' },
      { type: 'TextBlock', text: 'Session en ligne', isSubtle: true },
      { type: 'FactSet', facts: [{ title: 'Date', value: 'mardi 8 décembre' }] },
    ],
    actions: [{ type: 'Action.OpenUrl', title: 'Le lien', url: 'https://example.org/session' }],
  },
};

describe('widget: a conversation', () => {
  const play = useStage();

  it('greets, takes a message with Enter and shows the answer', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    await stage.say('c pa pour moi');
    await stage.sees('Reçu : c pa pour moi');
    expect(await stage.bubbles()).to.deep.equal([
      'Bonjour',
      'c pa pour moi',
      'Reçu : c pa pour moi',
    ]);
    expect(await stage.input.inputValue()).to.equal('');
  });

  it('introduces itself as Direct Line wants: user id, locale, time zone, client id', async () => {
    const stage = await play();
    await stage.open();
    await stage.say('oui');
    await stage.sees('Reçu : oui');
    const generated = stage.fake.called('generate')[0]?.body as {
      user: { id: string };
      locale: string;
    };
    expect(generated.user.id).to.match(/^dl_[0-9a-f-]{36}$/);
    expect(generated.locale).to.equal('fr');
    const posted = stage.fake.called('post')[0]?.body as Activity;
    expect(posted).to.include({
      type: 'message',
      text: 'oui',
      locale: 'fr',
      localTimezone: 'Europe/Paris',
    });
    expect((posted.from as Activity).id).to.equal(generated.user.id);
    expect((posted.channelData as Activity).clientActivityID).to.match(/^[0-9a-f-]{36}$/);
    expect(stage.fake.called('generate')[0]?.headers.authorization).to.equal(undefined);
  });

  it('makes a new line with Shift and Enter, and grows the field', async () => {
    const stage = await play();
    await stage.open();
    const height = async () => (await stage.input.boundingBox())?.height ?? 0;
    const before = await height();
    await stage.input.fill('une');
    for (const line of ['deux', 'trois']) {
      await stage.input.press('Shift+Enter');
      await stage.page.keyboard.type(line);
    }
    expect(await height()).to.be.greaterThan(before);
    await stage.input.press('Enter');
    await stage.sees('Reçu : une');
    expect(stage.fake.heard).to.deep.equal(['une\ndeux\ntrois']);
    expect(await height()).to.equal(before);
  });

  it('does not send while a character is being composed, nor an empty message', async () => {
    const stage = await play();
    await stage.open();
    await stage.input.fill('に');
    await stage.input.dispatchEvent('compositionstart');
    await stage.input.press('Enter');
    await stage.input.dispatchEvent('compositionend');
    await stage.say('   ');
    await stage.say('fini');
    await stage.sees('Reçu : fini');
    expect(stage.fake.heard).to.deep.equal(['fini']);
  });

  it('stops at the longest message and says how much is left', async () => {
    const stage = await play();
    await stage.open();
    await stage.input.fill('a'.repeat(1450));
    await stage.panel.getByText('Encore 50 caractères').waitFor();
    await stage.input.press('End');
    await stage.page.keyboard.insertText('b'.repeat(200));
    expect((await stage.input.inputValue()).length).to.equal(1500);
  });

  it('sends what a quick reply carries, once, and shows which one was taken', async () => {
    const stage = await play({
      welcome: [{ text: 'On essaie ?', ...replies('Oui', 'Plus tard') }],
    });
    await stage.open();
    await stage.button('Oui').evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await stage.sees('Reçu : Oui');
    const posts = stage.fake.called('post');
    expect(posts).to.have.length(1);
    expect(posts[0]?.body).to.deep.include({ text: 'Oui', value: reply('Oui').value });
    const [yes, later] = [stage.button('Oui'), stage.button('Plus tard')];
    expect(await yes.getAttribute('aria-disabled')).to.equal('true');
    expect(await yes.getAttribute('aria-label')).to.equal('Oui, choisi');
    expect(await later.isDisabled()).to.equal(true);
    expect(await later.getAttribute('aria-label')).to.equal("Plus tard, n'est plus proposé");
  });

  it('closes the quick replies when the person answers in words', async () => {
    const stage = await play({ welcome: [{ text: 'On essaie ?', ...replies('Oui', 'Non') }] });
    await stage.open();
    await stage.sees('On essaie ?');
    await stage.say('je sais pas');
    await stage.sees('Reçu : je sais pas');
    expect(await stage.button('Oui').isDisabled()).to.equal(true);
    expect(await stage.log.locator('.chosen').count()).to.equal(0);
  });

  it('opens addresses beside the conversation and leaves the choices open', async () => {
    const link = { type: 'openUrl', title: 'Les règles', value: 'https://example.org/regles' };
    const stage = await play({
      welcome: [{ text: 'Lire ?', suggestedActions: { actions: [link, reply('Non')] } }],
    });
    await stage.open();
    const anchor = stage.panel.getByRole('link', { name: 'Les règles' });
    expect(await anchor.getAttribute('href')).to.equal('https://example.org/regles');
    expect(await anchor.getAttribute('rel')).to.equal('noopener noreferrer');
    expect(await anchor.textContent()).to.contain('(nouvel onglet)');
    expect(await stage.button('Non').isEnabled()).to.equal(true);
  });

  it('shows cards and files as words and links', async () => {
    const file = {
      contentType: 'text/calendar',
      name: 'declic.ics',
      contentUrl: '/calendar/x.ics',
    };
    const stage = await play({ welcome: [{ attachments: [CARD, file] }] });
    await stage.open();
    await stage.sees('Votre place est réservée');
    await stage.sees('mardi 8 décembre');
    const link = stage.panel.getByRole('link', { name: 'Le lien' });
    expect(await link.getAttribute('href')).to.equal('https://example.org/session');
    const calendar = stage.panel.getByRole('link', { name: 'declic.ics' });
    expect(await calendar.textContent()).to.contain('Fichier pour votre agenda');
    expect(await calendar.getAttribute('href')).to.equal(`${stage.fake.url}/calendar/x.ics`);
  });

  it('makes addresses and phone numbers in a text followable', async () => {
    const text = 'Appelez le 3114, ou le 15. Voir https://example.org/aide.';
    const stage = await play({ welcome: [{ text }] });
    await stage.open();
    await stage.sees('Appelez le');
    const hrefs = await stage.log
      .locator('.bubble a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(hrefs).to.deep.equal(['tel:3114', 'tel:15', 'https://example.org/aide']);
    expect((await stage.bubbles())[0]).to.equal(text);
  });

  it('shows that an answer is being written, until it comes', async () => {
    const stage = await play({ script: () => [] });
    await stage.open();
    await stage.say('vous êtes là ?');
    await stage.panel.locator('.dots').waitFor();
    stage.fake.say({ text: 'Oui' });
    await stage.sees('Oui');
    await stage.panel.locator('.dots').waitFor({ state: 'detached' });
    stage.fake.say({ type: 'typing' });
    await stage.panel.locator('.dots').waitFor();
  });

  it('resumes after a reload: same conversation, whole history, used choices still used', async () => {
    const stage = await play({ welcome: [{ text: 'On essaie ?', ...replies('Oui', 'Non') }] });
    await stage.open();
    await stage.button('Oui').click();
    await stage.sees('Reçu : Oui');
    await stage.page.reload();
    await stage.panel.waitFor();
    await stage.sees('Reçu : Oui');
    expect(await stage.bubbles()).to.deep.equal(['On essaie ?', 'Oui', 'Reçu : Oui']);
    expect(await stage.button('Oui, choisi').isVisible()).to.equal(true);
    await stage.say('la suite');
    await stage.sees('Reçu : la suite');
    expect(stage.fake.conversations).to.have.length(1);
  });

  it('tells the time, and the day where it changes', async () => {
    const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const stage = await play({
      welcome: [
        { text: 'hier', timestamp: at(1) },
        { text: 'encore hier', timestamp: at(1) },
        { text: 'maintenant' },
      ],
    });
    await stage.open();
    await stage.sees('maintenant');
    expect(await stage.log.locator('.divider').allTextContents()).to.deep.equal([
      'Hier',
      "Aujourd'hui",
    ]);
    const time = stage.log.locator('time').last();
    expect(await time.textContent()).to.match(/^\d\d:\d\d$/);
    expect(Number.isNaN(Date.parse((await time.getAttribute('datetime')) ?? ''))).to.equal(false);
  });

  it('stays closed after a reload on a phone, where it would cover the page', async () => {
    const stage = await play({ browser: PHONE });
    await stage.open();
    await stage.page.reload();
    await stage.launcher.waitFor();
    expect(await stage.panel.count()).to.equal(0);
  });

  it('begins anew from the menu, with the same person', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.say('un');
    await stage.sees('Reçu : un');
    await stage.button("Plus d'options").click();
    await stage.button('Nouvelle conversation').click();
    await until('a second conversation', () => stage.fake.conversations.length === 2);
    await stage.sees('Bonjour');
    expect(await stage.bubbles()).to.deep.equal(['Bonjour']);
    const [first, second] = stage.fake.conversations;
    expect(second?.userId).to.equal(first?.userId);
  });

  it('asks for erasure from the menu, and forgets all on this device once it is done', async () => {
    const stage = await play({ script: () => [{ text: 'Je confirme ?', ...replies('Oui') }] });
    await stage.open();
    await stage.button("Plus d'options").click();
    await stage.button('Effacer mes données').click();
    await stage.sees('Je confirme ?');
    expect(stage.fake.called('post')[0]?.body).to.deep.include({
      text: 'effacer',
      value: { action: { do: 'way_out', way: 'erase' } },
    });
    stage.fake.say({ text: "C'est effacé." }, { type: 'event', name: 'declic/erased' });
    await stage.sees('Ce qui était gardé sur cet appareil est effacé.');
    const kept = () =>
      stage.page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    expect(await kept()).to.deep.equal([]);
    await stage.button('Fermer la conversation').click();
    await stage.launcher.click();
    await stage.panel.getByText('Cette conversation est terminée').waitFor();
    expect(await stage.bubbles()).to.deep.equal([]);
    await stage.button('Commencer une nouvelle conversation').click();
    await until('a second conversation', () => stage.fake.conversations.length === 2);
    const [before, after] = stage.fake.conversations;
    expect(after?.userId).not.to.equal(before?.userId);
  });

  it('enlarges the text, and remembers it', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    const size = () =>
      stage.log.locator('.bubble').evaluate((bubble) => getComputedStyle(bubble).fontSize);
    expect(await size()).to.equal('16px');
    await stage.button("Plus d'options").click();
    await stage.button('Agrandir le texte').click();
    expect(Number.parseFloat(await size())).to.be.closeTo(19.2, 0.1);
    await stage.page.reload();
    await stage.sees('Bonjour');
    expect(Number.parseFloat(await size())).to.be.closeTo(19.2, 0.1);
  });

  it('says that the assistant has closed the conversation, and goes on in a new one', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    stage.fake.say({ text: 'Au revoir' }, { type: 'endOfConversation' });
    await stage.panel.getByText('Cette conversation est terminée').waitFor();
    await stage.say('encore une chose');
    await stage.sees('Reçu : encore une chose');
    expect(await stage.bubbles()).to.include.members(['Au revoir', 'encore une chose']);
    expect(stage.fake.conversations).to.have.length(2);
  });
});

describe('widget: the page around it', () => {
  const play = useStage();

  it("opens and closes by the page's own code, and tells the page", async () => {
    const stage = await play();
    await stage.page.evaluate(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      for (const name of ['declic:open', 'declic:close'])
        document.addEventListener(name, () => told.push(name));
      window.declic?.open({ text: 'Je peux participer ?' });
    });
    await stage.panel.waitFor();
    expect(await stage.input.inputValue()).to.equal('Je peux participer ?');
    expect(await stage.page.evaluate(() => window.declic?.isOpen)).to.equal(true);
    await stage.page.evaluate(() => window.declic?.close());
    await stage.launcher.waitFor();
    expect(
      await stage.page.evaluate(() => (window as unknown as { told: string[] }).told),
    ).to.deep.equal(['declic:open', 'declic:close']);
  });

  it('opens from a sentence of the page, which is put in the field but not sent', async () => {
    const stage = await play();
    await stage.page.getByRole('button', { name: "J'ai pas le bac." }).click();
    await stage.panel.waitFor();
    await until('a conversation', () => stage.fake.conversations.length === 1);
    expect(await stage.input.inputValue()).to.equal("J'ai pas le bac.");
    expect(stage.fake.heard).to.deep.equal([]);
  });

  it('opens by its address, for links and printed codes', async () => {
    const stage = await play({ path: '/#declic' });
    await stage.panel.waitFor();
  });

  it('counts what comes while it is closed', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    await stage.button('Fermer la conversation').click();
    stage.fake.say({ text: "Une place s'est libérée" });
    await stage.page.getByRole('button', { name: 'Parler à Déclic , 1 nouveau message' }).click();
    await stage.sees("Une place s'est libérée");
    await stage.button('Fermer la conversation').click();
    expect(await stage.launcher.locator('.badge').isHidden()).to.equal(true);
  });

  it('says when it cannot be loaded, and loads at the next try', async () => {
    const stage = await play();
    stage.fake.fail('asset', 503);
    await stage.launcher.click();
    await stage.page.getByText("La conversation n'a pas pu se charger").waitFor();
    await stage.page.getByRole('button', { name: 'Réessayer' }).click();
    await stage.panel.waitFor();
  });
});
