// The cash box of the person at this desk, as the branch last said. What must lie in it is not told before it was counted.

import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { DrawerView } from '../../shared/contract/shapes.ts';
import { useBranch, useBranchEvents } from '../branch/useBranch.ts';

export const useOpenDrawerStore = defineStore('openDrawer', () => {
  const branch = useBranch();
  const drawer = shallowRef<DrawerView | null>(null);
  const known = shallowRef(false);

  async function load(): Promise<void> {
    const answer = await branch.cash.showDrawer({});
    if (!answer.ok) return;
    drawer.value = answer.value?.closedAt === null ? answer.value : null;
    known.value = true;
  }

  useBranchEvents(['drawer.changed', 'session.changed'], () => void load());

  return { drawer, known, load };
});
