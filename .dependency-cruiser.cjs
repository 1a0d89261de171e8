const swc = require('@swc/core');

/** dependency-cruiser hands every file to swc as .ts, where JSX is a syntax error: say which files hold JSX. */
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith('x') });

/** Who may import whom (DESIGN 2). The order of ROOMS is the order of the design: a room imports only rooms before it. */
const ROOMS = [
  'platform',
  'market',
  'vision',
  'llm',
  'memory',
  'decision',
  'strategies',
  'backtest',
  'agents',
  'orchestrator',
  'replay',
];
const engine = 'electron/engine';
const hosts = 'electron/hosts';
const rooms = `^${engine}/(${ROOMS.join('|')})/`;
const room = (name) => `^${engine}/${name}/`;
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

const forbid = (name, from, to, comment) => ({ name, severity: 'error', from, to, ...(comment ? { comment } : {}) });

/** What a tree may import of our own files and of packages; Node's own modules are ruled on apart. */
const allow = (name, path, own, used) =>
  forbid(name, { path }, { pathNot: [...own, packages(...used)], dependencyTypesNot: ['core'] });

const upwards = ROOMS.map((name, i) =>
  forbid(
    `${name}-imports-only-rooms-above-it`,
    { path: room(name) },
    { path: `^${engine}/(${ROOMS.slice(i + 1).join('|') || 'none'})/` },
  ),
);

const doors = ROOMS.map((name) =>
  forbid(
    `${name}-is-entered-by-its-door`,
    { pathNot: room(name) },
    { path: `${room(name)}.+`, pathNot: `${room(name)}index\\.ts$` },
  ),
);

const UNKNOWN_ROOM = { path: `^${engine}/[^/]+/`, pathNot: rooms };
const unknownRooms = [
  forbid('rooms-are-listed', UNKNOWN_ROOM, {}, 'a new room takes its place in ROOMS'),
  forbid('rooms-are-listed', {}, UNKNOWN_ROOM),
  forbid('rooms-are-listed', { ...UNKNOWN_ROOM, orphan: true }, {}),
];

const ENGINE_DOORS = [`^${engine}/(index|doctor|journal-reader)\\.ts$`, `${rooms}index\\.ts$`];

const trees = [
  allow(
    'engine-imports-shared-only',
    `^${engine}/`,
    [`^${engine}/`, '^shared/'],
    [
      'better-sqlite3',
      'croner',
      'fast-png',
      'node-llama-cpp',
      'onnxruntime-node',
      'openai',
      'papaparse',
      'pino',
      'yahoo-finance2',
      'zod',
      '@langchain/(core|langgraph|langgraph-checkpoint|langgraph-checkpoint-sqlite)',
      '@orpc/server',
    ],
  ),
  allow(
    'hosts-import-shared-and-the-engine-only',
    `^${hosts}/`,
    [`^${hosts}/`, `^${engine}/`, '^shared/'],
    ['commander', 'electron-vite', 'papaparse', 'vite', 'ws', '@orpc/(client|openapi|server|zod)'],
  ),
  allow(
    'desktop-imports-shared-hosts-and-the-engine-only',
    '^electron/desktop/',
    ['^electron/desktop/', `^${hosts}/`, `^${engine}/`, '^shared/', '^electron$'],
    ['electron'],
  ),
  allow(
    'renderer-imports-shared-only',
    '^renderer/',
    ['^renderer/', '^shared/'],
    [
      'dockview-react',
      'echarts',
      'react',
      'react-dom',
      'vite',
      'zod',
      '@mantine/\\w+',
      '@orpc/(client|contract)',
      '@vitejs/plugin-react',
      '@types/(react|react-dom)',
    ],
  ),
  allow('entries-import-the-desktop-only', '^electron/[^/]+\\.ts$', ['^electron/desktop/', '^electron$'], ['electron']),
  allow('examples-import-the-engine-only', '^examples/', ['^examples/', `^${engine}/index\\.ts$`, '^shared/'], ['zod']),
];

const HOST_PARTS = ['cli', 'server', 'start'];
/** What the desktop shares with the other hosts: the page's files and headers, and the words of the engine process. */
const DESKTOP_SHARES = `^${hosts}/(page-files|page-headers|engine-messages)\\.ts$`;

module.exports = {
  forbidden: [
    ...upwards,
    ...doors,
    ...unknownRooms,
    ...trees,
    forbid('rooms-do-not-import-the-wiring', { path: `^${engine}/[^/]+/` }, { path: `^${engine}/[^/]+\\.ts$` }),
    forbid(
      'engine-is-entered-by-its-door',
      { pathNot: `^${engine}/` },
      { path: `^${engine}/`, pathNot: ENGINE_DOORS },
      'index.ts, doctor.ts, journal-reader.ts, or the door of a room',
    ),
    forbid(
      'shared-stands-alone',
      { path: '^shared/' },
      { pathNot: ['^shared/', packages('zod', '@orpc/contract', '@orpc/shared')] },
      'shared/ has no Node, no DOM, no Electron: zod and oRPC contract types only',
    ),
    forbid(
      'page-has-no-node',
      { path: '^renderer/.+\\.tsx?$', pathNot: 'vite\\.config' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'only-desktop-knows-electron',
      { pathNot: '^electron/(desktop/|main\\.ts|preload\\.ts)' },
      { path: '(^|/)node_modules/electron/|^electron$' },
    ),
    ...HOST_PARTS.map((part) =>
      forbid(
        'host-parts-are-not-sideways',
        { path: `^${hosts}/${part}/` },
        { path: `^${hosts}/(${HOST_PARTS.filter((other) => other !== part).join('|')})/` },
      ),
    ),
    forbid(
      'desktop-shares-little-with-the-hosts',
      { path: '^electron/desktop/' },
      { path: `^${hosts}/`, pathNot: DESKTOP_SHARES },
    ),
    forbid('no-circular', {}, { circular: true }),
    forbid('resolvable', {}, { couldNotResolve: true }),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
