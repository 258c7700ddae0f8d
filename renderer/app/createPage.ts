// Puts the page together around a connection to a branch. The real page and the preview page of the tests both come through here,
// so what is looked at in a preview is what staff will see.

import { createPinia } from 'pinia';
import type { App as VueApp } from 'vue';
import { createApp } from 'vue';
import App from '../App.vue';
import type { BranchConnection } from '../branch/connection.ts';
import { branchKey } from '../branch/useBranch.ts';
import { createPageI18n } from './i18n.ts';
import { createPageRouter } from './router.ts';
import { createPageVuetify } from './theme.ts';

export function createPage(connection: BranchConnection): VueApp {
  const i18n = createPageI18n();
  const page = createApp(App);
  page.provide(branchKey, connection);
  page.use(createPinia());
  page.use(i18n);
  page.use(createPageVuetify(i18n));
  page.use(createPageRouter());
  return page;
}
