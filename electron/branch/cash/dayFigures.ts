// The figures of a day, or of a part of its receipts: by kind, by means, by cashier and by where each stands. Whatever is counted are papers. Money of two currencies
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
  const late = new Map<string, { readonly currency: Currency; readonly count: number; readonly amountMinor: number }>();
  const own = identityOf(read).currency.code;
  const undone: { number: string; undoes: string; currency: Currency; amountMinor: number }[] = [];
  let receipts = 0;
  let first: string | null = null;
  let last: string | null = null;
  for (let offset = 0; ; offset += PAGE) {
    const { rows, total } = read.receipts({ businessDate, offset, most: PAGE });
    for (const receipt of rows) {
      if (only !== undefined && !only.has(receipt.receiptId)) continue;
      const { postings, ...whole } = receiptLine(read, receipt);
      const kindsHere = new Set<string>();
      receipts += 1;
      const other = receipt.currency.code === own ? null : receipt.currency;
      postingsOf(receipt).forEach((posting, index) => {
        const signedMinor = paysOut(posting.kind) ? -posting.amountMinor : posting.amountMinor;
        add(kinds, posting.kind, other, signedMinor, kindsHere.has(posting.kind) ? 0 : 1);
        kindsHere.add(posting.kind);
        const stands = postings[index];
        if (stands !== undefined) add(standings, stands.closedAs ?? stands.standing, other, signedMinor, 0);
      });
      if (receipt.afterHoursOf !== undefined) {
        const row = late.get(receipt.currency.code) ?? { currency: receipt.currency, count: 0, amountMinor: 0 };
        const signedMinor = paysOut(receipt.kind) ? -receipt.amountMinor : receipt.amountMinor;
        late.set(receipt.currency.code, { ...row, count: row.count + 1, amountMinor: row.amountMinor + signedMinor });
      }
      // Each line's money stands where the line stands; the paper is counted once, where the list of receipts says that it stands.
      add(standings, whole.closedAs ?? whole.standing, other, 0);
      if (receipt.undoes !== undefined)
        undone.push({ number: receipt.number, undoes: receipt.undoes, currency: receipt.currency, amountMinor: receipt.amountMinor });
      if (!isUndoing(receipt.kind)) {
        const signedMinor = paysOut(receipt.kind) ? -receipt.amountMinor : receipt.amountMinor;
        const way = { name: receipt.paymentTypeName, cash: receipt.cash };
        addPart(ways, `${way.name} ${String(way.cash)}`, way, other, signedMinor);
        const username = read.receiptMaker(receipt.receiptId) ?? receipt.servedBy;
        addPart(cashiers, username, { name: receipt.servedBy, username, cash: false }, other, signedMinor);
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
    byCashier: toldApart([...cashiers.values()]),
    byStanding: [...standings.values()].map(({ of, ...sums }) => ({ standing: of, ...sums })),
    // The newest came first.
    undone: undone.reverse(),
    afterHours: [...late.values()],
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
  readonly username?: string;
  readonly cash: boolean;
  readonly currency?: Currency;
  readonly count: number;
  readonly inMinor: number;
  readonly outMinor: number;
}

/** The name is what people know each other by; the username stands beside it only where two of the day have one name. */
function toldApart(cashiers: readonly Part[]): Part[] {
  const usernames = Map.groupBy(cashiers, ({ name }) => name);
  return cashiers.map(({ username, ...part }) => {
    const namesakes = new Set(usernames.get(part.name)?.map((each) => each.username));
    return namesakes.size > 1 && username !== undefined ? { ...part, username } : part;
  });
}

function addPart(
  parts: Map<string, Part>,
  of: string,
  named: Pick<Part, 'name' | 'username' | 'cash'>,
  currency: Currency | null,
  signedMinor: number,
): void {
  const key = `${of} ${currency?.code ?? ''}`;
  const part = parts.get(key);
  parts.set(key, {
    ...named,
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
