import { writeFileSync } from 'node:fs';
import { drawMap } from '#conversation/draw-map.ts';
import { declic } from '#dialogs/declic.ts';

const path = 'docs/conversation-map.md';
writeFileSync(path, drawMap(declic));
console.log(`${path} is up to date.`);
