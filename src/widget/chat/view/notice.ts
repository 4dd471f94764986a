import type { ComponentChildren, FunctionComponent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../chat-state.ts';
import { html } from './html.ts';
import { noSignalIcon, signalIcon } from './icons.ts';
import { words } from './words.ts';

/** How long "the connection is back" stays. */
const BACK_MS = 4_000;
/** A wait shorter than this is not worth a word. */
const WRITING_MS = 2_000;

type Trouble = 'offline' | 'reconnecting' | 'refused' | undefined;

const troubleOf = ({ offline, trouble, status }: ChatState): Trouble => {
  if (offline) return 'offline';
  if (status === 'refused') return 'refused';
  return trouble ? 'reconnecting' : undefined;
};

/** True for a moment after `on` has gone off. */
const useAfter = (on: boolean, ms: number): boolean => {
  const [after, setAfter] = useState(false);
  const before = useRef(on);
  useEffect(() => {
    const ended = before.current && !on;
    before.current = on;
    setAfter(ended);
    if (!ended) return undefined;
    const timer = setTimeout(() => setAfter(false), ms);
    return () => clearTimeout(timer);
  }, [on, ms]);
  return after;
};

/** True once `on` has lasted. */
const useLasting = (on: boolean, ms: number): boolean => {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    setLasting(false);
    if (!on) return undefined;
    const timer = setTimeout(() => setLasting(true), ms);
    return () => clearTimeout(timer);
  }, [on, ms]);
  return on && lasting;
};

export interface NoticeProps {
  readonly state: ChatState;
  readonly retry: () => void;
  readonly startAgain: () => void;
}

/** The state of the line, said once in words, and what can be done about it. */
export const Notice: FunctionComponent<NoticeProps> = ({ state, retry, startAgain }) => {
  const trouble = state.over ? undefined : troubleOf(state);
  const back = useAfter(trouble !== undefined, BACK_MS) && !state.over;
  const kind = state.over ?? trouble ?? (back ? 'back' : undefined);
  const action = (label: string, act: () => void): ComponentChildren =>
    html`<button type="button" class="text-button" onClick=${act}>${label}</button>`;
  return html`<div class=${kind ? `notice ${kind}` : 'notice'}>
    <p role="status">${kind && html`${trouble ? noSignalIcon : signalIcon}<span>${words.notice[kind]}</span>`}</p>
    ${state.over && action(words.notice.startAgain, startAgain)}
    ${(trouble === 'refused' || trouble === 'reconnecting') && action(words.notice.retry, retry)}
  </div>`;
};

/** Three dots while an answer is awaited; in words, once, when it takes a while. */
export const Writing: FunctionComponent<{ readonly on: boolean }> = ({ on }) => {
  const long = useLasting(on, WRITING_MS);
  return html`<div class="writing">
    ${on && html`<p class="dots" aria-hidden="true"><i></i><i></i><i></i></p>`}
    <p class="unseen" role="status">${long && words.panel.writing}</p>
  </div>`;
};
