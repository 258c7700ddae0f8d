// X and Z reports. What is closed leaves its Z in the same transaction: a number without a gap, the hash of the Z before it, and the figures as
// they were then. An X is the same figures now; whoever still has to count blind is not told them.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { differenceOf } from '../../../shared/domain/cash/cashSlip.ts';
import {
  isDrawerRight,
  reportHash,
  reportNumberOf,
  type DayReport,
  type ReportDrawer,
  type ReportSlip,
  type ReportVault,
  type TakenBack,
} from '../../../shared/domain/cash/dayReport.ts';
import { assertInvariant } from '../../../shared/kernel/assert.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { sumMinor } from '../../../shared/kernel/money.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { FIRST_HASH } from '../../journal/appendEntry.ts';
import { nextReportSequence } from '../../journal/paperNumbers.ts';
import { identityOf } from '../../journal/settings.ts';
import type { DrawerRecord, ReadStore, ReportRecord, WriteStore } from '../../ports/store.ts';
import { expectedInDrawer } from '../counter/operationDay.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';
import { countsBlind } from './countsBlind.ts';
import { currencyNamed } from './currencies.ts';
import { dayFigures } from './dayFigures.ts';
import { isDrawerTold } from './drawerView.ts';

type Cash = BranchContract['cash'];

interface Made {
  readonly at: number;
  readonly by: string;
}

function nameOf(read: ReadStore, username: string): string {
  return read.staff(username)?.displayName ?? username;
}

function drawerOnReport(read: ReadStore, drawer: DrawerRecord, agreedBy: string | null): ReportDrawer {
  const totals = read.drawerTotals(drawer.drawerId);
  const counts = read.drawerCounts(drawer.drawerId);
  const onPaper: ReportDrawer = {
    drawerId: drawer.drawerId,
    name: drawer.name,
    heldBy: nameOf(read, drawer.username),
    currency: currencyNamed(read, drawer.currency),
    openedAt: drawer.openedAt,
    closedAt: drawer.closedAt,
    openingMinor: drawer.openingMinor,
    openingPieces: drawer.openingPieces ?? null,
    ...totals,
    expectedMinor: expectedInDrawer(drawer, totals),
    countedMinor: drawer.countedMinor,
    differenceMinor: drawer.differenceMinor,
    pieces: drawer.closedAt === null ? null : (counts.at(-1)?.pieces ?? null),
    counts: counts.length,
    reason: drawer.reason ?? '',
    agreedBy,
  };
  assertInvariant(isDrawerRight(onPaper), 'I7', 'a report says what its drawer says');
  return onPaper;
}

function figuresOnReport(read: ReadStore, businessDate: BusinessDate, only?: ReadonlySet<string>) {
  const own = identityOf(read).currency;
  const figures = dayFigures(read, businessDate, only);
  const unconfirmed = figures.byStanding.filter(
    ({ standing }) => standing === 'savedHere' || standing === 'sent' || standing === 'needsYou',
  );
  const byCurrency = Map.groupBy(unconfirmed, ({ currency }) => currency?.code ?? own.code);
  return {
    byKind: figures.byKind.map(({ kind, currency, count, amountMinor }) => ({ kind, currency: currency ?? own, count, amountMinor })),
    byWay: figures.byWay.map((row) => ({ ...row, currency: row.currency ?? own })),
    receipts: figures.receipts,
    firstReceipt: figures.first,
    lastReceipt: figures.last,
    undone: figures.undone,
    ...(figures.afterHours.length === 0 ? {} : { afterHours: figures.afterHours }),
    unconfirmed: [...byCurrency.values()].map((rows) => ({
      currency: rows[0]?.currency ?? own,
      count: rows.reduce((sum, { count }) => sum + count, 0),
      amountMinor: rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    })),
  };
}

