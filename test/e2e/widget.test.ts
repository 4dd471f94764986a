import { expect } from 'chai';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, newPage } from '#test/support/chromium.ts';
import { type ListedBooking, ServiceProcess } from '#test/support/service.ts';

/** Our widget on our page, against the whole service. */
describe('The widget on the real service', function () {
  this.timeout(180_000);
  let service: ServiceProcess;
  let browser: Browser;

  before(async function () {
    browser = await launchBrowser(this);
    service = await ServiceProcess.start();
  });

  after(async () => {
    await browser?.close();
    await service?.remove();
  });

  const bookings = () => service.declic<readonly ListedBooking[]>('bookings', 'list');

  it('books a seat with the keyboard alone', async () => {
    const { page, context, errors } = await newPage(browser, {
      viewport: { width: 320, height: 640 },
    });
    await page.goto(service.url);
    await reach(page, page.getByRole('button', { name: 'Commencer la conversation' }), 'Tab');
    await page.keyboard.press('Enter');
    await seen(page, 'un programme automatique');
    await type(page, 'est-ce que je peux participer ?');
    await choose(page, 'Je cherche un emploi');
    await choose(page, 'Oui');
    await choose(page, 'En métropole');
    await choose(page, "C'est exact");
    await choose(page, "M'inscrire");
    await seen(page, 'Quelle date vous convient');
    await type(page, '2');
    await choose(page, 'Aucun besoin');
    await choose(page, 'Je confirme');
    await seen(page, "C'est réservé");
    expect((await bookings()).map(({ status }) => status)).to.deep.equal(['booked']);
    expect(errors).to.deep.equal([]);
    await context.close();
  });

  it('goes on after a reload and after a restart of the service', async () => {
    const { page, context } = await newPage(browser);
    await page.goto(service.url);
    await page.getByText('Commencer la conversation').click();
    await seen(page, 'un programme automatique');
    await type(page, 'est-ce que je peux participer ?');
    await seen(page, 'quelle est votre situation');
    await page.reload();
    await page.getByText('Commencer la conversation').click();
    await seen(page, 'quelle est votre situation');
    await service.down('SIGKILL');
    await service.up();
    await type(page, 'je suis au chomage');
    await seen(page, '18 ans ou plus');
    const asked = await page.getByText('quelle est votre situation').count();
    expect(asked).to.equal(1);
    await context.close();
  });
});

const inChat = (page: Page) => page.getByRole('log');

async function seen(page: Page, text: string): Promise<void> {
  await inChat(page).getByText(text).last().waitFor({ timeout: 60_000 });
}

/** Goes to the input with the Tab key, where the focus is not there already, and types. */
async function type(page: Page, text: string): Promise<void> {
  const input = page.getByLabel('Votre message');
  await input.waitFor();
  await reach(page, input, 'Tab');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** Goes back to a button and presses it. */
async function choose(page: Page, title: string): Promise<void> {
  const button = page.getByRole('button', { name: title, exact: true }).last();
  await button.waitFor({ timeout: 60_000 });
  await reach(page, button, 'Shift+Tab');
  await page.keyboard.press('Enter');
}

async function reach(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    if (await target.evaluate((it) => (it.getRootNode() as ShadowRoot).activeElement === it))
      return;
    await page.keyboard.press(key);
  }
  throw new Error(`${target} cannot be reached with the keyboard.`);
}
