// The page that checks receipts on a phone: one file with everything in it, beside the page of the branch, which hands it out with the keys of its PCs.
// Its policy allows this one script by its digest, and no network at all.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InlineConfig, Plugin } from 'vite';
import { projectRoot } from '../scripts/projectRoot.ts';

const page = join(projectRoot, 'renderer/phone/page.html');
const target = join(projectRoot, 'dist/renderer');

/** Of what others wrote and the page carries: it is handed on by itself, and their words go with it. */
function licences(): string {
  return ['@noble/ed25519', '@noble/hashes']
    .map((name) => `${name}\n\n${readFileSync(join(projectRoot, 'node_modules', name, 'LICENSE'), 'utf8').trim()}`)
    .join('\n\n');
}

function intoOneFile(): Plugin {
  return {
    name: 'into-one-file',
    generateBundle(_options, bundle) {
      const [script] = Object.values(bundle);
      if (script?.type !== 'chunk') throw new Error('the page for phones is one script');
      // Nothing inside may end the element that it stands in.
      const body = script.code.trim().replaceAll('</script', '<\\/script');
      const digest = createHash('sha256').update(body, 'utf8').digest('base64');
      let written = readFileSync(page, 'utf8');
      // By element and not by text: whoever lays the page out anew may move what stands inside, and the digest is of every letter there.
      for (const [place, content] of [
        [/^<!doctype html>$/m, `<!doctype html>\n<!--\n${licences()}\n-->`],
        [/(?<=script-src ')SCRIPT_HASH(?=')/, `sha256-${digest}`],
        // Without air: the desk looks for these very letters where it puts the keys in.
        [/(?<=<script type="application\/json" id="keys">)\s*([^<]*?)\s*(?=<\/script>)/, null],
        [/(?<=<script>)[^<]*(?=<\/script>)/, body],
      ] as const) {
        if (!place.test(written)) throw new Error(`the page for phones has no ${String(place)}`);
        written = written.replace(place, (_whole, inside: string) => content ?? JSON.stringify(JSON.parse(inside)));
      }
      mkdirSync(target, { recursive: true });
      writeFileSync(join(target, 'check-receipts.html'), written);
    },
  };
}

export const phoneBundle: InlineConfig = {
  root: projectRoot,
  configFile: false,
  publicDir: false,
  plugins: [intoOneFile()],
  build: {
    write: false,
    // Phones are older than the desktop's own browser.
    target: 'es2022',
    rolldownOptions: { input: join(projectRoot, 'renderer/phone/checkPage.ts'), output: { format: 'iife' } },
    modulePreload: false,
  },
};