function headOf(read: ReadStore, made: Made) {
  const { institution, officeName, deviceCode, practice, zone } = identityOf(read);
  const head = read.lastEntry();
  return {
    institution,
    officeName,
    deviceCode,
    practice,
    zone,
    madeAt: made.at,
    madeBy: made.by,
    headEntry: head?.entry ?? 0,
    headHash: head?.hash ?? FIRST_HASH,
    number: null,
    previousHash: null,
    hash: null,
  };
}

/** Each currency in which the vault was counted once, and what its slips of that day did. */
function vaultsOnReport(read: ReadStore, businessDate: BusinessDate): readonly ReportVault[] {
  const slips = read.slipsOf(businessDate);
  return read.vaultSums().map(({ currency: code, minor }) => {
    const sums = slips.filter(({ currency }) => currency === code).map(({ vaultMinor }) => vaultMinor);
    const inMinor = sumMinor(sums.filter((each) => each > 0));
    const outMinor = sumMinor(sums.flatMap((each) => (each < 0 ? [-each] : [])));
    const last = slips.findLast(({ kind, currency }) => kind === 'vaultCount' && currency === code)?.body;
    return {
      currency: currencyNamed(read, code),
      openingMinor: minor - inMinor + outMinor,
      inMinor,
      outMinor,
      expectedMinor: minor,
      count: last === undefined ? null : { number: last.number, countedMinor: last.amountMinor, differenceMinor: differenceOf(last) ?? 0 },
    };
  });
}

/** `of`: of that drawer alone. */
function slipsOnReport(read: ReadStore, businessDate: BusinessDate, of: LocalId | null): readonly ReportSlip[] {
  return read
    .slipsOf(businessDate)
    .filter(({ body }) => of === null || body.drawers.some(({ drawerId }) => drawerId === of))
    .map(({ body: { number, kind, currency, amountMinor } }) => ({ number, kind, currency, amountMinor }));
}

function drawerReport(read: ReadStore, drawer: DrawerRecord, agreedBy: string | null, made: Made): DayReport {
  return {
    ...headOf(read, made),
    of: 'drawer',
    businessDate: drawer.businessDate,
    openedAt: drawer.openedAt,
    openedBy: nameOf(read, drawer.username),
    drawers: [drawerOnReport(read, drawer, agreedBy)],
    slips: slipsOnReport(read, drawer.businessDate, drawer.drawerId),
    ...figuresOnReport(read, drawer.businessDate, new Set(read.receiptsOfDrawer(drawer.drawerId))),
  };
}

/** Which reports of that day were taken back, in their order. */
export function takenBackOf(read: ReadStore, businessDate: BusinessDate): readonly TakenBack[] {
  return read
    .dayReopenings(businessDate)
    .map(({ report, reopenedAt, reopenedBy, reason }) => ({ number: report, at: reopenedAt, by: nameOf(read, reopenedBy), reason }));
}

function dayReport(read: ReadStore, businessDate: BusinessDate, made: Made): DayReport {
  const day = read.day(businessDate);
  const replaces = takenBackOf(read, businessDate).at(-1);
  const again = read.dayInError(businessDate);
  return {
    ...headOf(read, made),
    of: 'day',
    businessDate,
    ...(replaces === undefined ? {} : { replaces }),
    openedAt: again?.openedAgainAt ?? day?.openedAt ?? made.at,
    openedBy: nameOf(read, again?.openedAgainBy ?? day?.openedBy ?? made.by),
    drawers: read.drawersOf(businessDate).map((drawer) => {
      const closed = read.reportOfDrawer(drawer.drawerId)?.body.drawers[0];
      return closed ?? drawerOnReport(read, drawer, null);
    }),
    vaults: vaultsOnReport(read, businessDate),
    slips: slipsOnReport(read, businessDate, null),
    ...figuresOnReport(read, businessDate),
  };
}

