// The page. Addresses are relative because it is opened from app://branch, from a branch server and from a test alike; nothing
// is inlined as a data: address, because the content security policy allows none.
import { join } from 'node:path';
import vue from '@vitejs/plugin-vue';
import type { InlineConfig } from 'vite';
import vuetify from 'vite-plugin-vuetify';
import { projectRoot } from '../scripts/projectRoot.ts';

export const rendererBundle: InlineConfig = {
  root: join(projectRoot, 'renderer'),
  configFile: false,
  base: './',
  publicDir: false,
  plugins: [vue(), vuetify({ autoImport: true })],
  build: {
    outDir: join(projectRoot, 'dist/renderer'),
    emptyOutDir: true,
    target: 'chrome150',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
};
