// How much waits for whoever sits at the desk: the count beside its place in the rail.

import { defineStore } from 'pinia';
import { ref } from 'vue';
import { useBranch, useBranchEvents } from '../branch/useBranch.ts';
import { useSessionStore } from './session.ts';

export const useWaitingStore = defineStore('waiting', () => {
  const branch = useBranch();
  const session = useSessionStore();
  const mine = ref(0);

  let isAsking = false;
  let isStale = false;
  /** While much is sent, the branch says so many times a second: one question is under way, and one more follows it. */
  async function load(): Promise<void> {
    isStale = true;
    if (isAsking) return;
    isAsking = true;
    while (isStale) {
      isStale = false;
      if (!session.may('client.read')) continue;
      const answer = await branch.decide.count({});
      if (answer.ok) mine.value = answer.value.mine;
    }
    isAsking = false;
  }

  useBranchEvents(['account.changed', 'sync.changed', 'exceptions.changed', 'session.changed'], () => void load());
  return { mine, load };
});
