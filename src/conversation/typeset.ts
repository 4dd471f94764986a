const NO_BREAK = '\u00a0';

/**
 * French typography: what must not be parted at the end of a line on a narrow screen is held by
 * no-break spaces, so that writers can type ordinary ones.
 */
export const typesetFrench = (text: string): string =>
  text
    .replace(/ (?=[;:!?%€»])/g, NO_BREAK)
    .replace(/« /g, `«${NO_BREAK}`)
    .replace(/(\d) (?=\d{3}(?!\d))/g, `$1${NO_BREAK}`)
    .replace(/(\d) (?=h(?!\p{L}))/gu, `$1${NO_BREAK}`);
