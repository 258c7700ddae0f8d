// Signs what a release says of itself, so that the programs out there take it: the version, and each file's name, digest and size. The key never
// lies in the project; its public half stands in electron/shell/updateSignature.ts, which reads the same words.
import { createPrivateKey, sign } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Release {
  readonly version: string;
  readonly files: readonly { readonly url: string; readonly sha512: string; readonly size: number }[];
}

const MEMBER = 'tawiSignature';

/** The updater's own reader, so that what is signed is what it will read. */
const yaml = createRequire(createRequire(import.meta.url).resolve('electron-updater'))('js-yaml') as { load(text: string): unknown };

export function signRelease(text: string, privateKeyPem: string): string {
  const unsigned = text
    .split('\n')
    .filter((line) => !line.startsWith(`${MEMBER}:`))
    .join('\n')
    .trimEnd();
  const { version, files } = yaml.load(unsigned) as Release;
  const words = ['tawi update', version, ...files.map(({ url, sha512, size }) => `${url} ${sha512} ${String(size)}`)].join('\n');
  const signature = sign(null, Buffer.from(words), createPrivateKey(privateKeyPem)).toString('base64');
  return `${unsigned}\n${MEMBER}: ${signature}\n`;
}

/** Exit code. */
export function signUpdates(folder: string, keyFile: string | undefined): number {
  if (keyFile === undefined) {
    console.error('--sign-update wants the file of a private Ed25519 key.');
    return 1;
  }
  const names = readdirSync(folder).filter((name) => /^[\w-]+\.yml$/.test(name) && !name.startsWith('builder-'));
  for (const name of names) {
    const file = join(folder, name);
    writeFileSync(file, signRelease(readFileSync(file, 'utf8'), readFileSync(keyFile, 'utf8')));
    console.log(`signed ${name}`);
  }
  if (names.length === 0) console.error(`There is nothing to sign in ${folder}.`);
  return names.length === 0 ? 1 : 0;
}
