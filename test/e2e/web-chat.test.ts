import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, newPage } from '#test/support/chromium.ts';
import { freePort, type ListedBooking, ServiceProcess } from '#test/support/service.ts';

// The bundle for pages is in the package, but not among what it exports.
const WEB_CHAT = join(
  import.meta.dirname,
  '../../node_modules/botframework-webchat/dist/webchat.js',
);

/** Bot Framework's own chat, on a page of another origin, against our Direct Line endpoint. */
describe('The real Web Chat in a browser', function () {
  this.timeout(180_000);
  let service: ServiceProcess;
  let browser: Browser;
  let site: Server;
  let origin: string;

  before(async function () {
    browser = await launchBrowser(this);
    const port = await freePort();
    origin = `http://localhost:${port}`;
    service = await ServiceProcess.start({ ALLOWED_ORIGINS: origin });
    site = createServer((request, response) => {
      if (request.url === '/webchat.js') createReadStream(WEB_CHAT).pipe(response);
      else response.setHeader('content-type', 'text/html').end(page(service.url));
    });
    await new Promise<void>((resolve) => site.listen(port, () => resolve()));
  });

  after(async () => {
    await browser?.close();
    site?.close();
    await service?.remove();
  });

  it('holds a whole booking conversation', async () => {
    const { page: tab, context, errors } = await newPage(browser);
    await tab.goto(origin);
    await seen(tab, 'un programme automatique');
    await say(tab, 'est-ce que je peux participer ?');
    await press(tab, 'Je cherche un emploi');
    await press(tab, 'Oui');
    await press(tab, 'En métropole');
    await press(tab, "C'est exact");
    await press(tab, "M'inscrire");
    await seen(tab, 'Quelle date vous convient');
    await say(tab, 'la deuxieme');
    await press(tab, 'Aucun besoin');
    await press(tab, 'Je confirme');
    await seen(tab, "C'est réservé");
    await seen(tab, 'Quand');
    await say(tab, 'finalement je peux pas');
    await press(tab, 'Oui, annuler');
    await seen(tab, 'est libérée');
    const bookings = await service.declic<readonly ListedBooking[]>('bookings', 'list');
    expect(bookings.map(({ status }) => status)).to.deep.equal(['cancelled']);
    expect(errors.filter((error) => !/Warning:|deprecated/i.test(error))).to.deep.equal([]);
    await context.close();
  });
});

const page = (serviceUrl: string): string => `<!doctype html><html lang="fr"><meta charset="utf-8">
<title>Web Chat</title><script src="/webchat.js"></script>
<div id="chat" role="main" style="height:700px"></div>
<script>
fetch('${serviceUrl}/v3/directline/tokens/generate', { method: 'POST' })
  .then((answer) => answer.json())
  .then(({ token }) => window.WebChat.renderWebChat(
    { directLine: window.WebChat.createDirectLine({ token, domain: '${serviceUrl}/v3/directline' }), locale: 'fr-FR' },
    document.getElementById('chat')));
</script></html>`;

async function seen(tab: Page, text: string): Promise<void> {
  await tab.getByText(text).last().waitFor({ timeout: 60_000 });
}

async function say(tab: Page, text: string): Promise<void> {
  const box = tab.locator('[data-id="webchat-sendbox-input"]');
  await box.fill(text);
  await box.press('Enter');
}

async function press(tab: Page, title: string): Promise<void> {
  await tab.getByRole('button', { name: title, exact: true }).last().click({ timeout: 60_000 });
}
