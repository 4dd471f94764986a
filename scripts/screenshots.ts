import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { ServiceProcess } from '#test/support/service.ts';

/**
 * The pictures of the README: the real service and widget in Chromium, with sample sessions.
 * `npm run screenshots`, then look at them before they are kept. CHROMIUM_PATH names another browser.
 */
const FOLDER = join(import.meta.dirname, '..', 'docs', 'images');
const PHONE = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, hasTouch: true };
const DESKTOP = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 };
/** Longer than the widget's animations. */
const SETTLED_MS = 800;

const service = await ServiceProcess.start();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
});
try {
  mkdirSync(FOLDER, { recursive: true });
  const phone = await open(browser, PHONE);
  const doubt = await shot(phone, () => doubts(phone));
  const dates = await shot(phone, () => asksForDates(phone));
  const booked = await shot(phone, () => books(phone));
  save('widget-phone.png', await sideBySide(browser, [doubt, dates, booked]));

  const desktop = await open(browser, DESKTOP);
  save('widget-desktop.png', await shot(desktop, () => doubts(desktop)));
} finally {
  await browser.close();
  await service.remove();
}

async function open(from: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await from.newContext({
    ...options,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(service.url);
  await page.getByRole('button', { name: 'Commencer la conversation' }).click();
  await sees(page, 'un programme automatique');
  return page;
}

async function doubts(page: Page): Promise<void> {
  await says(page, 'c mort pour moi jai meme pas le bac');
  await button(page, 'Pas maintenant').waitFor();
}

async function asksForDates(page: Page): Promise<void> {
  await says(page, 'les prochaines dates ?');
  await sees(page, 'Les prochaines sessions');
}

async function books(page: Page): Promise<void> {
  await says(page, "je veux m'inscrire");
  for (const answer of ['Je cherche un emploi', 'Oui', 'En métropole', "C'est exact"]) {
    await button(page, answer).click();
  }
  await sees(page, 'Quelle date vous convient');
  await says(page, 'la deuxième');
  await button(page, 'Aucun besoin').click();
  await button(page, 'Je confirme').click();
  await button(page, 'Annuler ma place').waitFor();
}

async function says(page: Page, text: string): Promise<void> {
  await page.getByLabel('Votre message').fill(text);
  await page.keyboard.press('Enter');
}

async function sees(page: Page, text: string): Promise<void> {
  await page.getByRole('log').getByText(text).last().waitFor();
}

function button(page: Page, name: string) {
  return page.getByRole('button', { name, exact: true }).last();
}

/** What the page shows once this has happened. */
async function shot(page: Page, happens: () => Promise<void>): Promise<Buffer> {
  await happens();
  await page.waitForTimeout(SETTLED_MS);
  return page.screenshot();
}

/** Several screens of a phone in one picture. */
async function sideBySide(from: Browser, screens: readonly Buffer[]): Promise<Buffer> {
  const { width, height } = PHONE.viewport;
  const page = await from.newPage({
    viewport: { width: screens.length * (width + 24) + 24, height: height + 48 },
    deviceScaleFactor: 1.5,
  });
  const images = screens.map(
    (screen) => `<img src="data:image/png;base64,${screen.toString('base64')}" alt="">`,
  );
  await page.setContent(`<style>
    body { margin: 0; padding: 24px; display: flex; gap: 24px; background: #e9edf2 }
    img { width: ${width}px; height: ${height}px; border-radius: 18px; box-shadow: 0 2px 12px #0003 }
  </style>${images.join('')}`);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  return page.screenshot();
}

function save(name: string, picture: Buffer): void {
  const path = join(FOLDER, name);
  writeFileSync(path, picture);
  console.log(`docs/images/${name}: ${Math.round(picture.length / 1024)} kB`);
}
