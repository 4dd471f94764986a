import type { ComponentChildren } from 'preact';
import { html } from './html.ts';

const icon = (paths: readonly string[], viewBox = '0 0 24 24'): ComponentChildren => html`
  <svg class="icon" viewBox=${viewBox} aria-hidden="true">
    ${paths.map((d) => html`<path d=${d} />`)}
  </svg>
`;

export const closeIcon = icon(['M6 6l12 12M18 6L6 18']);
export const moreIcon = icon(['M5 12h.01M12 12h.01M19 12h.01']);
export const sendIcon = icon(['M12 20V5M5.5 11L12 4.5l6.5 6.5']);
export const downIcon = icon(['M12 4v15M5.5 13l6.5 6.5 6.5-6.5']);
export const checkIcon = icon(['M5 12.5l4.5 4.5L19 7.5']);
export const outIcon = icon(['M8 6h10v10M18 6L7 17']);
export const fileIcon = icon([
  'M14 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V7zM14 3v4h4',
]);
export const calendarIcon = icon(['M5 6h14v14H5zM5 10h14M9 3.5V7M15 3.5V7']);
export const clockIcon = icon(['M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2']);
const waves = 'M3 9a13 13 0 0 1 18 0M6.5 13a8 8 0 0 1 11 0M12 18h.01';
export const signalIcon = icon([waves]);
export const noSignalIcon = icon([waves, 'M4 3l16 18']);

/** The mark of the assistant: a bubble and the three strokes of a click. */
export const mark = html`
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <path d="M7 9h13a4 4 0 0 1 4 4v7a4 4 0 0 1-4 4h-6l-5 4v-4H7a4 4 0 0 1-4-4v-7a4 4 0 0 1 4-4z" />
    <path class="spark" d="M24.5 2.5v4M29.8 5.2l-2.6 2.8M30.5 11.5h-3.6" />
  </svg>
`;
