import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../chat-state.ts';

/** Closer to the end than this counts as being there, in pixels. */
const NEAR = 48;
/** Kept free above the message that is scrolled to. */
const MARGIN = 12;

const lastOwn = (log: HTMLElement): HTMLElement | undefined => {
  const own = log.querySelectorAll<HTMLElement>('.message.own');
  return own[own.length - 1];
};

const atEnd = (log: HTMLElement): boolean =>
  log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;

const toEnd = (log: HTMLElement): void => {
  log.scrollTop = log.scrollHeight;
};

export interface Scrolling {
  readonly log: RefObject<HTMLDivElement | null>;
  /** There is more below what is seen. */
  readonly below: boolean;
  readonly onScroll: () => void;
  readonly goDown: () => void;
}

/**
 * Follows the conversation as a reader would: to the end when something is said, but never past
 * the person's own last message, so that long answers are read from their beginning. Someone who
 * has scrolled up to read is left there.
 */
export const useScroll = (state: ChatState, open: boolean): Scrolling => {
  const log = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const earlier = useRef({ hidden: state.hidden, height: 0 });
  const [below, setBelow] = useState(false);
  const { items, pending, typing, hidden, live } = state;

  const onScroll = (): void => {
    if (!log.current) return;
    following.current = atEnd(log.current);
    setBelow(!following.current);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what moves the end; `live` alone moves nothing
  useLayoutEffect(() => {
    const view = log.current;
    if (!view || !open) return;
    if (hidden < earlier.current.hidden)
      view.scrollTop += view.scrollHeight - earlier.current.height;
    else if (following.current || pending.length > 0) follow(view, live);
    earlier.current = { hidden, height: view.scrollHeight };
    following.current = atEnd(view);
    setBelow(!following.current);
  }, [items, pending, typing, hidden, open]);

  useEffect(() => {
    const view = log.current;
    if (!view) return undefined;
    // The on-screen keyboard or a notice takes room away: the last words stay in sight.
    const observer = new ResizeObserver(() => {
      if (following.current) toEnd(view);
    });
    observer.observe(view);
    return () => observer.disconnect();
  }, []);

  const goDown = (): void => {
    if (!log.current) return;
    toEnd(log.current);
    log.current.focus();
  };
  return { log, below, onScroll, goDown };
};

/** While the past is put back (`live` false) the end is what matters. */
const follow = (view: HTMLElement, live: boolean): void => {
  const anchor = live ? lastOwn(view) : undefined;
  const end = view.scrollHeight - view.clientHeight;
  const start = anchor ? anchor.offsetTop - MARGIN : end;
  view.scrollTop = end - start < NEAR ? end : Math.min(end, start);
};
