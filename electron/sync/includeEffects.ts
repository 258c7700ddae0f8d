// After an account was pulled whole: what of ours does it contain? An effect that is contained must not be counted again; one that was
// contained and no longer is may have vanished at head office, which a look-up has to confirm (I6, field-rules 1.10); and one that a refusal
// or a manager had ended, and that stands there all the same, is never left as it is. Runs in the transaction of the rows it judges.

import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import type { Transition } from '../../shared/domain/commands/applyOutcome.ts';
import { carriesMark, isEqualPosting, recognisedPosting } from '../../shared/domain/accounts/posting.ts';
import { isDisbursalUndo } from '../../shared/domain/commands/kinds/disbursalUndo.ts';
import { effectsOf, payloadThere } from '../../shared/domain/commands/kinds/allKinds.ts';
import type { ExpectedPosting } from '../../shared/domain/commands/kinds/kind.ts';
import { CLOCK_TOLERANCE_MS } from '../../shared/domain/clock/clockDoubt.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { JournalParts } from '../journal/parts.ts';
import { moveCommand } from '../journal/moveCommand.ts';
import { isTransactionOf } from '../journal/isTransactionOf.ts';
import { MAY_BE_TOLD } from '../journal/undonePayout.ts';
import type { PulledTransaction } from '../ports/headOffice.ts';
import type { AccountKind, EffectRecord, WriteStore } from '../ports/store.ts';

/** A confirmed effect older than this is no longer compared at every pull; the weekly proof opens it again. */
const RETIRE_AFTER_MS = 14 * 24 * 3_600_000;

/** Answers the commands whose transaction head office seems to have lost. `askedAt`: when the request that brought the rows was made. */
export function includeEffects(
  write: WriteStore,
  parts: JournalParts,
  accountKind: AccountKind,
  accountId: LocalId,
  askedAt: number,
  by: string,
): readonly LocalId[] {
  const effects = [...write.effectsOf(accountKind, accountId), ...write.settledEffectsOf(accountKind, accountId)];
  if (effects.length === 0) return [];
  const transactions = accountKind === 'loan' ? write.loanTransactions(accountId) : write.savingsTransactions(accountId);
  const suspects: LocalId[] = [];
  const commandOf = (effect: EffectRecord): CommandRecord => {
    const command = write.command(effect.commandId);
    assert(command !== null, 'an effect has its command');
    return command;
  };
  const isThere = (effect: EffectRecord): boolean => transactions.some((transaction) => isTransactionOf(effect, transaction));
  for (const effect of effects) {
    const command = commandOf(effect);
    const other = pairedBy(effect, command, effects, commandOf);
    // Undone by a command of ours, neither leaves a trace in the row: it holds both where the payout's own transaction is gone.
    const included =
      other === null ? isThere(effect) : other.undoes ? other.isTold && !isThere(other.effect) : isThere(effect) || other.isTold;
    switch (command.state) {
      case 'accepted':
        if (included !== effect.included) write.saveEffect(effect, { included });
        if (included && command.recordedAt < askedAt - RETIRE_AFTER_MS) write.saveEffect(effect, { standing: 'retired' });
        if (!included && command.sentAt !== null && isBefore(command.sentAt, askedAt)) suspects.push(effect.commandId);
        break;
      case 'rejected':
      case 'resolved':
      case 'withdrawn': {
        const transition = contradictionOf(write, command, effect, effects, transactions, askedAt);
        if (transition !== null) moveCommand(write, parts, command.commandId, transition, by);
        else if (effectsOf(command.payload).length > 1) {
          // Its other account told what became of it; this one says for itself whether it holds its part.
          if (effect.standing !== 'dropped' && included !== effect.included) write.saveEffect(effect, { included });
          if (isRecognised(command, effect) && !included) suspects.push(effect.commandId);
        } else if (isRecognised(command, effect)) {
          const standing = recognisedAs(command, effect, effects, transactions);
          if (standing === null) suspects.push(effect.commandId);
          else if (standing.serverTransactionId !== effect.marker.serverTransactionId)
            write.saveEffect(effect, { serverTransactionId: standing.serverTransactionId });
        }
        break;
      }
      default:
        if (included !== effect.included) write.saveEffect(effect, { included });
    }
  }
  return suspects;
}

interface Paired {
  /** Of the payout, or of what undoes it. */
  readonly effect: EffectRecord;
  /** Whether the one that was asked for undoes that one. */
  readonly undoes: boolean;
  /** What undoes it may be at head office. */
  readonly isTold: boolean;
}

