// The comparison of the three books: asked for, under way, and what it found, in numbers and names that people know.

import type { AnswerOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { readSetting, saveSetting, syncStateOf, type ComparedRecord } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';
import type { SyncState } from '../../ports/sync.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

type Sync = BranchContract['sync'];
type Desk = Extract<AnswerOf<Sync['showDesk']>, { readonly ok: true }>['value'];
type Named = NonNullable<NonNullable<Desk['lastProof']>['books']>['receipts']['named'][number];

/** Only the ask is written here; the loop compares, when the line carries. */
export function askComparison(parts: BranchParts, session: Session): AnswerOf<Sync['compare']> {
  parts.store.write((write) => {
    const state = syncStateOf(write);
    if (state.comparisonAsked != null) return;
    saveSetting(write, 'syncState', { ...state, comparisonAsked: { by: session.username, at: parts.clock.now() } });
  });
  parts.sync.wake();
  parts.events.tell({ what: 'sync.changed' });
  return ok({});
}

export function comparisonUnderWay(read: ReadStore, state: SyncState): Desk['comparing'] {
  const { proof, comparisonAsked } = syncStateOf(read);
  if (proof === null && comparisonAsked == null) return null;
  const running = state.progress?.phase === 'proving' ? state.progress : null;
  return {
    askedAt: comparisonAsked?.at ?? null,
    by: nameOf(read, comparisonAsked?.by ?? null),
    startedAt: proof?.startedAt ?? null,
    isRunning: running !== null,
    shelf: running?.shelf ?? null,
    done: running?.done ?? 0,
    total: running?.total ?? null,
  };
}

export function comparedBooks(read: ReadStore): Desk['lastProof'] {
  const last = readSetting(read, 'lastProof');
  if (last === null) return null;
  const { at, equal, differences, startedAt = null, by = null, compared = 0, named = [], receipts, lost = [], unanswered = 0 } = last;
  return {
    at,
    equal,
    differences,
    startedAt,
    by: nameOf(read, by),
    books:
      receipts === undefined
        ? null
        : {
            receipts: { compared: receipts.compared, differ: receipts.differ, named: receipts.named.map((id) => receiptNamed(read, id)) },
            facts: { compared: receipts.confirmed, differ: lost.length, unanswered, named: lost.map((id) => factNamed(read, id)) },
            accounts: { compared, differ: differences, named: named.map((each) => accountNamed(read, each)) },
          },
  };
}

function nameOf(read: ReadStore, username: string | null): string | null {
  return username === null ? null : (read.staff(username)?.displayName ?? username);
}

const NOBODY: Named = { number: null, name: '', receiptId: null, clientId: null, groupId: null };

/** One that does not even say what its row says is named by that: its number and its client's, and no page of it can be opened. */
function receiptNamed(read: ReadStore, receiptId: LocalId): Named {
  const receipt = read.soundReceipt({ receiptId });
  if (receipt !== null) return { ...NOBODY, number: receipt.number, name: receipt.clientName, receiptId };
  const head = read.receiptHead(receiptId);
  if (head === null) return NOBODY;
  const { number, clientId } = head;
  return { ...NOBODY, number, clientId, name: clientId === null ? '' : (read.client(clientId)?.displayName ?? '') };
}

function factNamed(read: ReadStore, commandId: LocalId): Named {
  const command = read.command(commandId);
  return command?.receiptId == null ? NOBODY : receiptNamed(read, command.receiptId);
}

/** By its number, and whose it is where that is known here. */
function accountNamed(read: ReadStore, { shelf, serverId }: ComparedRecord): Named {
  const kind = shelf === 'loans' ? 'loan' : 'savings';
  const localId = read.localIdOf(kind, serverId);
  const account = localId === null ? null : kind === 'loan' ? read.loan(localId) : read.savings(localId);
  if (account === null) return { ...NOBODY, number: String(serverId) };
  const { clientId, groupId } = account;
  const owner = clientId === null ? (groupId === null ? null : read.group(groupId)?.name) : read.client(clientId)?.displayName;
  return { ...NOBODY, number: account.accountNo, name: owner ?? '', clientId, groupId: clientId === null ? groupId : null };
}
