// What build.ts puts in place of these names when it bundles the browser code.

/** The words of the launcher in every language there is, by BCP 47 name. */
declare const DECLIC_LAUNCHER_WORDS: Readonly<
  Record<string, import('./widget-words.ts').LauncherWords>
>;
/** File name of the chat in every language there is, by BCP 47 name. */
declare const DECLIC_CHAT_FILES: Readonly<Record<string, string>>;
/** The words of the chat, in the one language this copy of it was made for. */
declare const DECLIC_WORDS: import('./widget-words.ts').WidgetWords;
/** BCP 47 name of that language. */
declare const DECLIC_LOCALE: string;
declare const DECLIC_LAUNCHER_CSS: string;
declare const DECLIC_CHAT_CSS: string;
/** File names of the same styles, for browsers without constructable style sheets. */
declare const DECLIC_LAUNCHER_CSS_FILE: string;
declare const DECLIC_CHAT_CSS_FILE: string;
