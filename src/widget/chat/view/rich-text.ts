import type { ComponentChildren } from 'preact';
import { linkify } from '../linkify.ts';
import { html } from './html.ts';
import { words } from './words.ts';

/** A link out of the conversation; web pages open beside it, so that it is not lost. */
export const outLink = (
  href: string,
  content: ComponentChildren,
  className = '',
): ComponentChildren => {
  if (!/^https?:/.test(href)) return html`<a class=${className} href=${href}>${content}</a>`;
  return html`<a class=${className} href=${href} target="_blank" rel="noopener noreferrer"
    >${content}<span class="unseen"> ${words.panel.newTab}</span></a
  >`;
};

/** A text whose addresses and phone numbers can be followed. */
export const richText = (text: string): ComponentChildren =>
  linkify(text, words.phones).map(({ text: piece, href }) => (href ? outLink(href, piece) : piece));
