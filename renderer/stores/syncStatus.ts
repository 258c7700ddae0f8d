// The one true sentence at the foot of every screen, as the branch last said it. It is asked again often enough that the age it shows
// is never more than a few seconds old, and it says so itself when the branch cannot be asked.

import { defineStore } from 'pinia';
import { onScopeDispose, ref, shallowRef } from 'vue';
import type { SyncStatus } from '../../shared/contract/sync.ts';
import { useBranch, useBranchEvents } from '../branch/useBranch.ts';

const ASK_AGAIN_MS = 10_000;

export const useSyncStatusStore = defineStore('syncStatus', () => {
  const branch = useBranch();
  const status = shallowRef<SyncStatus | null>(null);
  const branchAnswers = ref(true);

  async function load(): Promise<void> {
    const answer = await branch.sync.showStatus({});
    branchAnswers.value = answer.ok || answer.refusal.code !== 'transport.unreachable';
    if (answer.ok) status.value = answer.value;
  }

  useBranchEvents(['sync.changed', 'exceptions.changed'], () => void load());
  const timer = setInterval(() => void load(), ASK_AGAIN_MS);
  onScopeDispose(() => clearInterval(timer));

  return { status, branchAnswers, load };
});
