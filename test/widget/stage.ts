import { join } from 'node:path';
import { expect } from 'chai';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Locator,
  Page,
} from 'playwright-core';
import type { WidgetAssets } from '#widget/build.ts';
import { buildWidget } from '#widget/build.ts';
import { BROWSER_TIMEOUT_MS, launchBrowser, newPage } from '../support/chromium.ts';
import type { Activity, FakeOptions } from './fake-direct-line.ts';
import { FakeDirectLine } from './fake-direct-line.ts';

export const LOCALES = join(import.meta.dirname, '../../locales');
export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
};

/** A quick reply as the server sends it. */
export const reply = (title: string, value = title): Activity => ({
  type: 'messageBack',
  title,
  text: title,
  displayText: title,
  value: { action: { do: 'answer', step: 'test.step', value } },
});

export const replies = (...titles: readonly string[]): Activity => ({
  suggestedActions: { actions: titles.map((title) => reply(title)) },
});

/** Answers every message with its own words, so that each answer is known. */
export const echoScript = (activity: Activity): readonly Activity[] => [
  { text: `Reçu : ${String(activity.text)}` },
];

/** Waits until it is so; fails by name after 30 s. */
export const until = async (
  what: string,
  check: () => boolean | Promise<boolean>,
): Promise<void> => {
  const end = Date.now() + 30_000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
};

export interface StageOptions extends Partial<FakeOptions> {
  readonly browser?: BrowserContextOptions;
  /** Runs in the page before anything else. */
  readonly before?: () => void;
  readonly path?: string;
}

/** A page with the widget, the server behind it, and what a person does there. */
export class Stage {
  readonly fake: FakeDirectLine;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly errors: string[];

  constructor(fake: FakeDirectLine, context: BrowserContext, page: Page, errors: string[]) {
    this.fake = fake;
    this.context = context;
    this.page = page;
    this.errors = errors;
  }

  get launcher(): Locator {
    return this.page.locator('.launcher');
  }

  get panel(): Locator {
    return this.page.getByRole('dialog', { name: 'Déclic' });
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  get input(): Locator {
    return this.page.getByLabel('Votre message');
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name });
  }

  /** Opens the conversation by its button, and waits until the server knows it. */
  async open(): Promise<void> {
    await this.launcher.click();
    await this.panel.waitFor();
    await until('a conversation', () => this.fake.conversations.length > 0);
  }

  async say(text: string): Promise<void> {
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  async sees(text: string): Promise<void> {
    await this.log.getByText(text).first().waitFor();
  }

  /** The texts of all bubbles, without the spoken names of who says them. */
  bubbles(): Promise<readonly string[]> {
    return this.log.locator('.bubble').evaluateAll((found) =>
      found.map((bubble) => {
        const copy = bubble.cloneNode(true) as Element;
        for (const hidden of copy.querySelectorAll('.unseen')) hidden.remove();
        return copy.textContent ?? '';
      }),
    );
  }

  /** What has the focus, in words: its name, text or role. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const element = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
      const label = element?.getAttribute('aria-label') ?? '';
      return (
        label ||
        element?.getAttribute('id') ||
        element?.textContent?.trim() ||
        element?.tagName ||
        ''
      );
    });
  }
}

let assets: Promise<WidgetAssets> | undefined;

/** The minified widget, built once for all tests of the process. */
export const widget = (): Promise<WidgetAssets> => {
  assets ??= buildWidget({ localesDir: LOCALES, minify: true });
  return assets;
};

/**
 * For the head of a `describe`: starts a browser, gives `play` to open a page with the widget, and
 * after each test closes all and checks that no page threw or broke its security policy.
 */
export const useStage = (): ((options?: StageOptions) => Promise<Stage>) => {
  let browser: Browser;
  let stages: Stage[] = [];
  before(async function () {
    browser = await launchBrowser(this);
  });
  beforeEach(function () {
    // Pages open slowly on a machine that does other things at the same time.
    this.currentTest?.timeout(BROWSER_TIMEOUT_MS);
  });
  after(() => browser?.close());
  afterEach(async () => {
    const played = stages;
    stages = [];
    for (const { context, fake } of played) {
      await context.close();
      await fake.down();
    }
    for (const { errors } of played) expect(errors).to.deep.equal([]);
  });
  return async ({ browser: contextOptions = {}, before: first, path = '/', ...options } = {}) => {
    const fake = await FakeDirectLine.start({
      assets: await widget(),
      script: echoScript,
      ...options,
    });
    const { context, page, errors } = await newPage(browser, contextOptions);
    const stage = new Stage(fake, context, page, errors);
    stages.push(stage);
    if (first) await page.addInitScript(first);
    await page.goto(fake.url + path);
    await stage.launcher.waitFor({ state: 'attached' });
    return stage;
  };
};
