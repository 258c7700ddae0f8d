// Effects of commands on provisional views (I6).

import { assertInvariant } from '../../../shared/kernel/assert.ts';
import type { EffectChange, EffectReads, EffectRecord, EffectWrites } from '../../ports/store.ts';
import { journalEffects } from '../schema/journal/effects.ts';
import { change, insertInto, numbersOf, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

type Row = typeof journalEffects.$inferSelect;

function effectOf(row: Row): EffectRecord {
  return {
    commandId: row.commandId,
    accountKind: row.accountKind,
    accountId: row.accountId,
    deltaMinor: row.deltaMinor,
    feeMinor: row.feeMinor,
    standing: row.standing,
    included: row.included,
    marker: {
      externalId: row.markerExternalId,
      receiptNumber: row.markerReceiptNumber,
      serverTransactionId: row.markerServerTransactionId,
    },
  };
}

export function readEffects(session: Session): EffectReads {
  const byCommand = selectFrom(session, journalEffects, 'WHERE command_id = ? ORDER BY position');
  const of = selectFrom(
    session,
    journalEffects,
    `WHERE account_id = ? AND account_kind = ? AND standing IN ('counts', 'disputed') ORDER BY position`,
  );
  const dropped = selectFrom(
    session,
    journalEffects,
    `WHERE account_id = ? AND account_kind = ? AND standing = 'dropped' ORDER BY position`,
  );
  return {
    effectsOfCommand: (commandId) => byCommand.all(commandId).map(effectOf),
    effectsOf: (accountKind, accountId) => of.all(accountId, accountKind).map(effectOf),
    settledEffectsOf: (accountKind, accountId) => dropped.all(accountId, accountKind).map(effectOf),
  };
}

export function writeEffects(session: Session): EffectWrites {
  const insert = insertInto(session, journalEffects);
  const SAVE = `UPDATE journal_effects SET standing = coalesce(?, standing), included = coalesce(?, included),
       marker_server_transaction_id = coalesce(?, marker_server_transaction_id)
     WHERE command_id = ?`;
  const saveAll = change(session, SAVE);
  const saveOne = change(session, `${SAVE} AND account_id = ? AND account_kind = ?`);
  const valuesOf = ({ standing, included, serverTransactionId }: EffectChange) =>
    [standing ?? null, included === undefined ? null : included ? 1 : 0, serverTransactionId ?? null] as const;
  const retiredAfter = numbersOf(
    session,
    `SELECT position FROM journal_effects WHERE standing = 'retired' AND position > ? ORDER BY position LIMIT ?`,
  );
  const reopen = change(
    session,
    `UPDATE journal_effects SET standing = 'counts' WHERE standing = 'retired' AND position > ? AND position <= ?`,
  );
  return {
    insertEffect: ({ marker, ...effect }) =>
      insert({
        ...effect,
        markerExternalId: marker.externalId,
        markerReceiptNumber: marker.receiptNumber,
        markerServerTransactionId: marker.serverTransactionId,
      }),
    saveEffect: ({ commandId, accountKind, accountId }, changed) => {
      const saved = saveOne(...valuesOf(changed), commandId, accountId, accountKind);
      assertInvariant(saved === 1, 'I6', 'an effect that changes was recorded before');
    },
    saveEffects: (commandId, changed) => {
      const saved = saveAll(...valuesOf(changed), commandId);
      assertInvariant(saved > 0, 'I6', 'an effect that changes was recorded before');
    },
    reopenRetiredEffects: (afterPosition, most) => {
      const through = retiredAfter(afterPosition, most).at(-1) ?? null;
      if (through !== null) reopen(afterPosition, through);
      return through;
    },
  };
}
