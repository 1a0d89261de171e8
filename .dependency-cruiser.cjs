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
const room = (name) => `^${engine}/${name}/`;

const upwards = ROOMS.map((name, i) => ({
  name: `${name}-imports-only-rooms-above-it`,
  severity: 'error',
  from: { path: room(name) },
  to: { path: `^${engine}/(${ROOMS.slice(i + 1).join('|') || 'none'})/` },
}));

const doors = ROOMS.map((name) => ({
  name: `${name}-is-entered-by-its-door`,
  severity: 'error',
  from: { pathNot: room(name) },
  to: { path: `${room(name)}.+`, pathNot: `${room(name)}index\\.ts$` },
}));

module.exports = {
  forbidden: [
    ...upwards,
    ...doors,
    {
      name: 'rooms-do-not-import-the-wiring',
      severity: 'error',
      from: { path: `^${engine}/[^/]+/` },
      to: { path: `^${engine}/[^/]+\\.ts$` },
    },
    {
      name: 'shared-stands-alone',
      comment: 'shared/ has no Node, no DOM, no Electron: zod and oRPC contract types only',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: ['^shared/', '^node_modules/(zod|@orpc/contract|@orpc/shared)/'] },
    },
    {
      name: 'engine-imports-shared-only',
      severity: 'error',
      from: { path: `^${engine}/` },
      to: { path: '^(electron/(hosts|desktop)|renderer|tests|examples)/|^electron/(main|preload)' },
    },
    {
      name: 'renderer-imports-shared-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(electron|tests|examples)/' },
    },
    {
      name: 'page-has-no-node',
      severity: 'error',
      from: { path: '^renderer/.+\\.tsx?$', pathNot: 'vite\\.config' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-desktop-knows-electron',
      severity: 'error',
      from: { pathNot: '^electron/(desktop/|main\\.ts|preload\\.ts)' },
      to: { path: '^(node_modules/electron/|electron$)' },
    },
    {
      name: 'server-and-cli-are-not-sideways',
      severity: 'error',
      from: { path: '^electron/hosts/server/' },
      to: { path: '^electron/hosts/cli/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
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
