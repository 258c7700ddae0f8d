// A form that was posted already answers with its receipt, so a double press, a lost reply or a restarted screen makes no second promise.
// The same form with another content is refused (field-rules 1.10).

import type { Refusal } from '../../../shared/contract/define.ts';
import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import { postingsOf } from '../../../shared/domain/receipts/lines.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { ReadStore } from '../../ports/store.ts';
import { receiptLine } from './receiptLine.ts';

export function usedForm(
  store: ReadStore,
  formId: LocalId,
  wanted: readonly { readonly kind: string; readonly accountId: LocalId; readonly amountMinor: number }[],
): Result<ReceiptLine, Refusal<'form.alreadyUsed'>> | null {
  const command = store.commandOfForm(formId);
  if (command === null) return null;
  const receipt = command.receiptId === null ? null : store.receipt(command.receiptId);
  const postings = receipt === null ? [] : postingsOf(receipt);
  const same =
    postings.length === wanted.length &&
    postings.every(({ kind, accountId, amountMinor }, index) => {
      const line = wanted[index];
      return line?.kind === kind && line.accountId === accountId && line.amountMinor === amountMinor;
    });
  return same && receipt !== null ? ok(receiptLine(store, receipt)) : refuse({ code: 'form.alreadyUsed' });
}
