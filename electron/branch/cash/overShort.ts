// What was over and what was short when drawers were counted, person by person and currency by currency. Everybody may look at their own; all of
// them are for whoever closes the day.

import type { AnswerOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import { controlLimits, isOutside } from '../../../shared/domain/cash/overShort.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { identityOf } from '../../journal/settings.ts';
import type { DrawerRecord, ReadStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import { isSamePerson } from '../session/samePerson.ts';
import type { Session } from '../session/sessions.ts';
import { currencyNamed } from './currencies.ts';

/** Of the whole branch: some months of four counters. */
const LOOKED_AT_MOST = 1_000;
const OF_ONE_MOST = 30;

type Answer = AnswerOf<BranchContract['cash']['showOverShort']>;

export function showOverShort({ store, clock }: BranchParts, session: Session): Answer {
  return store.read((read) => {
    const seesAll = isPermitted('day.close', new Set(read.staff(session.username)?.permissions ?? []));
    const drawers = read.drawersClosed(LOOKED_AT_MOST).filter(({ username }) => seesAll || isSamePerson(read, username, session.username));
    const people = [...Map.groupBy(drawers, ({ username, currency }) => `${currency} ${username}`).values()];
    const { institution, officeName, practice } = identityOf(read);
    const paper = { institution, officeName, practice, madeAt: clock.now() };
    return ok({ seesAll, ...paper, people: people.flatMap((own) => historyOf(read, own.slice(0, OF_ONE_MOST).toReversed())) });
  });
}

/** `drawers`: of one person in one currency, the oldest first. */
function historyOf(read: ReadStore, drawers: readonly DrawerRecord[]) {
  const [first] = drawers;
  if (first === undefined) return [];
  const differences = drawers.map(({ differenceMinor }) => differenceMinor ?? 0);
  const limits = controlLimits(differences);
  return [
    {
      username: first.username,
      name: read.staff(first.username)?.displayName ?? first.username,
      currency: currencyNamed(read, first.currency),
      netMinor: differences.reduce((sum, each) => sum + each, 0),
      short: differences.filter((each) => each < 0).length,
      over: differences.filter((each) => each > 0).length,
      limits,
      drawers: drawers.map((drawer) => ({
        drawerId: drawer.drawerId,
        name: drawer.name,
        businessDate: drawer.businessDate,
        differenceMinor: drawer.differenceMinor ?? 0,
        reason: drawer.reason ?? '',
        outside: isOutside(drawer.differenceMinor ?? 0, limits),
        report: read.reportOfDrawer(drawer.drawerId)?.number ?? null,
      })),
    },
  ];
}