/** Of a payout what undoes it, and of that the payout; null of anything else. */
function pairedBy(
  effect: EffectRecord,
  command: CommandRecord,
  effects: readonly EffectRecord[],
  commandOf: (effect: EffectRecord) => CommandRecord,
): Paired | null {
  const { payload } = command;
  for (const other of effects) {
    const { payload: said, state } = commandOf(other);
    if (isDisbursalUndo(payload) && payload.disbursalId === other.commandId)
      return { effect: other, undoes: true, isTold: MAY_BE_TOLD.has(command.state) };
    if (isDisbursalUndo(said) && said.disbursalId === effect.commandId && MAY_BE_TOLD.has(state))
      return { effect: other, undoes: false, isTold: true };
  }
  return null;
}

/** A manager said which transaction at head office stands for it, and it counts. */
export function isRecognised(command: CommandRecord, effect: EffectRecord): boolean {
  return (
    command.state === 'resolved' &&
    command.lastOutcome?.kind === 'accepted' &&
    command.lastOutcome.how === 'recognised' &&
    effect.standing === 'counts'
  );
}

/** How that account shows it. */
function postingOf(command: CommandRecord, { accountId }: EffectRecord): ExpectedPosting {
  const touched = effectsOf(payloadThere(command)).find((each) => each.accountId === accountId);
  assert(touched !== undefined, 'what has an effect touches its account');
  return touched.posting;
}

/** And as it was first asked for: a copy of that may come late, whatever day was said since. */
function postingsOf(command: CommandRecord, effect: EffectRecord): readonly ExpectedPosting[] {
  const first = effectsOf(command.payload).find(({ accountId }) => accountId === effect.accountId)?.posting;
  return [postingOf(command, effect), ...(first === undefined ? [] : [first])];
}

/** The transaction that a manager recognised, as the account shows it now; null when it stands no longer. */
export function recognisedAs(
  command: CommandRecord,
  effect: EffectRecord,
  effects: readonly EffectRecord[],
  transactions: readonly PulledTransaction[],
): PulledTransaction | null {
  const others = effects.filter((other) => other.commandId !== effect.commandId && other.standing !== 'dropped');
  return recognisedPosting(
    postingOf(command, effect),
    effect.marker.serverTransactionId ?? command.serverResourceId,
    transactions,
    (posting) =>
      others.some((other) => other.marker.serverTransactionId === posting.serverTransactionId || carriesMark(other.marker, posting)),
  );
}

/** What follows when the books of head office say otherwise than the end that the command has here; null when both agree. */
function contradictionOf(
  write: WriteStore,
  command: CommandRecord,
  effect: EffectRecord,
  effects: readonly EffectRecord[],
  transactions: readonly PulledTransaction[],
  askedAt: number,
): Transition | null {
  if (!isNewsTo(write, command, askedAt)) return null;
  const postings = postingsOf(command, effect);
  const own =
    transactions.find(
      (transaction) => carriesMark(effect.marker, transaction) && postings.some((posting) => isEqualPosting(posting, transaction)),
    ) ?? null;
  const isContradicted = command.state === 'rejected' && write.openExceptionOf(command.commandId)?.kind === 'postedAfterAll';
  if (isContradicted) {
    const earlier = write.exceptionsOf(command.commandId).at(-2)?.resolution;
    assert(earlier !== undefined && earlier !== null, 'what appeared after all had been settled before');
    return own === null ? { kind: 'undone', earlier } : null;
  }
  if (own === null) return null;
  const { serverTransactionId } = own;
  if (command.state === 'rejected') return { kind: 'found', serverTransactionId };
  if (effect.standing === 'dropped') return { kind: 'appear', serverTransactionId };
  // Somebody else's posting was recognised, and then ours came as well: the client's money stands there twice.
  const recognised = isRecognised(command, effect) ? recognisedAs(command, effect, effects, transactions) : null;
  return recognised !== null && recognised.serverTransactionId !== serverTransactionId ? { kind: 'appear', serverTransactionId } : null;
}

/** An answer that was asked for before the last step of the command tells of an earlier day. */
function isNewsTo(write: WriteStore, command: CommandRecord, askedAt: number): boolean {
  return isBefore(write.commandEvents(command.commandId).at(-1)?.at ?? null, askedAt);
}

/** Of two moments of the wall clock. One that lies far ahead was told by a clock that has been set right since, so it is long gone. */
function isBefore(at: number | null, askedAt: number): boolean {
  return at === null || at < askedAt || at > askedAt + CLOCK_TOLERANCE_MS;
}
