// Whether two names are one human. Head office forgives case in a name where its database does, and one person may hold two logins, so
// 'somebody other than the maker' (I9) is asked of the user and of the employee behind the name, never of the spelling alone.

import { foldName } from '../../../shared/domain/access/foldName.ts';
import type { ReadStore } from '../../ports/store.ts';

export function isSamePerson(read: ReadStore, one: string, other: string): boolean {
  if (foldName(one) === foldName(other)) return true;
  const first = read.staff(one);
  const second = read.staff(other);
  if (first === null || second === null) return false;
  return first.userServerId === second.userServerId || (first.staffServerId !== null && first.staffServerId === second.staffServerId);
}
