// Somebody is found by name or number for a group, also a client who was registered a minute ago; whoever is in it already is not offered.

import { ref, watch, type Ref } from 'vue';
import type { Found } from '../../../shared/contract/clients.ts';
import { useBranch } from '../../branch/useBranch.ts';

const SEARCH_AFTER_MS = 250;
const FOUND_MOST = 8;

export interface FoundForGroup {
  readonly value: string;
  readonly words: string;
}

export interface ClientSearch {
  readonly text: Ref<string>;
  readonly found: Ref<readonly FoundForGroup[]>;
  readonly chosen: Ref<string>;
}

export function useClientSearch(isIn: (clientId: string) => boolean): ClientSearch {
  return useSearch((each) =>
    each.kind === 'client' && !isIn(each.client.clientId)
      ? { value: each.client.clientId, words: `${each.client.displayName}, ${each.client.accountNo}` }
      : null,
  );
}

/** A group, also one that was founded a minute ago. */
export function useGroupSearch(isIn: (groupId: string) => boolean): ClientSearch {
  return useSearch((each) =>
    each.kind === 'group' && !isIn(each.groupId) ? { value: each.groupId, words: `${each.name}, ${each.accountNo}` } : null,
  );
}

function useSearch(offer: (each: Found) => FoundForGroup | null): ClientSearch {
  const branch = useBranch();
  const text = ref('');
  const found = ref<readonly FoundForGroup[]>([]);
  const chosen = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sought = 0;
  watch(text, (words) => {
    clearTimeout(timer);
    timer = setTimeout(() => void seek(words.trim()), SEARCH_AFTER_MS);
  });

  /** A late answer to an old question is dropped. */
  async function seek(words: string): Promise<void> {
    sought += 1;
    const mine = sought;
    const answer = words === '' ? null : await branch.clients.find({ text: words, most: FOUND_MOST });
    if (mine !== sought) return;
    found.value = (answer?.ok === true ? answer.value.found : []).flatMap((each) => offer(each) ?? []);
    chosen.value = found.value[0]?.value ?? '';
  }
  return { text, found, chosen };
}
