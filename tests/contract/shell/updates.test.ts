// No update is taken that whoever releases Tawi has not signed, on any platform and however the release's file looks; and a release that could not
// be signed is not built.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { signRelease } from '../../../build/scripts/signUpdates.ts';
import { lookForUpdate } from '../../../electron/shell/updater.ts';
import { isSignedUpdate } from '../../../electron/shell/updateSignature.ts';

const root = join(import.meta.dirname, '../../..');
const yaml = createRequire(createRequire(import.meta.url).resolve('electron-updater'))('js-yaml') as { load(text: string): unknown };

function keys(): { readonly secret: string; readonly open: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    open: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
}

const RELEASE = `version: 1.2.0
files:
  - url: Tawi-1.2.0-linux-x86_64.AppImage
    sha512: eEc9y0eNDL6vKLPWZb2kZ6nhK9sIkx1Qz3wqv1Fm0nHn0Qk4rW2s8v1xgkQ2b0cTQ0m6h9bqv6eQe3l1b2d0Zw==
    size: 120000000
    blockMapSize: 130000
path: Tawi-1.2.0-linux-x86_64.AppImage
sha512: eEc9y0eNDL6vKLPWZb2kZ6nhK9sIkx1Qz3wqv1Fm0nHn0Qk4rW2s8v1xgkQ2b0cTQ0m6h9bqv6eQe3l1b2d0Zw==
releaseDate: '2026-11-20T08:00:00.000Z'
`;

const ours = keys();

async function fetched(text: string, key: string | null = ours.open): Promise<{ readonly downloads: number; readonly notes: string[] }> {
  let downloads = 0;
  const notes: string[] = [];
  await lookForUpdate(
    {
      checkForUpdates: async () => ({ isUpdateAvailable: true, updateInfo: yaml.load(text) as object }),
      downloadUpdate: async () => void (downloads += 1),
    },
    { record: (_level, what) => void notes.push(what), incident: () => 'INC' },
    key,
  );
  return { downloads, notes };
}

describe('an update', () => {
  test('that we signed is fetched', async () => {
    expect(await fetched(signRelease(RELEASE, ours.secret))).toEqual({ downloads: 1, notes: [] });
  });

  test('signed twice carries one signature', () => {
    const once = signRelease(RELEASE, ours.secret);
    expect(signRelease(once, ours.secret)).toBe(once);
  });

  const signed = signRelease(RELEASE, ours.secret);
  test.each([
    ['without a signature', RELEASE],
    ['signed by somebody else', signRelease(RELEASE, keys().secret)],
    ['with another digest', signed.replaceAll('eEc9y0', 'AAAAAA')],
    ['with another file', signed.replaceAll('linux-x86_64', 'linux-other')],
    ['with another size', signed.replace('size: 120000000', 'size: 120000001')],
    ['that calls itself newer', signed.replace('version: 1.2.0', 'version: 9.9.9')],
    ['with a file more', signed.replace('path:', '  - url: more\n    sha512: aa\n    size: 1\npath:')],
    ['with packages beside it', `${signed}packages:\n  x64:\n    path: other\n    sha512: aa\n`],
    ['without files', signed.replace(/files:[^]*?path:/, 'files: []\npath:')],
    ['with an empty signature', signed.replace(/tawiSignature: .*/, "tawiSignature: ''")],
  ])('%s is not', async (_how, text) => {
    expect(await fetched(text)).toEqual({ downloads: 0, notes: ['update.notSigned'] });
  });

  test('is never fetched by a program that knows no key, or one of another kind', async () => {
    expect((await fetched(signed, null)).downloads).toBe(0);
    const other = generateKeyPairSync('ed448').publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    expect(isSignedUpdate(yaml.load(signed), other)).toBe(false);
    expect(isSignedUpdate(yaml.load(signed), 'nonsense')).toBe(false);
    expect(isSignedUpdate(null, ours.open)).toBe(false);
  });
});

describe('the configuration', () => {
  const config = yaml.load(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, Record<string, unknown>>;

  test('builds nothing for Windows or macOS that is not signed, and tells the installed program to check the name', () => {
    expect(config['win']).toMatchObject({
      forceCodeSigning: true,
      verifyUpdateCodeSignature: true,
      signtoolOptions: { publisherName: expect.stringMatching(/./) as string },
    });
    expect(config['mac']).toMatchObject({ forceCodeSigning: true, hardenedRuntime: true });
    expect(String(config['publish']?.['url'])).toMatch(/^https:/);
  });

  test('the updater fetches nothing by itself, goes back to no older version and takes no web installer', () => {
    const source = readFileSync(join(root, 'electron/shell/updater.ts'), 'utf8');
    expect(source).toMatch(/autoDownload = false/);
    expect(source).toMatch(/allowDowngrade = false/);
    expect(source).toMatch(/disableWebInstaller = true/);
    expect(source.match(/downloadUpdate\(\)/g)).toHaveLength(2);
  });
});
