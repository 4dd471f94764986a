const FOCUSABLE = 'a[href], button:not([disabled]):not([tabindex="-1"]), textarea, [tabindex="0"]';

/** Keeps Tab inside the panel, for when it covers the page. */
export const holdTab = (event: KeyboardEvent, panel: HTMLElement): void => {
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (stop) => stop.getClientRects().length > 0,
  );
  const [first, last] = [stops[0], stops[stops.length - 1]];
  const focused = (panel.getRootNode() as ShadowRoot).activeElement;
  const leaving = event.shiftKey ? focused === first || focused === panel : focused === last;
  if (!leaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
};

/** Whether a key writes a character; the space bar does not count, it presses buttons. */
export const writesCharacter = (event: KeyboardEvent): boolean =>
  event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
