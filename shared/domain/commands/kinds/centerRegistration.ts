// Founding a center, where groups meet at one place: known here at once under the number that it is given, with its groups, some of which head office
// may not have yet. Head office keeps groups and centers in one list of names and of external ids, each of them once.

import type { LocalId } from '../../../kernel/ids.ts';
import { foundingKind, type Founding } from './groupRegistration.ts';
import type { Kind } from './kind.ts';

export interface CenterRegistrationPayload extends Founding {
  readonly kind: 'centerRegistration';
  readonly centerId: LocalId;
  readonly groups: readonly LocalId[];
}

/** More than meet at one place. */
export const CENTER_GROUPS_MOST = 50;

/** The field of a center under which a group comes. */
export const GROUP_OF_CENTER = 'group';

export const centerRegistration: Kind<CenterRegistrationPayload> = foundingKind(
  ({ centerId }) => ({ kind: 'center', localId: centerId }),
  ({ groups }) => groups.map((localId) => ({ kind: 'group', localId })),
  GROUP_OF_CENTER,
);

export function isCenterRegistration(payload: { readonly kind: string }): payload is CenterRegistrationPayload {
  return payload.kind === 'centerRegistration';
}
