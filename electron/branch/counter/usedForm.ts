// A form that was posted already answers with its receipt, so a double press, a lost reply or a restarted screen makes no second promise.
// The same form with another content is refused (field-rules 1.10).

import type { Refusal } from '../../../shared/contract/define.ts';
import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { ReadStore } from '../../ports/store.ts';
import { receiptLine } from './receiptLine.ts';

export function usedForm(
  store: ReadStore,
  formId: LocalId,
  wanted: { readonly kind: string; readonly accountId: LocalId; readonly amountMinor: number },
): Result<ReceiptLine, Refusal<'form.alreadyUsed'>> | null {
  const command = store.commandOfForm(formId);
  if (command === null) return null;
  const receipt = command.receiptId === null ? null : store.receipt(command.receiptId);
  const same =
    receipt !== null &&
    command.kind === wanted.kind &&
    receipt.accountId === wanted.accountId &&
    receipt.amountMinor === wanted.amountMinor;
  return same ? ok(receiptLine(store, receipt)) : refuse({ code: 'form.alreadyUsed' });
}
