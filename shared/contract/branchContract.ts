// Everything a screen may ask of a branch, in one object. The transports, the dispatcher, the tests and the screens are all typed from it.
// A change of any shape needs a new CONTRACT_VERSION and a line in contract-history.json (tests/tidy/contractVersion.test.ts).

import { cash, drafts, receipts } from './cash.ts';
import { centers, clients, groups } from './clients.ts';
import { counter } from './counter.ts';
import { decide } from './decide.ts';
import type { BranchClient } from './define.ts';
import { loans } from './loans.ts';
import { printers } from './printers.ts';
import { savings } from './savings.ts';
import { session } from './session.ts';
import { exceptions, headOffice, practice, sync } from './sync.ts';
import { vault } from './vault.ts';

export const CONTRACT_VERSION = 1;

export const branchContract = {
  session,
  clients,
  groups,
  centers,
  loans,
  savings,
  counter,
  decide,
  cash,
  vault,
  receipts,
  drafts,
  sync,
  exceptions,
  headOffice,
  practice,
  printers,
} as const;

export type BranchContract = typeof branchContract;
export type BranchApi = BranchClient<BranchContract>;

/** What the branch tells open screens. A screen reads again; no figure travels in an event. */
export type BranchEvent =
  | { readonly what: 'sync.changed' }
  | { readonly what: 'account.changed'; readonly clientIds: readonly string[] }
  | { readonly what: 'exceptions.changed' }
  | { readonly what: 'drawer.changed' }
  | { readonly what: 'printing.changed' }
  | { readonly what: 'session.changed' }
  | { readonly what: 'start.changed' };
