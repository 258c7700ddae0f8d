// The one search box: its text, what the branch found for it, and which row is marked. It lives outside the screens because the same box
// stands on all of them and keeps its focus after a receipt. Rows never reorder while someone chooses: a new list comes only with new text.

import { defineStore } from 'pinia';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { Found } from '../../shared/contract/clients.ts';
import type { Refusal } from '../../shared/contract/define.ts';
import { useBranch, useBranchEvents } from '../branch/useBranch.ts';

/** As many rows as there are number keys. */
const MOST_ROWS = 9;
/** After this long figures on rows that stay are read again: a sync changes many accounts in a moment. */
const REFRESH_MS = 250;
/** Long enough to skip the letters of a fast typist, short enough not to be noticed. */
const PAUSE_MS = 60;

export type FastCode = 'repayment' | 'deposit' | 'withdrawal';
const FAST_CODES: Readonly<Record<string, FastCode>> = { rp: 'repayment', dp: 'deposit', wd: 'withdrawal' };

export function readFastCode(text: string): { readonly code: FastCode | null; readonly words: string } {
  const match = /^\s*(rp|dp|wd)(?:\s+|$)/i.exec(text);
  const code = FAST_CODES[match?.[1]?.toLowerCase() ?? ''] ?? null;
  return code === null ? { code: null, words: text.trim() } : { code, words: text.slice(match?.[0].length ?? 0).trim() };
}

function rowKey(row: Found): string {
  if (row.kind === 'client') return row.client.clientId;
  return row.kind === 'group' ? row.groupId : row.line.receipt.receiptId;
}

export const useSearchStore = defineStore('search', () => {
  const branch = useBranch();
  const text = ref('');
  const found = shallowRef<readonly Found[]>([]);
  const more = ref(false);
  const foundFor = ref('');
  const refusal = shallowRef<Refusal | null>(null);
  const marked = ref(0);
  /** What was asked for before anybody was found; said beside the box until there is text in it. */
  const wantedDeed = ref<FastCode | null>(null);
  /** Rises when somebody wants the box to take focus. */
  const focusWanted = ref(0);
  /** Rises when Enter means the deed of the fast code for the marked row. */
  const openWanted = ref(0);
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const read = computed(() => readFastCode(text.value));
  const markedRow = computed<Found | null>(() => found.value[marked.value] ?? null);

  async function ask(words: string): Promise<void> {
    asked += 1;
    const mine = asked;
    if (words === '') {
      found.value = [];
      foundFor.value = '';
      more.value = false;
      refusal.value = null;
      return;
    }
    const answer = await branch.clients.find({ text: words, most: MOST_ROWS });
    if (mine !== asked) return;
    if (answer.ok) {
      found.value = answer.value.found;
      more.value = answer.value.more;
      refusal.value = null;
    } else {
      refusal.value = answer.refusal;
    }
    foundFor.value = words;
    marked.value = 0;
  }

  watch(
    () => read.value.words,
    (words) => {
      wantedDeed.value = null;
      clearTimeout(timer);
      timer = setTimeout(() => void ask(words), words === '' ? 0 : PAUSE_MS);
    },
  );

  /** Sums on the rows change with every receipt; the rows themselves stay where they are. */
  async function refresh(): Promise<void> {
    const words = foundFor.value;
    const mine = asked;
    if (words === '') return;
    const answer = await branch.clients.find({ text: words, most: MOST_ROWS });
    if (mine !== asked || !answer.ok) return;
    const fresh = new Map(answer.value.found.map((row) => [rowKey(row), row]));
    found.value = found.value.map((row) => fresh.get(rowKey(row)) ?? row);
  }
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  useBranchEvents(['account.changed', 'sync.changed'], () => {
    refreshTimer ??= setTimeout(() => {
      refreshTimer = undefined;
      void refresh();
    }, REFRESH_MS);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    clearTimeout(refreshTimer);
  });

  /** The answer for what is in the box now, even when the next key comes before the pause is over. */
  async function settle(): Promise<void> {
    clearTimeout(timer);
    if (foundFor.value !== read.value.words) await ask(read.value.words);
  }

  function move(by: number): void {
    marked.value = Math.min(Math.max(0, marked.value + by), Math.max(0, found.value.length - 1));
  }

  /** F3, F4 or F6 with nobody marked: first it has to be known for whom. */
  function askFor(deed: FastCode): void {
    wantedDeed.value = deed;
    focusWanted.value += 1;
  }

  function clear(): void {
    text.value = '';
    wantedDeed.value = null;
    focusWanted.value += 1;
  }

  return {
    text,
    found,
    more,
    foundFor,
    refusal,
    marked,
    markedRow,
    focusWanted,
    openWanted,
    wantOpen: () => (openWanted.value += 1),
    fastCode: computed(() => read.value.code),
    words: computed(() => read.value.words),
    settle,
    move,
    wantedDeed,
    askFor,
    clear,
    wantFocus: () => (focusWanted.value += 1),
  };
});
