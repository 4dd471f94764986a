import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import * as esbuild from 'esbuild';
import { AppError } from '#shared/errors.ts';
import { demoPage } from './page/demo-page.ts';
import { readWords } from './read-words.ts';
import type { LocaleWords } from './widget-words.ts';

export interface WidgetAsset {
  readonly body: Buffer;
  readonly contentType: string;
  /** The name holds a hash of the content: may be kept for ever. */
  readonly immutable?: boolean;
}

/** By path on the site: `/declic.js`, `/declic/…`, `/`, `/demo.css`, `/favicon.svg`. */
export type WidgetAssets = ReadonlyMap<string, WidgetAsset>;

export interface WidgetOptions {
  /** Folder of the languages, each with its `widget.json`. */
  readonly localesDir: string;
  readonly minify: boolean;
}

const JS = 'text/javascript; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
/** Old enough for phones that no longer get updates (iOS 15). */
const BROWSERS = ['chrome84', 'firefox90', 'safari15'];

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const hashed = (name: string, extension: string, body: string): string =>
  `${name}-${createHash('sha256').update(body).digest('hex').slice(0, 10)}.${extension}`;

const styles = async (path: string, minify: boolean): Promise<string> => {
  const source = await readFile(here(path), 'utf8');
  return (await esbuild.transform(source, { loader: 'css', minify, target: BROWSERS })).code;
};

const script = async (path: string, options: BuildOptions): Promise<string> => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [here(path)],
    bundle: true,
    write: false,
    format: 'iife',
    target: BROWSERS,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    ...options,
  });
  const [file] = outputFiles ?? [];
  if (!file) throw new AppError('INTERNAL', `esbuild made nothing of ${path}`);
  return file.text;
};

/** JSON that may stand in a script: no line separators, which older engines refuse. */
const literal = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16)}`,
  );

/** The same script for every language, each with its own words in front: one request, no unused words. */
const withWords = (bundle: string, locale: string, all: LocaleWords): string => {
  const { page: _, launcher: __, ...words } = all;
  return `(()=>{const DECLIC_LOCALE=${literal(locale)},DECLIC_WORDS=${literal(words)};${bundle}})();\n`;
};

interface Styles {
  readonly launcher: string;
  readonly chat: string;
  readonly launcherFile: string;
  readonly chatFile: string;
}

const readStyles = async (minify: boolean): Promise<Styles> => {
  const [launcher, chat] = await Promise.all([
    styles('./launcher/launcher.css', minify),
    styles('./chat/chat.css', minify),
  ]);
  return {
    launcher,
    chat,
    launcherFile: hashed('launcher', 'css', launcher),
    chatFile: hashed('chat', 'css', chat),
  };
};

const buildChats = async (
  words: ReadonlyMap<string, LocaleWords>,
  css: Styles,
  minify: boolean,
): Promise<ReadonlyMap<string, { name: string; body: string }>> => {
  const bundle = await script('./chat/main.ts', {
    minify,
    define: {
      DECLIC_CHAT_CSS: literal(css.chat),
      DECLIC_CHAT_CSS_FILE: literal(css.chatFile),
    },
  });
  const chats = new Map<string, { name: string; body: string }>();
  for (const [locale, own] of words) {
    const body = withWords(bundle, locale, own);
    chats.set(locale, { name: hashed(`chat-${locale}`, 'js', body), body });
  }
  return chats;
};

const buildLauncher = (
  words: ReadonlyMap<string, LocaleWords>,
  chats: ReadonlyMap<string, { name: string }>,
  css: Styles,
  minify: boolean,
): Promise<string> => {
  const said = [...words].map(([locale, own]) => [locale, { ...own.launcher, ...own.language }]);
  const files = [...chats].map(([locale, { name }]) => [locale, name]);
  return script('./launcher/launcher.ts', {
    minify,
    define: {
      DECLIC_LAUNCHER_WORDS: literal(Object.fromEntries(said)),
      DECLIC_CHAT_FILES: literal(Object.fromEntries(files)),
      DECLIC_LAUNCHER_CSS: literal(css.launcher),
      DECLIC_LAUNCHER_CSS_FILE: literal(css.launcherFile),
    },
  });
};

const assemble = async ({ localesDir, minify }: WidgetOptions): Promise<WidgetAssets> => {
  const [words, css, demoCss, favicon] = await Promise.all([
    readWords(localesDir),
    readStyles(minify),
    styles('./page/demo.css', minify),
    readFile(here('./page/favicon.svg')),
  ]);
  const chats = await buildChats(words, css, minify);
  const launcher = await buildLauncher(words, chats, css, minify);
  const french = words.get('fr') as LocaleWords;
  const text = (body: string, contentType: string, immutable = false): WidgetAsset => ({
    body: Buffer.from(body),
    contentType,
    ...(immutable && { immutable }),
  });
  return new Map<string, WidgetAsset>([
    ['/', text(demoPage('fr', french.language.direction, french.page), 'text/html; charset=utf-8')],
    ['/demo.css', text(demoCss, CSS)],
    ['/favicon.svg', { body: favicon, contentType: 'image/svg+xml' }],
    ['/declic.js', text(launcher, JS)],
    [`/declic/${css.launcherFile}`, text(css.launcher, CSS, true)],
    [`/declic/${css.chatFile}`, text(css.chat, CSS, true)],
    ...[...chats.values()].map(({ name, body }): [string, WidgetAsset] => [
      `/declic/${name}`,
      text(body, JS, true),
    ]),
  ]);
};

/**
 * Bundles the widget and its page, in memory. Throws CONTENT_INVALID for unusable words, and what
 * esbuild throws for broken code. esbuild's own process is stopped before this returns.
 */
export const buildWidget = async (options: WidgetOptions): Promise<WidgetAssets> => {
  try {
    return await assemble(options);
  } finally {
    await esbuild.stop();
  }
};
