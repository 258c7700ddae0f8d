// Where head office is, as the books say it: in their identity and, for whoever would change that, in the entry of their chain that named it.

import { canonicalJson, type Json } from '../../shared/kernel/canonicalJson.ts';
import type { Digest } from '../ports/clock.ts';
import type { JournalEntry, ReadStore } from '../ports/store.ts';
import { isSealed } from './appendEntry.ts';
import type { Identity } from './settings.ts';

/** What an entry is called that names the address. */
export const NAMES_ADDRESS: ReadonlySet<string> = new Set(['branch.founded', 'headOffice.moved']);

/** False where the identity names another address than the entry it was named by. Asked before anything is sent there. */
export function isAddressOfBooks(read: ReadStore, digest: Digest, identity: Identity): boolean {
  // Books that are older than this member: their chain says nothing of it. Their founding is their first entry.
  if (identity.addressEntry === undefined) return addressIn(read.entries(1, 1)[0]) === undefined;
  const [entry] = read.entries(identity.addressEntry, 1);
  if (entry?.entry !== identity.addressEntry || !isSealed(entry, digest) || !read.isSealed(entry.entry)) return false;
  const named = addressIn(entry);
  return named !== undefined && canonicalJson(named) === canonicalJson({ ...identity.address });
}

function addressIn(entry: JournalEntry | undefined): Json | undefined {
  return entry !== undefined && NAMES_ADDRESS.has(entry.what) ? (entry.body as { readonly address?: Json }).address : undefined;
}