function keep(write: WriteStore, { digest }: BranchParts, drawerId: LocalId | null, facts: DayReport): ReportRecord {
  const last = write.lastReport();
  const { officeCode, deviceCode } = identityOf(write);
  const sequence = nextReportSequence(write);
  const number = reportNumberOf(officeCode, deviceCode, sequence);
  const unsealed: DayReport = { ...facts, number, previousHash: last?.hash ?? FIRST_HASH };
  const hash = reportHash(unsealed, (text) => digest.sha256(text));
  const record = { sequence, number, drawerId, businessDate: facts.businessDate, body: { ...unsealed, hash }, hash };
  write.insertReport(record);
  return record;
}

/** Of a drawer that was closed in this transaction. Its entry in the journal has to name the number and the hash. */
export function keepDrawerReport(
  write: WriteStore,
  parts: BranchParts,
  drawer: DrawerRecord,
  session: Session,
  approver: string | null,
  at: number,
): ReportRecord {
  const agreedBy = approver === null ? null : nameOf(write, approver);
  return keep(write, parts, drawer.drawerId, drawerReport(write, drawer, agreedBy, { at, by: session.displayName }));
}

/** Of a day that was closed in this transaction, likewise. */
export function keepDayReport(
  write: WriteStore,
  parts: BranchParts,
  businessDate: BusinessDate,
  session: Session,
  at: number,
): ReportRecord {
  return keep(write, parts, null, dayReport(write, businessDate, { at, by: session.displayName }));
}

/** An X: nothing is written and nothing is numbered. */
export function showX(parts: BranchParts, session: Session, { drawerId }: ParsedInputOf<Cash['showX']>): AnswerOf<Cash['showX']> {
  const made = { at: parts.clock.now(), by: session.displayName };
  return parts.store.read((read) => {
    if (drawerId !== undefined) {
      const drawer = read.drawer(drawerId);
      if (drawer === null) return refuse({ code: 'report.unknown' });
      if (!isDrawerTold(read, drawer, session.username)) return refuse({ code: 'report.countFirst' });
      return ok(asTold(drawerReport(read, drawer, null, made)));
    }
    const day = read.openDay() ?? read.lastDay();
    if (day === null) return refuse({ code: 'report.unknown' });
    if (countsBlind(read, session.username) || !mayTellDay(read, day.businessDate, session.username))
      return refuse({ code: 'report.countFirst' });
    return ok(asTold(dayReport(read, day.businessDate, made)));
  });
}

/** The sums of a day say what must lie in its drawers, those of others among them. */
function mayTellDay(read: ReadStore, businessDate: BusinessDate, viewer: string): boolean {
  return read.drawersOf(businessDate).every((drawer) => isDrawerTold(read, drawer, viewer));
}

export function listReports({ store }: BranchParts, { businessDate }: ParsedInputOf<Cash['listReports']>): AnswerOf<Cash['listReports']> {
  return store.read((read) => {
    const takenBack = new Map(takenBackOf(read, businessDate).map((each) => [each.number, each]));
    return ok(
      read.reportsOf(businessDate).map(({ number, body }) => ({
        number,
        of: body.of,
        drawer: body.of === 'drawer' ? (body.drawers[0]?.name ?? null) : null,
        madeAt: body.madeAt,
        madeBy: body.madeBy,
        prints: read.reportPrints(number).length,
        takenBack: takenBack.get(number) ?? null,
      })),
    );
  });
}

export function showReport({ store }: BranchParts, { number }: ParsedInputOf<Cash['showReport']>): AnswerOf<Cash['showReport']> {
  return store.read((read) => {
    const report = read.report(number);
    return report === null ? refuse({ code: 'report.unknown' }) : ok(asTold(reportShown(read, report)));
  });
}

/** As it was made, and whether its day was opened again since. */
export function reportShown(read: ReadStore, { number, businessDate, body }: ReportRecord): DayReport {
  const takenBack = takenBackOf(read, businessDate).find((each) => each.number === number);
  return takenBack === undefined ? body : { ...body, takenBack };
}

/** As the contract has it: lists that it may change, which nobody does. */
function asTold(report: DayReport): Extract<AnswerOf<Cash['showX']>, { ok: true }>['value'] {
  return report as unknown as Extract<AnswerOf<Cash['showX']>, { ok: true }>['value'];
}
