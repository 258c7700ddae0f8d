// Serves the preview page: npx vite --config tests/ui/preview/vite.config.ts
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import vuetify from 'vite-plugin-vuetify';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue(), vuetify({ autoImport: true })],
  build: { emptyOutDir: true, target: 'chrome150', assetsInlineLimit: 0 },
});
