import { expect } from 'chai';
import type { Stage } from './stage.ts';
import { replies, until, useStage } from './stage.ts';

/** After this is seen, whatever was on its way has arrived. */
const marker = async (stage: Stage, text = 'repère'): Promise<void> => {
  stage.fake.say({ text });
  await stage.sees(text);
};

const waiting = (stage: Stage) => stage.panel.getByText("En attente d'envoi");

describe('widget: when the line is bad', () => {
  const play = useStage();

  it('keeps a message written offline, says so, and sends it when the network is back', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    await stage.context.setOffline(true);
    await stage.panel.getByText('Pas de connexion').waitFor();
    await stage.say('un');
    await stage.say('deux');
    await waiting(stage).nth(1).waitFor();
    expect(await waiting(stage).count()).to.equal(2);
    await stage.context.setOffline(false);
    await stage.sees('Reçu : deux');
    expect(stage.fake.heard).to.deep.equal(['un', 'deux']);
    expect(await waiting(stage).count()).to.equal(0);
    await stage.panel.getByText('Connexion rétablie').waitFor();
  });

  it('keeps an unsent message, and what was being written, across a reload', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    stage.fake.fail('post', 503, 50);
    await stage.say('à garder');
    await waiting(stage).waitFor();
    await stage.input.fill('à moitié écrit');
    await stage.page.reload();
    await stage.sees('à garder');
    await waiting(stage).waitFor();
    expect(await stage.input.inputValue()).to.equal('à moitié écrit');
    stage.fake.mend('post');
    await stage.button('Réessayer').click();
    await stage.sees('Reçu : à garder');
    expect(stage.fake.heard).to.deep.equal(['à garder']);
  });

  it('tries again by itself after an error of the server', async () => {
    const stage = await play();
    await stage.open();
    stage.fake.fail('post', 502, 2);
    await stage.say('encore');
    await stage.sees('Reçu : encore');
    expect(stage.fake.called('post')).to.have.length(3);
  });

  it('is not doubled when the answer was lost and the message is sent twice', async () => {
    const stage = await play();
    await stage.open();
    stage.fake.fail('post', 'cut', 1, { afterwards: true });
    await stage.say('une seule fois');
    await stage.sees('Reçu : une seule fois');
    await marker(stage);
    expect(await stage.bubbles()).to.deep.equal([
      'une seule fois',
      'Reçu : une seule fois',
      'repère',
    ]);
  });

  it('does not send again after a reload what the history shows has arrived', async () => {
    const stage = await play();
    await stage.open();
    stage.fake.fail('post', 'cut', 1, { afterwards: true });
    stage.fake.fail('post', 503, 50);
    await stage.say('déjà arrivé');
    await until('the message on the server', () => stage.fake.heard.length === 1);
    await stage.page.reload();
    await stage.sees('Reçu : déjà arrivé');
    stage.fake.mend('post');
    const before = stage.fake.called('post').length;
    await stage.say('la suite');
    await stage.sees('Reçu : la suite');
    expect(stage.fake.called('post')).to.have.length(before + 1);
    expect(stage.fake.heard).to.deep.equal(['déjà arrivé', 'la suite']);
  });

  it('shows what comes after the server has erased the log and counts anew', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.say('effacer');
    await stage.sees('Reçu : effacer');
    stage.fake.conversation.log.length = 0;
    stage.fake.say({
      text: 'Tout est effacé',
      timestamp: new Date(Date.now() + 60_000).toISOString(),
    });
    await stage.sees('Tout est effacé');
  });

  it('leaves a refused message to the person, and sends the next one', async () => {
    const stage = await play();
    await stage.open();
    stage.fake.fail('post', 413);
    await stage.say('trop lourd');
    await stage.panel.getByText('Pas envoyé').waitFor();
    await stage.say('plus léger');
    await stage.sees('Reçu : plus léger');
    expect(stage.fake.heard).to.deep.equal(['plus léger']);
    await stage.button('Réessayer').click();
    await stage.sees('Reçu : trop lourd');
  });

  it('waits as long as the server asks when it is overloaded', async () => {
    const stage = await play();
    await stage.open();
    stage.fake.fail('post', 429, 1, { headers: { 'retry-after': '2' } });
    const begun = Date.now();
    await stage.say('patience');
    await stage.sees('Reçu : patience');
    expect(Date.now() - begun).to.be.at.least(1_900);
  });

  it('shows each message once, whatever comes twice', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    const activities = stage.fake.conversation.log.map(({ activity }) => activity);
    stage.fake.frame(JSON.stringify({ activities, watermark: '1' }));
    stage.fake.frame(JSON.stringify({ activities: [...activities, ...activities] }));
    await marker(stage);
    expect(await stage.bubbles()).to.deep.equal(['Bonjour', 'repère']);
  });

  it('goes on after a restart of the server, with nothing lost or doubled', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.say('avant');
    await stage.sees('Reçu : avant');
    await stage.fake.down();
    await stage.say('pendant');
    await waiting(stage).waitFor();
    await stage.panel.getByText('Connexion perdue').waitFor();
    stage.fake.say({ text: 'dit pendant la coupure' });
    await stage.fake.listen();
    await stage.sees('Reçu : pendant');
    await stage.sees('dit pendant la coupure');
    await stage.say('après');
    await stage.sees('Reçu : après');
    expect([...(await stage.bubbles())].sort()).to.deep.equal(
      [
        'Bonjour',
        'avant',
        'Reçu : avant',
        'dit pendant la coupure',
        'pendant',
        'Reçu : pendant',
        'après',
        'Reçu : après',
      ].sort(),
    );
    expect(stage.fake.heard).to.deep.equal(['avant', 'pendant', 'après']);
    expect(stage.fake.conversations).to.have.length(1);
  });

  it('comes back from a cut socket where it was, by its watermark', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    stage.fake.dropSockets();
    stage.fake.say({ text: 'pendant la coupure' });
    await stage.sees('pendant la coupure');
    await marker(stage);
    expect(await stage.bubbles()).to.deep.equal(['Bonjour', 'pendant la coupure', 'repère']);
    expect(stage.fake.called('reconnect').map(({ watermark }) => watermark)).to.deep.equal(['1']);
  });

  it('notices a line that is open but dead, by the echo that does not come', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    stage.fake.socketsDead = true;
    await stage.say('allô');
    await until('the message on the server', () => stage.fake.heard.length === 1);
    stage.fake.socketsDead = false;
    await stage.sees('Reçu : allô');
  });

  it('polls when no socket can be opened', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }], socketsRefused: true });
    await stage.open();
    await stage.sees('Bonjour');
    await stage.say('sans socket');
    await stage.sees('Reçu : sans socket');
    await marker(stage);
    expect(await stage.bubbles()).to.deep.equal([
      'Bonjour',
      'sans socket',
      'Reçu : sans socket',
      'repère',
    ]);
  });

  it('polls through a failing moment', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }], socketsRefused: true });
    await stage.open();
    await stage.sees('Bonjour');
    stage.fake.fail('activities', 500);
    stage.fake.fail('activities', 'cut', 2);
    await marker(stage);
  });

  it('skips frames that are empty, not JSON, or of another shape', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    const odd = [
      '',
      '{',
      '[]',
      'null',
      '{"activities":7}',
      '{"activities":[null,3,{"type":"message"}]}',
    ];
    for (const text of odd) stage.fake.frame(text);
    await marker(stage);
    expect(await stage.bubbles()).to.deep.equal(['Bonjour', 'repère']);
  });

  it('begins even when the first calls fail', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    stage.fake.fail('generate', 503);
    stage.fake.fail('start', 'cut', 2);
    await stage.launcher.click();
    await stage.say("je n'attends pas");
    await stage.sees('Bonjour');
    await stage.sees("Reçu : je n'attends pas");
  });

  it('says so when this page may not open conversations, and can be asked again', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    stage.fake.fail('generate', 403);
    await stage.launcher.click();
    await stage.panel.getByText('ne peut pas répondre ici').waitFor();
    await stage.button('Réessayer').click();
    await stage.sees('Bonjour');
  });

  it('keeps what was said while the conversation is being opened', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    const release = stage.fake.hold('start');
    await stage.launcher.click();
    await stage.say('déjà');
    await waiting(stage).waitFor();
    release();
    await stage.sees('Reçu : déjà');
  });
});

