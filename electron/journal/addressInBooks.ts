// Where head office is, as the books say it: in their identity and, for whoever would change that, in the entry of their chain that named it.

import { canonicalJson, type Json } from '../../shared/kernel/canonicalJson.ts';
import type { Digest } from '../ports/clock.ts';
import type { ReadStore } from '../ports/store.ts';
import { isSealed } from './appendEntry.ts';
import type { Identity } from './settings.ts';

/** What an entry is called that names the address. */
export const NAMES_ADDRESS: ReadonlySet<string> = new Set(['branch.founded', 'headOffice.moved']);

/** False where the identity names another address than the entry it was named by. Asked before anything is sent there. */
export function isAddressOfBooks(read: ReadStore, digest: Digest, identity: Identity): boolean {
  // Books that are older than this member: their chain says nothing of it.
  if (identity.addressEntry === undefined) return true;
  const [entry] = read.entries(identity.addressEntry, 1);
  if (entry === undefined || entry.entry !== identity.addressEntry || !NAMES_ADDRESS.has(entry.what) || !isSealed(entry, digest))
    return false;
  const named = (entry.body as { readonly address?: Json }).address;
  return named !== undefined && canonicalJson(named) === canonicalJson({ ...identity.address });
}
