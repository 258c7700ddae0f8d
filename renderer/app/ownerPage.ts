// Whose an account is, and the page of that client or group.

import type { RouteLocationRaw } from 'vue-router';

export interface AccountOwner {
  readonly clientId: string | null;
  readonly groupId: string | null;
}

export function ownerNamed(kind: 'client' | 'group', id: string): AccountOwner {
  return kind === 'client' ? { clientId: id, groupId: null } : { clientId: null, groupId: id };
}

/** Null where nobody is known. */
export function ownerPage({ clientId, groupId }: AccountOwner): RouteLocationRaw | null {
  if (clientId !== null) return { name: 'client', params: { clientId } };
  return groupId === null ? null : { name: 'group', params: { groupId } };
}
