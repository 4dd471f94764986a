import type { WidgetWords } from '../../widget-words.ts';

/** The words of this copy of the chat. */
export const words: WidgetWords = DECLIC_WORDS;
export const locale: string = DECLIC_LOCALE;
