// The allowed imports of the house, at error level. A room may import what its line names and itself; everything else in the
// project is forbidden, so a new folder starts with no rights until somebody writes them down here.
'use strict';

const ports = '^electron/ports/';
const shared = '^shared/';

/** room: [its files, the project files it may import, why the line is drawn there] */
const rooms = {
  kernel: ['^shared/kernel/', [], 'The kernel is the words of the language and knows nothing else.'],
  domain: ['^shared/domain/', ['^shared/kernel/'], 'Rules are pure functions over the words of the kernel.'],
  contract: ['^shared/contract/', ['^shared/(?:kernel|domain)/'], 'The contract says what can be asked, never how it is done.'],
  ports: ['^electron/ports/', [shared], 'A port says what a room needs, in the words of the house.'],
  journal: ['^electron/journal/', [shared, ports], 'Writing a fact is one thing that the counter and the sync loop do in the same way.'],
  branch: ['^electron/branch/', [shared, ports, '^electron/journal/'], 'Use cases see ports only.'],
  sync: [
    '^electron/sync/',
    [shared, ports, '^electron/journal/'],
    'Sync decides from ports and shared rules, never from the insides of the branch.',
  ],
  store: ['^electron/store/', [shared, ports], 'The store implements ports.'],
  fineract: ['^electron/fineract/', [shared, ports], 'The head-office adapter implements ports.'],
  vault: ['^electron/vault/', [shared, ports], 'The vault implements ports.'],
  devices: ['^electron/devices/', [shared, ports], 'Devices implement ports.'],
  practice: ['^electron/practice/', ['^shared/kernel/'], 'The practice head office is an opponent: it may not know how the branch thinks.'],
  host: [
    '^electron/host/',
    [shared, ports, '^electron/branch/branch\\.ts$'],
    'The host carries calls to the branch and knows only its interface.',
  ],
  shell: ['^electron/shell/', [shared, '^electron/host/', ports], 'The shell knows windows, not the branch.'],
  preload: ['^electron/preload\\.ts$', ['^shared/contract/'], 'The bridge offers call and subscribe.'],
  compositionRoots: [
    '^electron/(?:composition/|(?:main|serve)\\.ts$)',
    ['^electron/', shared, '^renderer/locales/\\w+/(?:app|receipt)\\.json$'],
    'Composition roots join the pieces, and nothing outside electron/ and shared/ but the words that papers share with the screens.',
  ],
  renderer: ['^renderer/', [shared], 'Screens reach the branch through the contract.'],
  build: ['^build/', ['^build/'], 'Tools stand beside the program, not inside it.'],
};

const roomRules = Object.entries(rooms).map(([name, [files, allowed, comment]]) => ({
  name: `${name}-imports`,
  comment,
  severity: 'error',
  from: { path: files },
  to: { path: '^(?:shared|electron|renderer|tests|build)/', pathNot: [files, ...allowed] },
}));

/** Rooms that may not name a package at all, or only the packages listed. */
const packages = {
  kernel: ['^shared/kernel/', '^$'],
  // Rates have more digits than a binary fraction keeps.
  domain: ['^shared/domain/', 'node_modules/(?:@types/)?big\.js/'],
  contract: ['^shared/contract/', 'node_modules/zod/'],
  deciding: ['^electron/(?:branch|sync|journal|ports)/', '^$'],
  practice: ['^electron/practice/', 'node_modules/(?:@types/)?(?:better-sqlite3|drizzle-orm)/'],
};

const packageRules = Object.entries(packages).map(([name, [files, allowed]]) => ({
  name: `${name}-packages`,
  comment: 'This room names only the packages that its purpose needs.',
  severity: 'error',
  from: { path: files },
  to: {
    dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'core'],
    pathNot: name === 'practice' ? [allowed, '^node:|^[a-z_/]+$'] : [allowed],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'every-room-is-named',
      comment: 'A folder without a line in the table above has no rights yet.',
      severity: 'error',
      from: { path: '^(?:shared|electron|renderer|build)/', pathNot: Object.values(rooms).map(([files]) => files) },
      to: { path: '^(?:shared|electron|renderer|tests|build)/' },
    },
    ...packageRules,
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one idea in two places.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing reaches is either dead or forgotten.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '^tests/',
          '^build/(?:scripts|icons|installer)/',
          '^renderer/(?:main|phone/checkPage)\\.ts$',
          '^electron/(?:main|serve|preload)\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'nothing-imports-tests',
      comment: 'Tests lean on the program, never the other way round.',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'nothing-imports-entry-points',
      comment: 'main, serve and preload are where a program begins; whatever they share belongs in a room.',
      severity: 'error',
      from: { pathNot: '^tests/desktop/' },
      to: { path: '^electron/(?:main|serve|preload)\\.ts$' },
    },
    {
      name: 'sql-only-in-store',
      comment: 'SQL is spoken in the store, and in the practice head office for its own books.',
      severity: 'error',
      from: { path: '^(?:shared|electron|renderer)/', pathNot: '^electron/(?:store|practice)/' },
      to: { path: 'node_modules/(?:@types/)?(?:better-sqlite3|drizzle-orm)/|^node:sqlite$' },
    },
    {
      name: 'electron-only-in-shell',
      comment: 'Electron is one way to open the branch.',
      severity: 'error',
      from: { path: '^(?:shared|electron|renderer)/', pathNot: '^electron/(?:shell/|main\\.ts$|preload\\.ts$|host/ipcHost\\.ts$)' },
      to: { path: 'node_modules/electron(?:-updater)?/|^electron$' },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'A migration is frozen: it may not change because the code around it does.',
      severity: 'error',
      from: { path: '^electron/store/migrations/\\d' },
      to: { path: '^(?:shared|electron|renderer)/' },
    },
    {
      name: 'declared-packages',
      comment: 'What is imported stands in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:dist|release|coverage)/' },
    // Type-only imports are imports: a use case that needs a type of the store knows the store.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    cache: { folder: '.cache/depcruise', strategy: 'content' },
  },
};
