// A savings account that was applied for here, as its row says it until head office's own stands in its place: empty, and waiting.

import type { SavingsApplicationPayload } from '../../shared/domain/commands/kinds/savingsApplication.ts';
import type { SavingsRecord } from '../ports/store.ts';

export function ownSavings(asked: SavingsApplicationPayload, pulledAt: number): Omit<SavingsRecord, 'serverId' | 'gone'> {
  return {
    savingsId: asked.savingsId,
    clientId: asked.owner.kind === 'client' ? asked.owner.localId : null,
    groupId: asked.owner.kind === 'group' ? asked.owner.localId : null,
    externalId: asked.localNumber,
    // Until head office gives one, its own stands everywhere in that place.
    accountNo: asked.localNumber,
    productName: asked.product.name,
    currency: { code: asked.currencyCode, decimals: asked.decimals },
    status: 'submitted',
    ledgerMinor: 0,
    onHoldMinor: 0,
    guaranteeHeldMinor: 0,
    minimumMinor: asked.terms.minimumMinor ?? 0,
    // What may be drawn beyond its balance is head office's word alone.
    overdraftMinor: 0,
    lockedInUntil: null,
    withdrawalCharges: [],
    pulledAt,
  };
}