describe('widget: tokens and ends', () => {
  const play = useStage();

  it('renews its token before it expires, and goes on with the new one', async () => {
    const stage = await play({ expiresIn: 2 });
    await stage.open();
    await until('two renewals', () => stage.fake.called('refresh').length >= 2);
    const [first, second] = stage.fake.called('refresh');
    expect(first?.headers.authorization).not.to.equal(second?.headers.authorization);
    await stage.say('toujours là');
    await stage.sees('Reçu : toujours là');
    expect(stage.fake.conversations).to.have.length(1);
  });

  it('offers a new conversation when the token has expired, the old messages still there', async () => {
    const stage = await play({ welcome: [{ text: 'On essaie ?', ...replies('Oui') }] });
    await stage.open();
    await stage.sees('On essaie ?');
    stage.fake.expireTokens();
    stage.fake.dropSockets();
    await stage.panel.getByText("s'est arrêtée").waitFor();
    expect(await stage.button('Oui').isDisabled()).to.equal(true);
    await stage.button('Commencer une nouvelle conversation').click();
    await until('a second conversation', () => stage.fake.conversations.length === 2);
    await until('the new greeting', async () => (await stage.bubbles()).length === 2);
    expect(await stage.panel.getByText("s'est arrêtée").count()).to.equal(0);
    const open = stage.panel.getByRole('button', { name: 'Oui', disabled: false });
    await open.click();
    await stage.sees('Reçu : Oui');
  });

  it('takes a message that met an expired token along into the new conversation', async () => {
    const stage = await play();
    await stage.open();
    await stage.say('un');
    await stage.sees('Reçu : un');
    stage.fake.expireTokens();
    await stage.say('deux');
    await stage.panel.getByText("s'est arrêtée").waitFor();
    await stage.button('Commencer une nouvelle conversation').click();
    await stage.sees('Reçu : deux');
    expect(stage.fake.heard).to.deep.equal(['un', 'deux']);
  });

  it('does not answer an old question in a new conversation: only its words stay', async () => {
    const stage = await play({ welcome: [{ text: 'On essaie ?', ...replies('Oui') }] });
    await stage.open();
    await stage.sees('On essaie ?');
    stage.fake.expireTokens();
    await stage.button('Oui').click();
    await stage.button('Commencer une nouvelle conversation').click();
    await until('a second conversation', () => stage.fake.conversations.length === 2);
    await stage.panel.getByText('Pas envoyé').waitFor();
    expect(stage.fake.heard).to.deep.equal([]);
    await stage.button('Réessayer').click();
    await stage.sees('Reçu : Oui');
    expect(stage.fake.called('post').at(-1)?.body).not.to.have.property('value');
  });

  it('begins anew by itself when it comes back to a conversation that is gone', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    stage.fake.expireTokens();
    stage.fake.forget();
    await stage.page.reload();
    await stage.sees("n'est plus disponible");
    await stage.sees('Bonjour');
  });

  it('offers a new conversation when the server does not know this one any more', async () => {
    const stage = await play({ welcome: [{ text: 'Bonjour' }] });
    await stage.open();
    await stage.sees('Bonjour');
    stage.fake.forget();
    await stage.panel.getByText("s'est arrêtée").waitFor();
    await stage.sees('Bonjour');
  });
});
