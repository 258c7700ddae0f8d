// What a scanner read: opened where it names something, told in words where it does not. One number may be borne by a client and by accounts
// of others: the first is opened, and the others are named beside it, one press away.

import { defineStore } from 'pinia';
import { nextTick, onScopeDispose, ref, shallowRef } from 'vue';
import { useRouter, type RouteLocationRaw } from 'vue-router';
import type { Scanned } from '../../shared/contract/clients.ts';
import type { Refusal } from '../../shared/contract/define.ts';
import { isPaper } from '../app/scanBurst.ts';
import type { Scan } from '../app/scanner.ts';
import { useBranch } from '../branch/useBranch.ts';
import { useSessionStore } from './session.ts';

/** A word that nobody needs any more leaves by itself. */
const SHOWN_MS = 20_000;

export type ScanWord =
  | { readonly what: 'unknown'; readonly code: string; readonly putIn: (() => void) | null }
  | { readonly what: 'signIn' }
  | { readonly what: 'device'; readonly label: string; readonly mine: boolean }
  | { readonly what: 'also'; readonly others: readonly Scanned[] }
  | { readonly what: 'refused'; readonly refusal: Refusal };

export function placeOf(found: Scanned): RouteLocationRaw | null {
  switch (found.kind) {
    case 'client':
      return { name: 'client', params: { clientId: found.clientId } };
    case 'group':
      return { name: 'group', params: { groupId: found.groupId } };
    case 'loan':
      return { name: 'loan', params: { loanId: found.loanId } };
    case 'savings':
      if (found.clientId !== null) return { name: 'client', params: { clientId: found.clientId } };
      return found.groupId === null ? null : { name: 'group', params: { groupId: found.groupId } };
    case 'receipt':
      return { name: 'receipts', query: { receipt: found.receiptId } };
    case 'paper':
      return { name: 'checkPaper', query: { code: found.code } };
    case 'device':
      return null;
  }
}

export const useScanStore = defineStore('scan', () => {
  const branch = useBranch();
  const router = useRouter();
  const session = useSessionStore();
  const word = shallowRef<ScanWord | null>(null);
  /** Rises with everything that was opened: dialogs that stood over the desk close. */
  const opened = ref(0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function say(next: ScanWord | null): void {
    clearTimeout(timer);
    word.value = next;
    if (next !== null) timer = setTimeout(() => (word.value = null), SHOWN_MS);
  }

  async function open(found: Scanned): Promise<void> {
    const place = placeOf(found);
    if (place === null) return;
    opened.value += 1;
    await router.push(place);
  }

  async function take({ codes, isSure, putIn, putBack }: Scan): Promise<boolean> {
    if (!session.isSignedIn || session.isLocked) {
      putBack();
      say({ what: 'signIn' });
      return true;
    }
    // Where papers are checked, what is scanned is checked and nothing is opened.
    const paper = router.currentRoute.value.name === 'checkPaper' ? codes.find(isPaper) : undefined;
    if (paper !== undefined) {
      putBack();
      await open({ kind: 'paper', code: paper });
      return true;
    }
    const answer = await branch.clients.scan({ codes: [...codes] });
    if (!answer.ok) {
      if (isSure) say({ what: 'refused', refusal: answer.refusal });
      return false;
    }
    const [first, ...others] = answer.value.found;
    if (first === undefined) {
      const [code = ''] = codes;
      if (isSure) say({ what: 'unknown', code, putIn });
      return false;
    }
    // The search box opens the counter when its text changes; what was scanned is opened after that.
    putBack();
    await nextTick();
    if (first.kind === 'device') say({ what: 'device', label: first.label, mine: first.mine });
    else say(others.length === 0 ? null : { what: 'also', others });
    await open(first);
    return true;
  }

  onScopeDispose(() => clearTimeout(timer));
  return { word, opened, take, open, dismiss: () => say(null) };
});
