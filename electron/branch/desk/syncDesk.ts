// The sync desk: everything unfinished in sending order, by kind, with its reason; the shelves that were pulled and the last proof.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { Standing } from '../../../shared/contract/shapes.ts';
import { closedAs, type EndedAs } from '../../../shared/domain/commands/closedAs.ts';
import { signedMinor, type CommandKindName } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { identityOf } from '../../journal/settings.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { countsBlind } from '../cash/countsBlind.ts';
import { currencyNamed } from '../cash/currencies.ts';
import { sumsByCurrency } from '../cash/sumsByCurrency.ts';
import { standingOf } from '../counter/receiptLine.ts';
import { windowOnDesk } from '../headOffice/windowOnDesk.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';
import { comparedBooks, comparisonUnderWay } from './comparedBooks.ts';
import { leftOutOnDesk } from './leftOutOnDesk.ts';
import { syncItem } from './syncItem.ts';
import { syncStatus } from './syncStatus.ts';
import { timelineOf } from './timeline.ts';

type Sync = BranchContract['sync'];

type KindSums = Record<'count' | Standing | EndedAs, number>;

export function showDesk(parts: BranchParts, session: Session, input: ParsedInputOf<Sync['showDesk']>): AnswerOf<Sync['showDesk']> {
  return parts.store.read((read) => {
    const now = parts.clock.now();
    const kinds = new Map<CommandKindName, KindSums>();
    const today = currentBusinessDate(read, parts.clock);
    const own = identityOf(read).currency;
    for (const row of read.countsByKind(today)) {
      const sums = kinds.get(row.kind) ?? {
        count: 0,
        confirmed: 0,
        sent: 0,
        savedHere: 0,
        needsYou: 0,
        reversed: 0,
        suspended: 0,
        withdrawn: 0,
      };
      sums.count += row.count;
      sums[closedAs(row.state, row.resolvedWhy) ?? standingOf(row.state)] += row.count;
      kinds.set(row.kind, sums);
    }
    const money = Map.groupBy(read.moneyByKind(today), ({ kind }) => kind);
    const withheld = countsBlind(read, session.username);
    const moneyOf = (kind: CommandKindName) => {
      const { ownMinor, ...others } = sumsByCurrency(
        own,
        (money.get(kind) ?? []).map(({ currency, amountMinor }) => ({
          currency: currency === null ? own : currencyNamed(read, currency),
          minor: signedMinor(kind, amountMinor),
        })),
      );
      return withheld ? { amountMinor: null } : { amountMinor: ownMinor, ...others };
    };
    return ok({
      status: syncStatus(read, parts),
      byKind: [...kinds].map(([kind, sums]) => ({ kind, ...sums, ...moneyOf(kind) })),
      unfinished: read.unfinishedCommands(input.most).map((command) => syncItem(read, parts.sync.state(), command, now, session.username)),
      unfinishedTotal: read.countUnfinished(),
      pulls: read
        .shelves()
        .map((shelf) => ({ shelf: shelf.shelf, rows: shelf.rows, headOfficeCount: shelf.headOfficeCount, pulledAt: shelf.pulledAt })),
      leftOut: [...leftOutOnDesk(read, parts.clock)],
      lastProof: comparedBooks(read),
      comparing: comparisonUnderWay(read, parts.sync.state()),
      window: windowOnDesk(read),
    });
  });
}

export function showItem(parts: BranchParts, session: Session, input: ParsedInputOf<Sync['showItem']>): AnswerOf<Sync['showItem']> {
  return parts.store.read((read) => {
    const command = read.command(input.commandId);
    if (command === null) return refuse({ code: 'command.unknown' });
    return ok({
      item: syncItem(read, parts.sync.state(), command, parts.clock.now(), session.username),
      timeline: timelineOf(read, command.commandId),
    });
  });
}
