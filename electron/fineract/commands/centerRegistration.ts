// Founding a center at head office: as a group is founded, with its groups in the place of members.

import type { CenterRegistrationPayload } from '../../../shared/domain/commands/kinds/centerRegistration.ts';
import { foundingThere } from './groupRegistration.ts';

export const centerRegistrationThere = foundingThere<CenterRegistrationPayload>({
  shelf: 'centers',
  entity: 'CENTER',
  membersOf: ({ groups }) => groups,
  members: 'groupMembers',
  taken: 'error.msg.center.duplicate.externalId',
});
