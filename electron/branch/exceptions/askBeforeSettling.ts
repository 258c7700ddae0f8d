// Before money is given back or carried in suspense, head office is asked once more, where it can be: a late copy of the refused request may
// have gone through since. What the account shows then closes the case by itself. Without a line the manager decides with what is known;
// should head office post it later, the case opens again.

import { effectsOf, type CommandPayload } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { Resolution } from '../../../shared/domain/records.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { readSetting } from '../../journal/settings.ts';
import type { AccountKind, ReadStore } from '../../ports/store.ts';
import type { ShelfTargets } from '../../ports/sync.ts';
import type { BranchParts } from '../parts.ts';
import { ownCredential } from '../session/ownCredential.ts';
import type { Session } from '../session/sessions.ts';
import { casesOfReceipt } from './casesOfReceipt.ts';
import { isRecoverable } from './suspense.ts';

/** The ways out after which head office must not hold it. */
const GIVES_UP: ReadonlySet<Resolution> = new Set<Resolution>(['reverse', 'suspend', 'correct', 'withdraw']);

export async function askBeforeSettling(
  parts: BranchParts,
  session: Session,
  input: { readonly exceptionId: LocalId; readonly resolution: Resolution; readonly whole?: boolean },
): Promise<void> {
  if (!GIVES_UP.has(input.resolution)) return;
  const asked = parts.store.read((read) => {
    if (parts.sync.state().line !== 'up' || readSetting(read, 'offlineDeclared') !== null) return null;
    const exception = read.exception(input.exceptionId);
    if (exception === null || (exception.closedAt !== null && !isRecoverable(read, exception))) return null;
    const command = read.command(exception.commandId);
    if (command === null) return null;
    const receipt = input.whole === true && command.receiptId !== null ? read.receipt(command.receiptId) : null;
    const together = receipt === null ? [command] : casesOfReceipt(read, receipt).map((each) => each.command);
    return { command, targets: togetherOf(together.map((each) => targetsOf(read, each.payload))) };
  });
  const credential = asked === null ? null : ownCredential(parts, session.username);
  if (asked === null || credential === null) return;
  // What stands in no account is looked up by its own mark.
  if (asked.targets === null) await parts.sync.lookAgain(asked.command.commandId, credential);
  else await parts.sync.refresh(asked.targets, credential);
}

/** One reading for all; null where one of them stands in no account. */
function togetherOf(targets: readonly (ShelfTargets | null)[]): ShelfTargets | null {
  const all = targets.filter((each) => each !== null);
  if (all.length < targets.length) return null;
  return { loans: all.flatMap(({ loans }) => loans ?? []), savings: all.flatMap(({ savings }) => savings ?? []) };
}

function targetsOf(read: ReadStore, payload: CommandPayload): ShelfTargets | null {
  const effects = effectsOf(payload);
  if (effects.length === 0) return null;
  const idsOf = (kind: AccountKind): readonly number[] =>
    effects.flatMap(({ accountKind, accountId }) => (accountKind === kind ? (read.serverIdOf(kind, accountId) ?? []) : []));
  return { loans: idsOf('loan'), savings: idsOf('savings') };
}
