// What the branch knows of a record, as short facts for a case: what was believed beside what head office shows now.

import type { RecordRef } from '../../shared/domain/commands/kinds/kind.ts';
import type { ReadStore } from '../ports/store.ts';
import { centerHere } from './centersHere.ts';
import { payerOf } from './payerOf.ts';

/** By name; a state as its own short word. Empty where there is no such record. */
export function recordFacts(read: ReadStore, record: RecordRef | null): Readonly<Record<string, string>> {
  switch (record?.kind) {
    case 'client': {
      const client = read.client(record.localId);
      return client === null
        ? {}
        : { name: client.displayName, accountNo: client.accountNo, clientStatus: client.gone ? 'gone' : client.status };
    }
    case 'group': {
      const group = read.group(record.localId);
      return group === null ? {} : { name: group.name, accountNo: group.accountNo };
    }
    case 'center': {
      const center = centerHere(read, record.localId);
      return center === null ? {} : { name: center.name, accountNo: center.accountNo };
    }
    case 'savings':
    case 'loan': {
      const account = record.kind === 'savings' ? read.savings(record.localId) : read.loan(record.localId);
      if (account === null) return {};
      const { name } = payerOf(read, account);
      return { ...(name === '' ? {} : { name }), accountNo: account.accountNo };
    }
    default:
      return {};
  }
}
