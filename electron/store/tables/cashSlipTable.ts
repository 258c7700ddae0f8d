// Slips of cash and their papers.

import type { CashSlipReads, CashSlipWrites } from '../../ports/store.ts';
import { journalCashSlipPrints } from '../schema/journal/cashSlipPrints.ts';
import { journalCashSlips } from '../schema/journal/cashSlips.ts';
import { insertInto, rowsOf, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readCashSlips(session: Session): CashSlipReads {
  const last = selectFrom(session, journalCashSlips, 'ORDER BY sequence DESC LIMIT 1');
  const byNumber = selectFrom(session, journalCashSlips, 'WHERE number = ?');
  const byForm = selectFrom(session, journalCashSlips, 'WHERE form_id = ?');
  const onDate = selectFrom(session, journalCashSlips, 'WHERE business_date = ? ORDER BY sequence');
  const lastOf = selectFrom(session, journalCashSlips, 'WHERE kind = ? AND currency = ? ORDER BY sequence DESC LIMIT 1');
  const onTheRoad = selectFrom(
    session,
    journalCashSlips,
    `WHERE kind = 'toBank' AND number NOT IN (SELECT json_extract(body, '$.count') FROM journal_cash_slips WHERE kind = 'atBank') ORDER BY sequence`,
  );
  const sums = rowsOf<{ currency: string; minor: number }>(
    session,
    'SELECT currency, sum(vault_minor) AS minor FROM journal_cash_slips GROUP BY currency ORDER BY currency',
  );
  const opened = selectFrom(session, journalCashSlips, `WHERE kind = 'opening' AND currency = ? ORDER BY sequence DESC LIMIT 1`);
  const prints = selectFrom(session, journalCashSlipPrints, 'WHERE number = ? ORDER BY copy');
  return {
    lastSlip: () => last.one(),
    slip: (number) => byNumber.one(number),
    slipOfForm: (formId) => byForm.one(formId),
    slipsOf: (businessDate) => onDate.all(businessDate),
    bagsOnTheRoad: () => onTheRoad.all(),
    lastSlipOf: (kind, currency) => lastOf.one(kind, currency),
    // A slip between two drawers names a currency too, which makes no vault of it.
    vaultSums: () => sums().filter(({ currency }) => opened.one(currency) !== null),
    slipPrints: (number) => prints.all(number).map(({ position: _position, ...print }) => print),
  };
}

export function writeCashSlips(session: Session): CashSlipWrites {
  return {
    insertSlip: insertInto(session, journalCashSlips),
    insertSlipPrint: insertInto(session, journalCashSlipPrints),
  };
}
