// Who may import whom: allow-lists, one a room. docs/map.md says why.
const SHARED = '^src/shared/';
const ALLOWED = {
  shared: [],
  conversation: [],
  understanding: [],
  programme: [],
  knowledge: [],
  storage: ['conversation', 'programme'],
  channels: ['conversation', 'programme'],
  server: ['conversation', 'programme', 'channels'],
  widget: [],
};
const room = (name) => `^src/${name}/`;
const only = (name, rooms) => ({
  name: `${name}-imports`,
  severity: 'error',
  from: { path: room(name) },
  to: {
    path: '^(src|dialogs|test|bench|scripts)/',
    pathNot: [SHARED, room(name), ...rooms.map(room)],
  },
});
const library = (name, packages, homes) => ({
  name: `${name}-only-at-home`,
  severity: 'error',
  from: { path: '^(src|dialogs)/', pathNot: homes },
  to: { path: packages.map((p) => `^node_modules/${p}(/|$)`) },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-imports-main',
      severity: 'error',
      from: { path: '^(src|dialogs)/', pathNot: '^src/(main|chat)\\.ts$' },
      to: { path: '^src/(main|chat|compose)\\.ts$' },
      comment: 'only the entry points and tests may',
    },
    ...Object.entries(ALLOWED).map(([name, rooms]) => only(name, rooms)),
    {
      name: 'dialogs-imports',
      severity: 'error',
      from: { path: '^dialogs/' },
      to: {
        path: '^(src|test|bench|scripts)/',
        pathNot: [SHARED, room('conversation'), room('programme'), room('knowledge')],
      },
    },
    library('botbuilder', ['botbuilder', 'botbuilder-core', 'botframework-.*'], [room('channels')]),
    library('restify', ['restify'], [room('server')]),
    library('sql', ['kysely', 'better-sqlite3', 'pg'], [room('storage')]),
    library('i18next', ['i18next'], [room('conversation')]),
    {
      name: 'no-orphan-packages',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['unknown', 'npm-no-pkg'] },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
