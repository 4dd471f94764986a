import { existsSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** A browser may take its time to start on a busy machine. */
export const BROWSER_TIMEOUT_MS = 60_000;

/**
 * A Chromium with a fresh profile, for `before(async function () { … launchBrowser(this) })`.
 * Without a Chromium the tests are skipped with the reason printed; under CI=true they fail.
 */
export const launchBrowser = async (context: Mocha.Context): Promise<Browser> => {
  context.timeout(BROWSER_TIMEOUT_MS);
  if (!existsSync(EXECUTABLE)) {
    const reason = `no Chromium at ${EXECUTABLE} (CHROMIUM_PATH names another)`;
    if (process.env.CI === 'true') throw new Error(reason);
    console.log(`      skipped: ${reason}`);
    context.skip();
  }
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS, timeout: BROWSER_TIMEOUT_MS });
};

export interface OpenedPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors that the page threw or wrote, CSP violations among them. */
  readonly errors: string[];
}

/** A page in a context of its own: no storage or cookie shared with another test. */
export const newPage = async (
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> => {
  const context = await browser.newContext({
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    ...options,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    // A refused or broken request is what many tests are about; the browser logs each of them.
    const network =
      message.text().startsWith('Failed to load resource') ||
      /WebSocket connection/.test(message.text());
    if (message.type() === 'error' && !network) errors.push(message.text());
  });
  return { context, page, errors };
};
