// The figures of a day, or of a part of its receipts: by kind, by means, by cashier and by where each posting stands. Money of two currencies
// never adds up; a row without a currency is of the house's own.

import type { Standing } from '../../../shared/contract/shapes.ts';
import type { ClosedAs } from '../../../shared/domain/commands/closedAs.ts';
import { postingsOf } from '../../../shared/domain/receipts/lines.ts';
import { isUndoing } from '../../../shared/domain/receipts/undoes.ts';
import { paysOut } from '../../../shared/domain/receipts/paysOut.ts';
import type { ReceiptPosting } from '../../../shared/domain/records.ts';
import type { Currency } from '../../../shared/kernel/money.ts';
import { identityOf } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';
import { receiptLine } from '../counter/receiptLine.ts';

const PAGE = 500;

/** `only`: of these receipts alone. */
export function dayFigures(read: ReadStore, businessDate: string, only?: ReadonlySet<string>) {
  const kinds = new Map<string, Row<ReceiptPosting['kind']>>();
  const standings = new Map<string, Row<Standing | ClosedAs>>();
  const ways = new Map<string, Part>();
  const cashiers = new Map<string, Part>();
  const own = identityOf(read).currency.code;
  const undone: { number: string; undoes: string; currency: Currency; amountMinor: number }[] = [];
  let receipts = 0;
  let first: string | null = null;
  let last: string | null = null;
  for (let offset = 0; ; offset += PAGE) {
    const { rows, total } = read.receipts({ businessDate, offset, most: PAGE });
    for (const receipt of rows) {
      if (only !== undefined && !only.has(receipt.receiptId)) continue;
      const { postings } = receiptLine(read, receipt);
      const kindsHere = new Set<string>();
      receipts += 1;
      const other = receipt.currency.code === own ? null : receipt.currency;
      postingsOf(receipt).forEach((posting, index) => {
        const signedMinor = paysOut(posting.kind) ? -posting.amountMinor : posting.amountMinor;
        add(kinds, posting.kind, other, signedMinor, kindsHere.has(posting.kind) ? 0 : 1);
        kindsHere.add(posting.kind);
        const stands = postings[index];
        if (stands !== undefined) add(standings, stands.closedAs ?? stands.standing, other, signedMinor);
      });
      if (receipt.undoes !== undefined)
        undone.push({ number: receipt.number, undoes: receipt.undoes, currency: receipt.currency, amountMinor: receipt.amountMinor });
      if (!isUndoing(receipt.kind)) {
        const signedMinor = paysOut(receipt.kind) ? -receipt.amountMinor : receipt.amountMinor;
        addPart(ways, receipt.paymentTypeName, receipt.cash, other, signedMinor);
        addPart(cashiers, receipt.servedBy, false, other, signedMinor);
      }
      last ??= receipt.number;
      first = receipt.number;
    }
    if (offset + rows.length >= total || rows.length === 0) break;
  }
  return {
    receipts,
    byKind: [...kinds.values()].map(({ of, ...sums }) => ({ kind: of, ...(isUndoing(of) ? { undoes: true } : {}), ...sums })),
    byWay: [...ways.values()],
    byCashier: [...cashiers.values()],
    byStanding: [...standings.values()].map(({ of, ...sums }) => ({ standing: of, ...sums })),
    // The newest came first.
    undone: undone.reverse(),
    first,
    last,
  };
}

interface Row<Of> {
  readonly of: Of;
  readonly currency?: Currency;
  readonly count: number;
  readonly amountMinor: number;
}

interface Part {
  readonly name: string;
  readonly cash: boolean;
  readonly currency?: Currency;
  readonly count: number;
  readonly inMinor: number;
  readonly outMinor: number;
}

function addPart(parts: Map<string, Part>, name: string, cash: boolean, currency: Currency | null, signedMinor: number): void {
  const key = `${name} ${String(cash)} ${currency?.code ?? ''}`;
  const part = parts.get(key);
  parts.set(key, {
    name,
    cash,
    ...(currency === null ? {} : { currency }),
    count: (part?.count ?? 0) + 1,
    inMinor: (part?.inMinor ?? 0) + Math.max(signedMinor, 0),
    outMinor: (part?.outMinor ?? 0) + Math.min(signedMinor, 0),
  });
}

/** Money of two currencies never adds up: each has a row of its own. */
function add<Of extends string>(rows: Map<string, Row<Of>>, of: Of, currency: Currency | null, amountMinor: number, count = 1): void {
  const key = `${of} ${currency?.code ?? ''}`;
  const row = rows.get(key);
  rows.set(key, {
    of,
    ...(currency === null ? {} : { currency }),
    count: (row?.count ?? 0) + count,
    amountMinor: (row?.amountMinor ?? 0) + amountMinor,
  });
}
