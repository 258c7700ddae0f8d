// What this branch itself held on a savings account or let go, and head office's own row does not show yet: laid over what that row says is held (I6).
// A hold is head office's as soon as its account was read with it: by the mark in its reason, and once that is emptied by its number.

import { firstMark } from '../../shared/domain/commands/anew.ts';
import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import { heldBy } from '../../shared/domain/commands/kinds/allKinds.ts';
import { isSavingsHold, type SavingsHoldPayload } from '../../shared/domain/commands/kinds/savingsHold.ts';
import { isSavingsRelease, type SavingsReleasePayload } from '../../shared/domain/commands/kinds/savingsRelease.ts';
import type { HoldState } from '../../shared/domain/savings/hold.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { PulledTransaction } from '../ports/headOffice.ts';
import type { ReadStore, SavingsRecord } from '../ports/store.ts';
import { countsStill } from './countsStill.ts';
import { decisionsOn } from './decidedOn.ts';

export interface HoldOn {
  /** Of one that was made here; null of head office's own. */
  readonly holdId: LocalId | null;
  /** Null until head office shows it. */
  readonly serverTransactionId: number | null;
  /** Whole minor units, always positive. */
  readonly amountMinor: number;
  readonly reason: string | null;
  readonly since: BusinessDate;
  readonly state: Exclude<HoldState, null>;
  /** What holds it, where that was done here. */
  readonly hold: CommandRecord | null;
  /** What lets it go, as far as that was done here and head office does not show it; also one that was refused. */
  readonly release: CommandRecord | null;
}

type Account = Pick<SavingsRecord, 'savingsId' | 'onHoldMinor' | 'pulledAt'>;
type Held = CommandRecord & { readonly payload: SavingsHoldPayload };
type LetGo = CommandRecord & { readonly payload: SavingsReleasePayload };

/** In whole minor units, and less than nothing where more was let go: what lies over the amount that head office's row says is held. */
export function heldHereMinor(read: ReadStore, savings: Account): number {
  const { holds, releases } = factsOn(read, savings);
  const isOver = (command: CommandRecord): boolean => countsStill(read, command, savings.pulledAt);
  // Most accounts have neither, and nobody reads their transactions for it.
  if (!holds.some(isOver) && !releases.some(isOver)) return 0;
  return listed(read, savings, holds, releases).reduce((sum, { amountMinor, serverTransactionId, state }) => {
    const isOwn = serverTransactionId === null && state !== 'refused';
    return sum + (isOwn ? amountMinor : 0) - (state === 'lettingGo' ? amountMinor : 0);
  }, 0);
}

/** What is held now, the latest first, each with how it came and what becomes of it; what was let go and is told stands there no more. */
export function holdsOn(read: ReadStore, savings: Account): readonly HoldOn[] {
  const { holds, releases } = factsOn(read, savings);
  const isOver = (command: CommandRecord): boolean => countsStill(read, command, savings.pulledAt) || command.state === 'rejected';
  if (savings.onHoldMinor === 0 && !holds.some(isOver) && !releases.some(isOver)) return [];
  return listed(read, savings, holds, releases);
}

function factsOn(read: ReadStore, { savingsId }: Account): { readonly holds: readonly Held[]; readonly releases: readonly LetGo[] } {
  const facts = decisionsOn(read, { kind: 'savings', localId: savingsId }).filter(
    ({ payload, state }) => heldBy(payload) !== null && state !== 'withdrawn',
  );
  const isHeld = (fact: CommandRecord): fact is Held => isSavingsHold(fact.payload);
  const isLetGo = (fact: CommandRecord): fact is LetGo => isSavingsRelease(fact.payload);
  return { holds: facts.filter(isHeld), releases: facts.filter(isLetGo) };
}

function listed(read: ReadStore, savings: Account, holds: readonly Held[], releases: readonly LetGo[]): readonly HoldOn[] {
  const { savingsId, pulledAt } = savings;
  const rows = read.savingsTransactions(savingsId).filter(({ hold, reversed }) => hold !== undefined && !reversed);
  const counts = (command: CommandRecord | null): boolean => command !== null && countsStill(read, command, pulledAt);
  const releaseOf = (holdId: LocalId | null, serverTransactionId: number | null): LetGo | null => {
    const all = releases.filter(
      ({ payload }) =>
        (holdId !== null && payload.holdId === holdId) || (serverTransactionId !== null && payload.holdServerId === serverTransactionId),
    );
    return all.find(counts) ?? all.find(({ state }) => state === 'rejected') ?? null;
  };
  const there = rows.flatMap((row): readonly HoldOn[] => {
    if (row.hold?.releasedBy !== null) return [];
    const { serverTransactionId } = row;
    const hold = holds.find((command) => isRowOf(command, row)) ?? null;
    const holdId = hold?.payload.holdId ?? null;
    const release = releaseOf(holdId, serverTransactionId);
    return [
      {
        holdId,
        serverTransactionId,
        amountMinor: Math.abs(row.amountMinor),
        reason: row.hold.reason,
        since: row.businessDate,
        state: counts(release) ? 'lettingGo' : 'held',
        hold,
        release,
      },
    ];
  });
  const here = holds.flatMap((hold): readonly HoldOn[] => {
    const isRefused = hold.state === 'rejected';
    if ((!isRefused && !counts(hold)) || rows.some((row) => isRowOf(hold, row))) return [];
    const { holdId, amountMinor, reason, heldOn } = hold.payload;
    const release = releaseOf(holdId, null);
    const state = isRefused ? 'refused' : counts(release) ? 'lettingGo' : 'held';
    return [{ holdId, serverTransactionId: null, amountMinor, reason, since: heldOn, state, hold, release }];
  });
  return [...here, ...there.toReversed()];
}

/** By its mark, under whichever submission; where head office emptied the reason, by the number that it answered. */
function isRowOf(
  { commandId, payload, serverResourceId }: Held,
  { externalId, serverTransactionId, amountMinor, hold }: PulledTransaction,
): boolean {
  if (externalId !== null) return firstMark(externalId) === commandId;
  return hold?.reason === null && serverTransactionId === serverResourceId && Math.abs(amountMinor) === payload.amountMinor;
}
