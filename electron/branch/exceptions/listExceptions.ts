// The cases, open or closed, and the money that stands in suspense with its age in calendar days.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { amountOf, signedMinor } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { daysBetween } from '../../../shared/kernel/businessDate.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { identityOf } from '../../journal/settings.ts';
import { currencyOfCommand } from '../cash/currencies.ts';
import { sumsByCurrency } from '../cash/sumsByCurrency.ts';
import { standingOf } from '../counter/receiptLine.ts';
import { paperOf } from '../desk/syncItem.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';
import { caseBeside } from './caseBeside.ts';
import { exceptionView } from './exceptionView.ts';
import { isRecoverable, postingOf, standsInSuspense } from './suspense.ts';

type Exceptions = BranchContract['exceptions'];
const CASES_MOST = 200;

export function listExceptions(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<Exceptions['list']>,
): AnswerOf<Exceptions['list']> {
  return parts.store.read((read) =>
    ok(read.exceptionsWhere(input.show === 'open', CASES_MOST).map((exception) => exceptionView(read, parts, exception, session.username))),
  );
}

export function showException(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<Exceptions['show']>,
): AnswerOf<Exceptions['show']> {
  return parts.store.read((read) => {
    const exception = read.exception(input.exceptionId);
    if (exception === null) return refuse({ code: 'exception.unknown' });
    const view = exceptionView(read, parts, exception, session.username);
    return ok({ ...view, beside: caseBeside(read, parts, exception, view.clientId) });
  });
}

export function listSuspense(parts: BranchParts): AnswerOf<Exceptions['listSuspense']> {
  return parts.store.read((read) => {
    const today = currentBusinessDate(read, parts.clock);
    const rows = read.suspendedExceptions().flatMap((exception) => {
      const command = read.command(exception.commandId);
      if (command === null || exception.closedAt === null || !standsInSuspense(read, exception)) return [];
      const { receipt, placed } = paperOf(read, command);
      const since = parts.clock.localDate(exception.closedAt);
      const posting = postingOf(read, exception);
      return [
        {
          exceptionId: exception.exceptionId,
          clientName: receipt?.clientName ?? '',
          accountNo: placed?.posting.accountNo ?? '',
          receiptNumber: receipt?.number ?? null,
          // What the branch is owed is positive; what it owes a client is negative.
          currency: receipt?.currency ?? currencyOfCommand(read, command),
          amountMinor: -signedMinor(command.kind, amountOf(command.payload)?.amountMinor ?? 0),
          since,
          ageDays: Math.max(daysBetween(since, today), 0),
          reason: exception.reason ?? '',
          by: read.staff(exception.closedBy ?? '')?.displayName ?? exception.closedBy ?? '',
          recoverable: isRecoverable(read, exception),
          standing: posting === null ? ('savedHere' as const) : standingOf(posting.state),
        },
      ];
    });
    const { ownMinor, ...others } = sumsByCurrency(
      identityOf(read).currency,
      rows.map(({ currency, amountMinor }) => ({ currency, minor: amountMinor })),
    );
    return ok({ rows, totalMinor: ownMinor, ...others });
  });
}
