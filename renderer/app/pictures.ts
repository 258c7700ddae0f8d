// Pictures of clients on the screen: asked for once, while they are shown, and let go when many others were shown since. A row without a picture
// never asks. They live in this page's memory alone.

import { onScopeDispose, ref, watch, type Ref } from 'vue';
import { fromBase64 } from '../../shared/kernel/base64.ts';
import { useBranch } from '../branch/useBranch.ts';

const KEPT_MOST = 300;
const kept = new Map<string, Promise<string | null>>();

/** The address of a picture in this page, by base64; null where it is none. */
export function addressOf(content: string, type: string): string | null {
  const bytes = fromBase64(content);
  return bytes === null ? null : URL.createObjectURL(new Blob([bytes], { type }));
}

function letOldestGo(): void {
  for (const [key, address] of kept) {
    if (kept.size <= KEPT_MOST) return;
    kept.delete(key);
    void address.then((url) => {
      if (url !== null) URL.revokeObjectURL(url);
    });
  }
}

export interface PictureWanted {
  readonly clientId?: string | null | undefined;
  /** Changes with the picture; none where there is none. */
  readonly mark?: string | null | undefined;
  readonly size: 'small' | 'whole';
}

/** The address of the picture; null until it is there, and where there is none. */
export function usePicture(wanted: () => PictureWanted): Ref<string | null> {
  const branch = useBranch();
  const address = ref<string | null>(null);
  let asked = 0;

  async function ask(clientId: string, size: 'small' | 'whole'): Promise<string | null> {
    const answer = await branch.clients.showPicture({ clientId, size });
    return !answer.ok || answer.value.picture === null ? null : addressOf(answer.value.picture.content, answer.value.picture.type);
  }

  watch(
    wanted,
    async ({ clientId, mark, size }) => {
      asked += 1;
      const mine = asked;
      if (clientId === undefined || clientId === null || mark === undefined || mark === null) {
        address.value = null;
        return;
      }
      const key = `${clientId} ${mark} ${size}`;
      const known = kept.get(key) ?? ask(clientId, size);
      kept.delete(key);
      kept.set(key, known);
      letOldestGo();
      const url = await known;
      if (mine === asked) address.value = url;
    },
    { immediate: true, deep: true },
  );
  onScopeDispose(() => (asked += 1));
  return address;
}
