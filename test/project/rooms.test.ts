import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { find, ROOT, read, roomsOfSrc } from './tree.ts';

interface Rule {
  readonly name: string;
  readonly from: { readonly path?: string };
  readonly to: { readonly pathNot?: readonly string[] };
}

const config = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
  readonly forbidden: readonly Rule[];
};

/** `^src/storage/` → storage, `^dialogs/` → dialogs. */
const roomOf = (pattern: string): string => /^\^(?:src\/)?(\w+)\//.exec(pattern)?.[1] ?? pattern;

/** Rooms that the import rules speak of, and the rooms that each may import. `shared` goes without saying. */
const allowed: ReadonlyMap<string, readonly string[]> = new Map(
  config.forbidden
    .filter(({ name }) => name.endsWith('-imports'))
    .map(({ from, to }) => {
      const room = roomOf(from.path ?? '');
      const others = (to.pathNot ?? []).map(roomOf).filter((it) => it !== room && it !== 'shared');
      return [room, others.sort()];
    }),
);

/** What the map draws: each room, and where its arrows lead. */
function drawn(): ReadonlyMap<string, readonly string[]> {
  const picture = /```mermaid\n(.*?)```/s.exec(read('docs/map.md'))?.[1] ?? '';
  const rooms = new Map<string, string[]>();
  for (const line of picture.split('\n').slice(1)) {
    const [, room, target] = /^ {2}(\w+)(?: --> (\w+))?$/.exec(line) ?? [];
    if (room === undefined) continue;
    rooms.set(room, [...(rooms.get(room) ?? []), ...(target === undefined ? [] : [target])].sort());
  }
  return rooms;
}

/** Rooms that files import by their alias. */
const importedBy = (...patterns: readonly string[]): readonly string[] => {
  const texts = find(...patterns).map(read);
  const names = texts.flatMap((text) =>
    [...text.matchAll(/from '#(\w+)\//g)].map(([, room = '']) => room),
  );
  return [...new Set(names)].filter((it) => it !== 'shared' && it !== 'src').sort();
};

describe('project: rooms', () => {
  const map = drawn();

  it('are all known to the import rules, but the team’s commands, which stand above them', () => {
    const known = new Set(['cli', ...allowed.keys()]);
    expect(roomsOfSrc().filter((room) => !known.has(room))).to.deep.equal([]);
    expect(allowed.size).to.be.greaterThan(8);
  });

  it('are all on the map', () => {
    const missing = [...allowed.keys(), ...roomsOfSrc()].filter((room) => !map.has(room));
    expect(missing).to.deep.equal([]);
  });

  for (const [room, others] of allowed) {
    it(`on the map, ${room} may import what the rules allow`, () => {
      expect(map.get(room)).to.deep.equal(others);
    });
  }

  for (const [name, patterns] of [
    ['compose', ['src/*.ts']],
    ['cli', ['src/cli/**/*.ts']],
  ] as const) {
    it(`on the map, ${name} leads where its imports do`, () => {
      expect(map.get(name)).to.deep.equal(importedBy(...patterns));
    });
  }

  it('have no arrow to a room that does not exist', () => {
    const targets = new Set([...map.values()].flat());
    expect([...targets].filter((room) => !map.has(room))).to.deep.equal([]);
  });

  for (const folder of [
    ...roomsOfSrc().map((room) => `src/${room}`),
    ...['dialogs', 'locales', 'test', 'bench'],
  ]) {
    it(`${folder} has a README, short enough to be read`, () => {
      const path = `${folder}/README.md`;
      expect(existsSync(join(ROOT, path)), path).to.equal(true);
      expect(read(path)).to.match(/^# \S/);
      expect(read(path).split('\n').length).to.be.at.most(60);
    });
  }
});
