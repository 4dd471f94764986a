/**
 * Puts a style sheet into a shadow root without an inline style, which a strict CSP forbids.
 * Browsers before 2023 (iOS 15 on older phones) have no constructable sheets: they load the file.
 */
export const adoptStyles = (root: ShadowRoot, css: string, fileUrl: string): void => {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = fileUrl;
    root.append(link);
  }
};
