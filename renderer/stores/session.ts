// Who sits at this desk and in what state the branch is, as the branch last said. View state only: every right shown here is checked
// again in the branch, so a stale copy can hide a button but never open a door.

import { defineStore } from 'pinia';
import { computed, onScopeDispose, shallowRef } from 'vue';
import type { SessionView, StartView } from '../../shared/contract/session.ts';
import type { Permission } from '../../shared/domain/access/permissions.ts';
import type { Refusal } from '../../shared/contract/define.ts';
import { numberCountry } from '../app/numberCountry.ts';
import { useBranch, useBranchEvents } from '../branch/useBranch.ts';

/** While the first pull runs, or the branch does not answer, the page asks again by itself. */
const ASK_AGAIN_MS = 1_000;
const ASK_AT_DOOR_MS = 5_000;
/** Midnight tells nobody: the date that stands inside is asked for as the door asks for its own. */
const ASK_INSIDE_MS = 60_000;

export const useSessionStore = defineStore('session', () => {
  const branch = useBranch();
  const start = shallowRef<StartView | null>(null);
  const mine = shallowRef<SessionView | null>(null);
  const trouble = shallowRef<Refusal | null>(null);
  /** Who sat at this desk last, on this page. */
  const satLast = shallowRef<string | null>(null);
  /** What this start found was read by whoever sits here. */
  const startIsRead = shallowRef(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isSignedIn = computed(() => mine.value !== null);
  const isLocked = computed(() => mine.value?.locked === true);

  async function load(): Promise<void> {
    clearTimeout(timer);
    const [startAnswer, mineAnswer] = await Promise.all([branch.session.showStart({}), branch.session.showMine({})]);
    if (startAnswer.ok) {
      start.value = startAnswer.value;
      numberCountry.value = startAnswer.value.branch?.country ?? null;
      trouble.value = null;
    } else {
      trouble.value = startAnswer.refusal;
    }
    // A call that did not arrive says nothing about who is signed in; only the branch's own answer does.
    if (mineAnswer.ok) sits(mineAnswer.value);
    if (!startAnswer.ok || startAnswer.value.state === 'pulling') timer = setTimeout(() => void load(), ASK_AGAIN_MS);
    // Nobody is told anything before they sign in, so the door asks for itself.
    else timer = setTimeout(() => void load(), mine.value === null ? ASK_AT_DOOR_MS : ASK_INSIDE_MS);
  }

  function sits(session: SessionView | null): void {
    mine.value = session;
    if (session === null) startIsRead.value = false;
    if (session !== null) satLast.value = session.staff.username;
  }

  function may(permission: Permission): boolean {
    return mine.value?.permissions.includes(permission) === true;
  }

  async function lock(): Promise<void> {
    const answer = await branch.session.lock({});
    if (answer.ok && mine.value !== null) mine.value = { ...mine.value, locked: true };
  }

  async function signOut(): Promise<void> {
    await branch.session.signOut({});
    await load();
  }

  useBranchEvents(['session.changed', 'start.changed'], () => void load());
  onScopeDispose(() => clearTimeout(timer));

  return { start, startIsRead, mine, trouble, isSignedIn, isLocked, satLast, sits, load, may, lock, signOut };
});
