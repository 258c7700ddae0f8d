// Every shelf that is read record by record, and how head office gives it. A shelf of the port that is missing here does not compile.

import type { ShelfName, ShelfRows } from '../../ports/headOffice.ts';
import { clients } from './clients.ts';
import { groups } from './groups.ts';
import { loans } from './loans.ts';
import { savings } from './savingsAccounts.ts';
import type { ShelfSource } from './shelf.ts';

export const SHELF_SOURCES: { readonly [Name in ShelfName]: ShelfSource<ShelfRows[Name]> } = { clients, groups, loans, savings };
