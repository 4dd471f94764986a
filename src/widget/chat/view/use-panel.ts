import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';

/** On a small window (a phone, or a page zoomed in) the conversation takes all of it. */
const FULL = '(max-width: 560px), (max-height: 480px)';

interface CloseWatcher {
  onclose: (() => void) | null;
  destroy(): void;
}

const useFull = (): boolean => {
  const [full, setFull] = useState(() => matchMedia(FULL).matches);
  useEffect(() => {
    const query = matchMedia(FULL);
    const changed = (): void => setFull(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return full;
};

/** Keeps the panel in the part of the screen that the on-screen keyboard leaves free. */
const useVisibleArea = (panel: RefObject<HTMLElement | null>, active: boolean): void => {
  useLayoutEffect(() => {
    const area = window.visualViewport;
    if (!active || !area) return undefined;
    const place = (): void => {
      // Pinch zoom moves the viewport too: then the panel stays, or it would run after the finger.
      if (area.scale > 1.01) return;
      panel.current?.style.setProperty('--height', `${area.height}px`);
      panel.current?.style.setProperty('--top', `${area.offsetTop}px`);
    };
    place();
    area.addEventListener('resize', place);
    area.addEventListener('scroll', place);
    return () => {
      area.removeEventListener('resize', place);
      area.removeEventListener('scroll', place);
      panel.current?.style.removeProperty('--height');
      panel.current?.style.removeProperty('--top');
    };
  }, [active, panel]);
};

/** The page behind does not scroll while it is covered. */
const usePageHeld = (active: boolean): void => {
  useEffect(() => {
    if (!active) return undefined;
    const { style } = document.documentElement;
    const before = style.overflow;
    style.overflow = 'hidden';
    return () => {
      style.overflow = before;
    };
  }, [active]);
};

/** Android's back gesture closes the conversation instead of leaving the page. */
const useBackGesture = (active: boolean, close: () => void): void => {
  useEffect(() => {
    const Watcher = (window as { CloseWatcher?: new () => CloseWatcher }).CloseWatcher;
    if (!active || !Watcher) return undefined;
    const watcher = new Watcher();
    watcher.onclose = close;
    return () => {
      watcher.onclose = null;
      watcher.destroy();
    };
  }, [active, close]);
};

/** What the panel needs of the window around it. Gives whether it covers the whole of it. */
export const usePanel = (
  panel: RefObject<HTMLElement | null>,
  open: boolean,
  close: () => void,
): boolean => {
  const full = useFull();
  useVisibleArea(panel, open && full);
  usePageHeld(open && full);
  useBackGesture(open && full, close);
  return full;
};
