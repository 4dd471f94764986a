/** Every word the widget and its page show, as locales/fr/widget.json has them. */
type AllWords = typeof import('../../locales/fr/widget.json');

export type LauncherWords = AllWords['launcher'] & AllWords['language'];
export type PageWords = AllWords['page'];
/** What the chat needs: everything but the page and the launcher. */
export type WidgetWords = Omit<AllWords, 'page' | 'launcher'>;

/** The whole file of one language. */
export type LocaleWords = AllWords;

/** Puts values in the place of `{{name}}`. Unknown names stay as they are, so that they are seen. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole));

/** The wording for one or for several, by the language's own plural rule. */
export const countWords = (locale: string, count: number, one: string, other: string): string =>
  fill(new Intl.PluralRules(locale).select(count) === 'one' ? one : other, { count });
