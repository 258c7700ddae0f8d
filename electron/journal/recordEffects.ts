// What a new command does to the views of accounts, from its kind's own chapter: one effect per account, all in the transaction of the command
// (I1, I6), each with the marks by which that account shows it.

import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import { effectsOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import type { WriteStore } from '../ports/store.ts';

/**
 * `receiptNumber`: the mark on paper; null where there is none, and the command's own id is the mark on each account. `feeMinor`: what head
 * office takes on top from the account that pays.
 */
export function recordEffects(
  write: WriteStore,
  { commandId, payload }: CommandRecord,
  { receiptNumber, feeMinor }: { readonly receiptNumber: string | null; readonly feeMinor: number },
): void {
  effectsOf(payload).forEach(({ accountKind, accountId, deltaMinor }, place) => {
    const isById = accountKind === 'loan' || receiptNumber === null;
    write.insertEffect({
      commandId,
      accountKind,
      accountId,
      deltaMinor,
      feeMinor: place === 0 ? feeMinor : 0,
      standing: 'counts',
      included: false,
      marker: { externalId: isById ? commandId : null, receiptNumber: receiptNumber ?? commandId, serverTransactionId: null },
    });
  });
}
