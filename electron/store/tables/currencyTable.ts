// In which money the accounts of the replica are kept, read off an index made for it.

import type { CurrencyReads } from '../../ports/store/settings.ts';
import { rowsOf } from '../statements.ts';
import type { Session } from '../statements.ts';

interface InUse {
  readonly code: string;
  readonly decimals: number;
  readonly accounts: number;
}

export function readCurrencies(session: Session): CurrencyReads {
  const shelves = ['replica_loans', 'replica_savings'].map((table) =>
    rowsOf<InUse>(
      session,
      `SELECT currency_code AS code, currency_decimals AS decimals, count(*) AS accounts FROM ${table}
       WHERE gone = 0 GROUP BY currency_code, currency_decimals`,
    ),
  );
  return {
    currenciesInUse: () => {
      const byCode = new Map<string, InUse>();
      for (const each of shelves.flatMap((read) => read())) {
        const before = byCode.get(each.code);
        // One code with several places counts as it is kept most often.
        const most = before === undefined || each.accounts > before.accounts ? each : before;
        byCode.set(each.code, { code: each.code, decimals: most.decimals, accounts: each.accounts + (before?.accounts ?? 0) });
      }
      return [...byCode.values()].sort((one, other) => other.accounts - one.accounts || one.code.localeCompare(other.code));
    },
  };
}
