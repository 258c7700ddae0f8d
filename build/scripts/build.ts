// Builds the four bundles into dist/: page (with the one for phones beside it), main process, bridge, and the branch in plain Node. Nothing is fetched.
import { build as bundle } from 'vite';
import type { InlineConfig } from 'vite';
import { mainBundle } from '../vite/main.ts';
import { phoneBundle } from '../vite/phone.ts';
import { preloadBundle } from '../vite/preload.ts';
import { rendererBundle } from '../vite/renderer.ts';
import { serveBundle } from '../vite/serve.ts';
import { showHelp } from './showHelp.ts';

const bundles = {
  renderer: [rendererBundle, phoneBundle],
  main: [mainBundle],
  preload: [preloadBundle],
  serve: [serveBundle],
} satisfies Record<string, readonly InlineConfig[]>;

export type BundleName = keyof typeof bundles;

/** Builds the named bundles, all of them if none is named. Throws what Vite throws. */
export async function buildBundles(names: readonly BundleName[] = ['renderer', 'main', 'preload', 'serve']): Promise<void> {
  for (const name of names) {
    const began = performance.now();
    for (const config of bundles[name]) await bundle({ ...config, logLevel: 'warn' });
    console.log(`built dist/${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  }
}

function isBundleName(name: string): name is BundleName {
  return name in bundles;
}

export async function main(args: readonly string[]): Promise<number> {
  if (showHelp(args, 'npm run build [-- renderer main preload serve]   builds all bundles into dist/, or those named')) return 0;
  const unknown = args.filter((name) => !isBundleName(name));
  if (unknown.length > 0) {
    console.error(`Unknown bundle: ${unknown.join(', ')}. There are renderer, main, preload and serve.`);
    return 1;
  }
  await buildBundles(args.length === 0 ? undefined : args.filter(isBundleName));
  return 0;
}
