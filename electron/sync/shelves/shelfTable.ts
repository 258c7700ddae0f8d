// Every shelf, in the order in which a branch comes in: first what others refer to. To add one, write its file here and in
// electron/fineract/shelves, and name it in both tables; the first pull, the walk over changes and the proof then know it.

import type { ShelfName } from '../../ports/headOffice.ts';
import { clients } from './clients.ts';
import { groups } from './groups.ts';
import { loans } from './loans.ts';
import { references } from './references.ts';
import { savings } from './savings.ts';
import type { Shelf, WholeShelf } from './shelf.ts';

export const WHOLE_SHELVES: readonly WholeShelf[] = references;

const BY_NAME: { readonly [Name in ShelfName]: Shelf<Name> } = { clients, groups, loans, savings };
export const SHELVES: readonly Shelf[] = Object.values(BY_NAME);
