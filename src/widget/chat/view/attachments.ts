import type { ComponentChildren } from 'preact';
import type { Card, FileLink } from '../wire.ts';
import { html } from './html.ts';
import { calendarIcon, fileIcon, outIcon } from './icons.ts';
import { outLink, richText } from './rich-text.ts';
import { words } from './words.ts';

export const cardView = (card: Card, dir: string): ComponentChildren => html`
  <div class="card" dir=${dir}>
    ${card.title && html`<p class="card-title">${card.title}</p>`}
    ${card.subtitle && html`<p class="card-subtitle">${richText(card.subtitle)}</p>`}
    ${
      card.facts.length > 0 &&
      html`<dl>
        ${card.facts.map(
          ({ label, text }) => html`<div><dt>${label}</dt><dd>${richText(text)}</dd></div>`,
        )}
      </dl>`
    }
    ${card.links.map(({ title, url }) => outLink(url, html`<span>${title}</span>${outIcon}`, 'card-link'))}
  </div>
`;

export const fileView = ({ name, type, url }: FileLink): ComponentChildren => {
  const calendar = type.startsWith('text/calendar');
  const label = calendar ? words.message.calendarFile : words.message.file;
  const content = html`${calendar ? calendarIcon : fileIcon}
    <span class="file-name"><span class="file-kind">${label}</span> ${name}</span>`;
  return outLink(url, content, 'file');
};
