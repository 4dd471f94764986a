import type { PageWords } from '../widget-words.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (found) => ENTITIES[found] ?? found);

/** Every word of the page, ready for HTML. */
const escaped = (words: PageWords): PageWords =>
  JSON.parse(JSON.stringify(words), (_, value: unknown) =>
    typeof value === 'string' ? escapeText(value) : value,
  ) as PageWords;

const doubt = (text: string): string =>
  `<li><button type="button" data-declic-open data-declic-text="${text}">${text}</button></li>`;

const fact = (
  { label, text }: { label: string; text: string },
  index: number,
  all: unknown[],
): string =>
  `<div${index === all.length - 1 ? ' class="wide"' : ''}><dt>${label}</dt><dd>${text}</dd></div>`;

const head = (words: PageWords): string => `<head>
<meta charset="utf-8">
<title>${words.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="description" content="${words.description}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/demo.css">
<script src="/declic.js" async></script>
</head>`;

const hero = (words: PageWords): string => `<div class="hero">
<div>
<h1>${words.quote}</h1>
<p class="lead">${words.lead}</p>
<noscript><p class="noscript">${words.noscript}</p></noscript>
<button type="button" class="start" data-declic-open>${words.start}</button>
<p class="honest">${words.honest}</p>
</div>
<section aria-labelledby="doubts">
<h2 id="doubts">${words.doubtsTitle}</h2>
<p>${words.doubtsHint}</p>
<ul class="doubts">${words.doubts.map(doubt).join('\n')}</ul>
</section>
</div>`;

const programme = (words: PageWords): string => `<section aria-labelledby="programme">
<h2 id="programme">${words.programmeTitle}</h2>
<dl class="facts">${words.programme.map(fact).join('\n')}</dl>
<p class="run-by">${words.runBy}</p>
</section>`;

/** The page at the root: what the programme is, told modestly, and the way into the conversation. */
export const demoPage = (locale: string, direction: string, plain: PageWords): string => {
  const words = escaped(plain);
  return `<!doctype html>
<html lang="${locale}" dir="${direction}">
${head(words)}
<body>
<header class="wrap top"><img src="/favicon.svg" alt="" width="32" height="32"> ${words.name}</header>
<main>
<div class="wrap">
${hero(words)}
</div>
<div class="band"><div class="wrap">
${programme(words)}
</div></div>
<div class="wrap two">
<section aria-labelledby="promise"><h2 id="promise">${words.promiseTitle}</h2><p>${words.promise}</p></section>
<section aria-labelledby="privacy"><h2 id="privacy">${words.privacyTitle}</h2><p>${words.privacy}</p></section>
</div>
</main>
</body>
</html>
`;
};
