// Savings accounts of the replica, always read and replaced whole.

import type { Parted, SavingsReads, SavingsRecord, SavingsWrites } from '../../ports/store.ts';
import { replicaSavings } from '../schema/replica/savings.ts';
import { replicaSavingsTransactions } from '../schema/replica/savingsTransactions.ts';
import { numberKey } from '../search/words.ts';
import { change, insertInto, numbersOf, replacing, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';
import { accountOwners } from './accountOwner.ts';
import type { ReplicaNoun } from './replicaNoun.ts';
import type { LearnServerIds } from './serverIdTable.ts';
import { readTransactionPages, writeTransactionPages } from './transactionPages.ts';

type Row = typeof replicaSavings.$inferSelect;

function savingsOf({ currencyCode, currencyDecimals, accountKey: _account, ...savings }: Row): SavingsRecord {
  return { ...savings, currency: { code: currencyCode, decimals: currencyDecimals } };
}

export function readSavings(session: Session): SavingsReads {
  const byId = selectFrom(session, replicaSavings, 'WHERE savings_id = ?');
  const of = selectFrom(session, replicaSavings, `WHERE client_id = ? AND gone = 0 ORDER BY status <> 'active', account_no`);
  const ofGroup = selectFrom(session, replicaSavings, `WHERE group_id = ? AND gone = 0 ORDER BY status <> 'active', account_no`);
  const waiting = selectFrom(
    session,
    replicaSavings,
    `INDEXED BY replica_savings_waiting WHERE gone = 0 AND status IN ('submitted', 'approved') ORDER BY account_no LIMIT ?`,
  );
  const numbered = numbersOf(session, 'SELECT server_id FROM replica_savings WHERE account_key = ? AND gone = 0 AND server_id IS NOT NULL');
  const transactions = selectFrom(session, replicaSavingsTransactions, 'WHERE savings_id = ?');
  const pages = readTransactionPages(session, (accountId) => transactions.one(accountId)?.transactions ?? null);
  return {
    savings: (savingsId) => {
      const row = byId.one(savingsId);
      return row === null ? null : savingsOf(row);
    },
    savingsOf: (clientId) => of.all(clientId).map(savingsOf),
    savingsOfGroup: (groupId) => ofGroup.all(groupId).flatMap((row) => (row.clientId === null ? [savingsOf(row)] : [])),
    savingsWaiting: (most) => waiting.all(most).map(savingsOf),
    savingsNumbered: (accountNo) => numbered(numberKey(accountNo)),
    newestSavingsTransactions: (savingsId, most) => pages.newest(savingsId, most),
    savingsTransactions: (savingsId) => pages.all(savingsId),
  };
}

export function writeSavings(session: Session, ids: LearnServerIds): ReplicaNoun<SavingsWrites> {
  const save = insertInto(session, replicaSavings, replacing(replicaSavings, 'savings_id'));
  const saveTransactions = insertInto(session, replicaSavingsTransactions, replacing(replicaSavingsTransactions, 'savings_id'));
  const pages = writeTransactionPages(session);
  const mark = change(session, 'UPDATE replica_savings SET gone = 1 WHERE server_id = ?');
  const before = selectFrom(session, replicaSavings, 'WHERE savings_id = ?');
  const markOwn = change(session, 'UPDATE replica_savings SET gone = 1 WHERE savings_id = ? AND server_id IS NULL');
  // Those that head office does not have yet come back from nowhere else.
  const drops = ['replica_savings WHERE server_id IS NOT NULL', 'replica_savings_transactions'].map((rows) =>
    change(session, `DELETE FROM ${rows}`),
  );
  const owners = accountOwners(session, ids, 'savings', 'replica_savings', 'savings_id');

  return {
    writes: {
      saveOwnSavings: ({ currency, ...savings }) => {
        // Head office's own row says more than what was asked for.
        if ((before.one(savings.savingsId)?.serverId ?? null) !== null) return;
        save({
          ...savings,
          serverId: null,
          currencyCode: currency.code,
          currencyDecimals: currency.decimals,
          gone: false,
          accountKey: numberKey(savings.accountNo),
        });
      },
      forgetOwnSavings: (savingsId) => void markOwn(savingsId),
      saveSavings: (rows, pulledAt, newId) => {
        const parted: Parted[] = [];
        for (const { clientServerId, groupServerId, currency, transactions, ...savings } of rows) {
          const clientId = clientServerId === null ? null : ids.learnServerId('client', clientServerId, newId);
          const groupId = groupServerId === null ? null : ids.learnServerId('group', groupServerId, newId);
          parted.push(...owners.part(savings.serverId, { clientId, groupId, externalId: savings.externalId }));
          const savingsId = ids.localIdFor('savings', savings.serverId, savings.externalId, newId, (ours) => {
            const own = before.one(ours);
            return own !== null && owners.isSame(own, { clientId, groupId, productName: savings.productName });
          });
          owners.alone(savings.serverId, savingsId);
          save({
            ...savings,
            savingsId,
            clientId,
            groupId,
            currencyCode: currency.code,
            currencyDecimals: currency.decimals,
            gone: false,
            pulledAt,
            accountKey: numberKey(savings.accountNo),
          });
          saveTransactions({ savingsId, transactions: pages.save(savingsId, transactions) });
        }
        return parted;
      },
    },
    markGone: (serverIds) => {
      for (const serverId of serverIds) mark(serverId);
    },
    drop: () => {
      for (const drop of drops) drop();
      pages.drop();
    },
  };
}
