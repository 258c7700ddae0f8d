// A receipt, or a line of it, is undone before head office was told: the money goes the other way on a paper of its own, and what was promised is
// given up (I8: the first paper stays as it is). Somebody other than the maker does it, as with a case. What has left the branch is undone at
// head office, and comes back here as a case.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isUnsent } from '../../../shared/domain/commands/applyOutcome.ts';
import { isFinished, type CommandRecord } from '../../../shared/domain/commands/command.ts';
import { counterPaperOf, isPaidOut } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { reconcileSavings } from '../../../shared/domain/accounts/reconcile.ts';
import { placedPostings, type PlacedPosting } from '../../../shared/domain/receipts/lines.ts';
import { paysOut } from '../../../shared/domain/receipts/paysOut.ts';
import { sumMinor } from '../../../shared/kernel/money.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { childrenOf } from '../../journal/giveUpCommand.ts';
import { heldHereMinor } from '../../journal/heldHere.ts';
import { moveCommand } from '../../journal/moveCommand.ts';
import { identityOf } from '../../journal/settings.ts';
import { dateDoubt } from '../cash/dateDoubt.ts';
import type { ReadStore } from '../../ports/store.ts';
import { recordCounterPaper } from '../exceptions/counterPaper.ts';
import { drawerForCase } from '../exceptions/drawerForCase.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import { isSamePerson } from '../session/samePerson.ts';
import type { Session } from '../session/sessions.ts';
import { hasCash } from './operationDay.ts';
import { receiptLine } from './receiptLine.ts';

type Method = BranchContract['receipts']['void'];

interface Undone {
  readonly placed: PlacedPosting;
  readonly command: CommandRecord;
}

export function voidReceipt(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.write((write): AnswerOf<Method> => {
    const receipt = write.receipt(input.receiptId);
    if (receipt === null) return refuse({ code: 'receipt.unknown' });
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    if (identityOf(write).newCodeSince !== undefined) return refuse({ code: 'device.newCodeNeeded' });
    const doubt = dateDoubt(write, parts.clock, currentBusinessDate(write, parts.clock));
    if (doubt !== null) return refuse({ code: 'businessDay.otherThanHeadOffice', facts: { ...doubt } });
    const all = placedPostings(receipt);
    const chosen = input.line === undefined ? all : all.filter((_, index) => index + 1 === input.line);
    if (chosen.length === 0) return refuse({ code: 'receipt.noSuchLine' });
    // Of the whole, what was undone line by line before is not undone once more.
    const undone = chosen.flatMap((placed): Undone[] => {
      const command = placed.posting.commandId === null ? null : write.command(placed.posting.commandId);
      return command === null || command.state === 'withdrawn' ? [] : [{ placed, command }];
    });
    const [first] = undone;
    if (first === undefined) return refuse({ code: 'receipt.nothingToUndo' });
    if (undone.some(({ command }) => isSamePerson(write, command.recordedBy, session.username)))
      return refuse({ code: 'receipt.makerCannotVoid' });
    const sent = undone.find(({ command }) => !isUnsent(command));
    if (sent !== undefined)
      return refuse({
        code: isFinished(sent.command.state) ? 'receipt.atHeadOffice' : 'receipt.onItsWay',
        facts: { mark: sent.placed.mark },
      });
    if (undone.some(({ command }) => childrenOf(write, command.commandId).length > 0)) return refuse({ code: 'resolution.childrenStay' });
    const spent = undone.find(({ placed }) => isSpent(write, placed));
    if (spent !== undefined) return refuse({ code: 'receipt.spentSince', facts: { mark: spent.placed.mark } });

    const drawer = drawerForCase(write, first.command, session.username);
    const isOut = isPaidOut(first.command.kind);
    const sumOfAll = sumMinor(undone.map(({ placed }) => placed.posting.amountMinor));
    if (receipt.cash && drawer === null) return refuse({ code: 'receipt.drawerNeeded' });
    if (receipt.cash && drawer !== null && !isOut && !hasCash(write, drawer, sumOfAll)) return refuse({ code: 'drawer.notEnoughCash' });

    for (const { command } of undone) moveCommand(write, parts, command.commandId, { kind: 'withdraw', why: 'voided' }, session.username);
    const paper = recordCounterPaper(
      write,
      parts,
      counterPaperOf(first.command.kind, 'back'),
      receipt,
      undone.map(({ placed }) => placed),
      drawer,
      session,
      clockWatch.doubtful(write),
    );
    appendEntry(write, parts.digest, {
      what: 'receipt.voided',
      by: session.username,
      businessDate: currentBusinessDate(write, parts.clock),
      at: paper.recordedAt,
      body: {
        receipt: receipt.number,
        marks: undone.map(({ placed }) => placed.mark),
        commands: undone.map(({ command }) => command.commandId),
        paper: paper.number,
        paperHash: paper.hash,
        amountMinor: sumOfAll,
        reason: input.reason,
      },
    });
    return ok(receiptLine(write, paper));
  });
}

/** A deposit that the client has drawn on since cannot be handed back: what went out of the account would stand on nothing. */
function isSpent(read: ReadStore, { posting }: PlacedPosting): boolean {
  if (posting.accountKind !== 'savings' || paysOut(posting.kind)) return false;
  const savings = read.savings(posting.accountId);
  if (savings === null) return false;
  return (
    reconcileSavings(savings, read.effectsOf('savings', savings.savingsId), heldHereMinor(read, savings)).availableMinor <
    posting.amountMinor
  );
}
