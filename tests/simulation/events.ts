// What each planned event does to a world. People act through the branch's contract; faults act on PCs, lines and head office.

import type { BranchContract } from '../../shared/contract/branchContract.ts';
import type { OutputOf } from '../../shared/contract/define.ts';
import type { SyncItem } from '../../shared/contract/shapes.ts';
import type { ExceptionView } from '../../shared/contract/sync.ts';
import { SLIP_RULES } from '../../shared/domain/cash/cashSlip.ts';
import { denominationsOf } from '../../shared/domain/cash/denominations.ts';
import { addDays } from '../../shared/kernel/businessDate.ts';
import type { Currency } from '../../shared/kernel/money.ts';
import type { Database } from 'better-sqlite3';
import { dateAt, instantOf, WORLD_ZONE, ZONES } from '../world/branchClock.ts';
import { AWAITS, type BranchPc } from '../world/branchPc.ts';
import { KINDS_IN_THE_WORLD, kindsWhere } from '../world/kindsInTheWorld.ts';
import { LAST_YEARS_VERSION } from '../world/lastYearsProgram.ts';
import { OPENS_AT_HOUR } from '../world/branchWorld.ts';
import { NETWORK_FAULTS, WEATHERS } from '../world/faultyNetwork.ts';
import { base64Of, jpegOf } from '../world/pictures.ts';
import {
  ask,
  askAside,
  atTheCounter,
  atTheDesk,
  drawerHolds,
  foundAgain,
  keepPaper,
  onItsPage,
  piecesOf,
  sayDate,
  signInNeededAt,
  type Answer,
  type MoneyForm,
  type Person,
} from '../world/people.ts';
import { BrokenPromise } from './checkers/brokenPromise.ts';
import { checkCheat } from './checkers/cheat.ts';
import { checkDay } from './checkers/moneyChecker.ts';
import { receiptsIn } from './checkers/naiveLedger.ts';
import { NUMBER_LEARNED_LAST, count, row, rows } from './checkers/rows.ts';
import { auditCursorOf, loansIn, readerOf, savingsIn } from './checkers/viewChecker.ts';
import type { Fault, PlannedEvent, What } from './plan.ts';
import { limitFor, watchCounter, watchSlip } from './drawerLimits.ts';
import { lookIntoNotes, watchNotes, withNotes, withoutNotes } from './toldNotes.ts';
import { sayWhatCameOut, troublePrinter } from './printers.ts';
import type { SimulatedRun, SlipForm } from './simulatedRun.ts';
import { bookEdited } from './thiefOnDisk.ts';
import { TEARS, tearBackup } from './tornBackup.ts';

interface Happening {
  readonly run: SimulatedRun;
  readonly event: PlannedEvent;
  readonly pc: BranchPc;
}

type Handler = (happening: Happening) => Promise<void> | void;

const MINUTE_MS = 60_000;

function pickBy<T>(list: readonly T[], fraction: number): T | undefined {
  return list[Math.min(Math.floor(fraction * list.length), list.length - 1)];
}

function cashierOf({ run, event, pc }: Happening): Person {
  const { cashiers } = run.world.postingOf(pc);
  const present = cashiers.filter((username) => !run.gone.has(username));
  return { pc, username: pickBy(present, event.x) ?? run.world.postingOf(pc).chief };
}

function chiefOf({ run, pc }: Happening): Person {
  return { pc, username: run.world.postingOf(pc).chief };
}

function told(run: SimulatedRun, what: string, answer: Answer): void {
  const word = answer.kind === 'refused' ? answer.code : answer.kind;
  run.hit('answer', `${what}: ${word}`);
  run.note(`  ${what}: ${word}`);
}

function formId(run: SimulatedRun): string {
  const hex = Buffer.from(run.world.chance.bytes(16)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function paidWith(event: PlannedEvent): { paymentTypeId: number } {
  return { paymentTypeId: (event.z * 7) % 1 < 0.85 ? 1 : 2 };
}

const OPENING_MINOR = 3_000_000;

/** Money of a currency needs a drawer that was opened with it: one is opened beside the other, by a deed of its own. */
async function opensDrawerFor(run: SimulatedRun, person: Person, refused: Answer): Promise<boolean> {
  if (refused.kind !== 'refused' || refused.code !== 'drawer.otherCurrency') return false;
  const { currency } = refused.facts as { readonly currency: string };
  const opened = await ask(run.world, person, 'cash.openDrawer', { openingMinor: OPENING_MINOR, currency });
  told(run, 'cash.openDrawer of other money', opened);
  return opened.kind === 'ok';
}

async function hand(run: SimulatedRun, person: Person, born: MoneyForm): Promise<Answer> {
  let form = onItsPage(withNotes(born));
  let judgeLimit = watchCounter(person);
  let answer = await ask(run.world, person, form.method, form.input);
  told(run, form.method, answer);
  if (await sayDate(run.world, person, answer)) {
    run.hit('sync', 'a manager said that the branch dates by its own day');
    answer = await ask(run.world, person, form.method, form.input);
  }
  if (await opensDrawerFor(run, person, answer)) {
    judgeLimit = watchCounter(person);
    answer = await ask(run.world, person, form.method, form.input);
  }
  // Other money has other notes.
  if (answer.kind === 'refused' && answer.code === 'notes.unfit') {
    form = withoutNotes(form);
    answer = await ask(run.world, person, form.method, form.input);
  }
  watchNotes(run, form, answer);
  if (judgeLimit(answer)) run.hit('sync', 'a client was turned away for where the drawer stood');
  const line = keepPaper(run.world, person, form, answer);
  if (line !== null && run.world.currencies) run.hit('sync', `a paper in ${line.receipt.currency.code}`);
  if (line !== null)
    run.note(
      `  ${person.username} hands out ${line.receipt.number} ${(line.receipt.lines ?? [line.receipt])
        .map((each) => `${each.kind} ${String(each.amountMinor)} on ${String(each.accountKind)} ${each.accountNo}`)
        .join(', ')}`,
    );
  if (answer.kind === 'noAnswer') run.unheard.push({ person, form });
  else run.lastForm = { person, form };
  return answer;
}

async function takeRepayment(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = cashierOf(happening);
  if (!(await atTheCounter(run.world, person, event.z < 0.8))) return;
  const loan = pickBy(
    loansIn(pc.database()).filter((each) => each.status === 'active'),
    event.y,
  );
  if (loan === undefined) return;
  const overpays = event.z > 0.93;
  const amountMinor = overpays
    ? loan.outstandingMinor + 10_000
    : Math.max(Math.round((loan.outstandingMinor * (0.02 + 0.2 * event.z)) / 100) * 100, 100);
  await hand(run, person, {
    method: 'loans.takeRepayment',
    input: {
      formId: formId(run),
      loanId: loan.loanId,
      amountMinor,
      paidWith: paidWith(event),
      overpaymentSeen: overpays,
      ...handedBy(happening, loan),
    },
  });
}

function depositForm(happening: Happening): MoneyForm | null {
  const { run, event, pc } = happening;
  const savings = pickBy(
    savingsIn(pc.database()).filter((each) => each.status !== 'closed'),
    event.y,
  );
  if (savings === undefined) return null;
  return {
    method: 'savings.takeDeposit',
    input: {
      formId: formId(run),
      savingsId: savings.savingsId,
      amountMinor: 10_000 + Math.floor(event.z * 400) * 100,
      paidWith: paidWith(event),
      ...handedBy(happening, savings),
    },
  };
}

/** Of a group's own account: the member who stands there, where it is told. */
function handedBy({ event, pc }: Happening, { clientId, groupId }: { readonly clientId: string | null; readonly groupId: string | null }) {
  if (clientId !== null || groupId === null || event.x < 0.4) return {};
  const member = pickBy(readerOf(pc.database()).membersOf(groupId), event.z);
  return member === undefined ? {} : { handedBy: member.clientId };
}

async function takeDeposit(happening: Happening): Promise<void> {
  const { run, event } = happening;
  const person = cashierOf(happening);
  if (!(await atTheCounter(run.world, person, event.z < 0.8))) return;
  const form = depositForm(happening);
  if (form !== null) await hand(run, person, form);
}

async function payWithdrawal(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = cashierOf(happening);
  if (!(await atTheCounter(run.world, person, event.z < 0.8))) return;
  const savings = pickBy(
    savingsIn(pc.database()).filter((each) => each.status !== 'closed'),
    event.y,
  );
  if (savings === undefined) return;
  const amountOf = ({ ledgerMinor }: { readonly ledgerMinor: number }): number =>
    Math.max(Math.round((ledgerMinor * (0.05 + 0.5 * event.z)) / 100) * 100, 100);
  const theirs = savingsIn(pc.database()).filter((each) => each.clientId === savings.clientId && each.status !== 'closed');
  const common = { formId: formId(run), paidWith: { paymentTypeId: 1 } };
  // Out of all of their accounts at once, where they have several.
  const form: MoneyForm =
    savings.clientId !== null && theirs.length > 1 && event.x < 0.6
      ? {
          method: 'counter.payBasket',
          input: {
            ...common,
            clientId: savings.clientId,
            lines: theirs.map((each) => ({ savingsId: each.savingsId, amountMinor: amountOf(each) })),
          },
        }
      : { method: 'savings.payWithdrawal', input: { ...common, savingsId: savings.savingsId, amountMinor: amountOf(savings) } };
  const answer = await hand(run, person, form);
  if (answer.kind !== 'refused' || answer.code !== 'withdrawal.needsManager') return;
  const posting = run.world.postingOf(pc);
  const approver = person.username === posting.chief ? posting.otherChief : posting.chief;
  await hand(run, person, {
    ...form,
    input: { ...form.input, approval: { username: approver, password: run.world.headOffice.passwordOf(approver) } },
  });
}

/** A client brings for all of their accounts at once: one receipt, and a promise for each line. */
async function takeBasket(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = cashierOf(happening);
  if (!(await atTheCounter(run.world, person, event.z < 0.8))) return;
  const accounts = [
    ...loansIn(pc.database())
      .filter((each) => each.status === 'active')
      .map(({ loanId, clientId }) => ({ clientId, line: { kind: 'loanRepayment', loanId, overpaymentSeen: true } })),
    ...savingsIn(pc.database())
      .filter((each) => each.status !== 'closed')
      .map(({ savingsId, clientId }) => ({ clientId, line: { kind: 'savingsDeposit', savingsId } })),
  ];
  const byClient = [...Map.groupBy(accounts, ({ clientId }) => clientId)].filter(([clientId]) => clientId !== null);
  const several = byClient.filter(([, each]) => each.length > 1);
  const [clientId, chosen] = pickBy(several.length === 0 ? byClient : several, event.y) ?? [null, []];
  if (clientId === null) return;
  await hand(run, person, {
    method: 'counter.takeBasket',
    input: {
      formId: formId(run),
      clientId,
      lines: chosen.map(({ line }, at) => ({ ...line, amountMinor: 20_000 + Math.floor(event.z * 300) * 100 + at * 100 })),
      paidWith: paidWith(event),
    },
  });
}

/** From one account to another, most often of the same client; a second person agrees where one has to. */
async function transfer(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = cashierOf(happening);
  if (!(await atTheCounter(run.world, person, event.z < 0.8))) return;
  const accounts = savingsIn(pc.database()).filter((each) => each.status !== 'closed' && each.clientId !== null);
  const from = pickBy(accounts, event.y);
  if (from === undefined) return;
  const others = accounts.filter((each) => each.savingsId !== from.savingsId);
  const own = others.filter((each) => each.clientId === from.clientId);
  const to = pickBy(event.x < 0.5 && own.length > 0 ? own : others, event.z);
  if (to === undefined) return;
  const input = {
    formId: formId(run),
    fromSavingsId: from.savingsId,
    toSavingsId: to.savingsId,
    amountMinor: Math.max(Math.round((from.ledgerMinor * (0.02 + 0.3 * event.x)) / 100) * 100, 100),
    note: 'as asked',
  };
  let answer = await ask(run.world, person, 'savings.transfer', input);
  if (await sayDate(run.world, person, answer)) answer = await ask(run.world, person, 'savings.transfer', input);
  told(run, 'savings.transfer', answer);
  // Nobody heard: it is pressed again, and must be the same transfer.
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, 'savings.transfer again', await ask(run.world, person, 'savings.transfer', input));
  if (answer.kind !== 'refused' || answer.code !== 'withdrawal.needsManager') return;
  const posting = run.world.postingOf(pc);
  const approver = person.username === posting.chief ? posting.otherChief : posting.chief;
  const approval = { username: approver, password: run.world.headOffice.passwordOf(approver) };
  told(run, 'savings.transfer agreed', await ask(run.world, person, 'savings.transfer', { ...input, approval }));
}

/**
 * A form of which nobody heard is sent again, perhaps days later; so is one that was answered, by somebody in doubt. Half of them by the page
 * that waits, the others from another window or a draft that was found: there the money on the counter is a payment of its own.
 */
async function pressAgain({ run, event }: Happening): Promise<void> {
  const again = run.unheard.shift() ?? run.lastForm;
  if (again === null || run.gone.has(again.person.username)) return;
  if (await atTheCounter(run.world, again.person)) await hand(run, again.person, event.y < 0.5 ? again.form : foundAgain(again.form));
}

async function pressTwice(happening: Happening): Promise<void> {
  const { run } = happening;
  const person = cashierOf(happening);
  if (!(await atTheCounter(run.world, person))) return;
  const born = depositForm(happening);
  if (born === null) return;
  const form = onItsPage(born);
  askAside(person, form.method, form.input, (answer) => {
    keepPaper(run.world, person, form, answer);
  });
  await hand(run, person, form);
}

async function printReceipt(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = cashierOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  if (run.printers) await sayWhatCameOut(run, person);
  const receipt = pickBy(receiptsIn(pc.database()), event.y);
  if (receipt !== undefined && run.printers)
    told(run, 'printers.print', await ask(run.world, person, 'printers.print', { receiptId: receipt.receiptId }));
  else if (receipt !== undefined)
    told(run, 'receipts.markPrinted', await ask(run.world, person, 'receipts.markPrinted', { receiptId: receipt.receiptId }));
  if (event.x < 0.7) await voidReceipt(happening);
}

/** On the paper somebody sees that it is wrong: a manager undoes it, or a line of it, if it has not left the branch; else hears why not. */
async function voidReceipt(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const manager = chiefOf(happening);
  if (!(await atTheDesk(run.world, manager))) return;
  const waiting = rows<{ id: string }>(
    pc.database(),
    `SELECT DISTINCT receipt_id AS id FROM journal_commands WHERE receipt_id IS NOT NULL AND state = 'queued' AND attempts = 0 AND submission = 1`,
  ).map(({ id }) => id);
  const papers = receiptsIn(pc.database());
  const unsent = papers.filter(({ receiptId }) => waiting.includes(receiptId));
  const receipt = pickBy(unsent.length === 0 ? papers : unsent, event.y);
  if (receipt === undefined) return;
  const lines = receipt.lines?.length ?? 1;
  const line = lines > 1 && event.z < 0.6 ? 1 + Math.floor((event.z / 0.6) * lines) : undefined;
  const input = { receiptId: receipt.receiptId, reason: 'seen on the paper', ...(line === undefined ? {} : { line }) };
  told(run, `receipts.void${line === undefined ? '' : ' line'}`, await ask(run.world, manager, 'receipts.void', input));
}

async function addNote(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = cashierOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const client = pickBy(rows<{ id: string }>(pc.database(), 'SELECT client_id AS id FROM replica_clients WHERE gone = 0'), event.y);
  if (client === undefined) return;
  const input = { formId: formId(run), clientId: client.id, text: `told at the door ${String(event.z)}`, askFirst: event.z < 0.4 };
  const answer = await ask(run.world, person, 'clients.addNote', input);
  told(run, 'clients.addNote', answer);
  // Nobody heard: it is pressed again, and must be the same note.
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, 'clients.addNote again', await ask(run.world, person, 'clients.addNote', input));
}

/** A manager decides on a loan that is not paid out, as its state allows, or as it no longer does; sometimes head office was quicker. */
async function decideLoan(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = chiefOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const open = loansIn(pc.database()).filter((each) => each.status === 'submitted' || each.status === 'approved');
  const loan = pickBy(open, event.y);
  if (loan === undefined) return;
  const method =
    pickBy(['loans.approve', 'loans.undoApproval', 'loans.reject', 'loans.withdrawApplication'] as const, event.z) ?? 'loans.approve';
  if (event.x > 0.85 && loan.serverId !== null) {
    const url = `/loans/${String(loan.serverId)}?command=${loan.status === 'approved' ? 'undoapproval' : 'approve'}`;
    const body =
      loan.status === 'approved' ? {} : { approvedOnDate: run.world.headOffice.practice().control.businessDate(), ...HEAD_OFFICE_WRITES };
    run.world.headOffice.practice().control.requestAs('admin', { method: 'POST', url, body: JSON.stringify(body) });
    run.hit('sync', 'head office decided on a loan too');
  }
  const sum =
    method === 'loans.approve'
      ? {
          approvedMinor: Math.max(Math.round((loan.principalMinor * (0.5 + event.x / 2)) / 100) * 100, 100),
          // Now and then for another day, also for one that is past.
          ...(event.x < 0.4
            ? { expectedOn: addDays(run.world.headOffice.practice().control.businessDate(), Math.round(event.x * 40) - 4) }
            : {}),
        }
      : {};
  const input = { formId: formId(run), loanId: loan.loanId, note: `as the committee said ${String(event.x)}`, ...sum };
  const answer = await ask(run.world, person, method, input);
  told(run, method, answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, `${method} again`, await ask(run.world, person, method, input));
}

/**
 * Somebody applies for a loan, also one who was registered a moment ago; now and then for more than head office gives by then, and what is
 * applied for is decided on and paid out with all the others.
 */
async function applyForLoan(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = event.x < 0.7 ? { pc, username: run.world.postingOf(pc).otherChief } : cashierOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const clientId = ownersOf(happening);
  const product = pickBy(rows<{ id: number; principal: number }>(pc.database(), PRODUCTS_KNOWN), event.z);
  if (clientId === undefined || product === undefined) return;
  const today = currentDayOf(pc) ?? run.world.headOffice.practice().control.businessDate();
  const input = {
    formId: formId(run),
    owner: { kind: 'client', localId: clientId },
    productId: product.id,
    principalMinor: Math.round((product.principal * (0.2 + event.x)) / 100) * 100,
    installments: 4 + Math.floor(event.y * 9),
    ratePercent: '2',
    submittedOn: today,
    expectedOn: today,
  };
  const answer = await ask(run.world, person, 'loans.apply', input);
  told(run, 'loans.apply', answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, 'loans.apply again', await ask(run.world, person, 'loans.apply', input));
  if (event.z < 0.85) return;
  // Head office gives less of that product, before ours gets there; and as much as ever with the next one.
  const most = event.z > 0.93 ? product.principal / 100 : product.principal / 25;
  run.world.headOffice.practice().control.requestAs('admin', {
    method: 'PUT',
    url: `/loanproducts/${String(product.id)}`,
    body: JSON.stringify({ maxPrincipal: most, ...HEAD_OFFICE_WRITES }),
  });
  run.hit('sync', 'head office changed a loan product');
}

const PRODUCTS_KNOWN = `SELECT server_id AS id, json_extract(body, '$.principalMinor') AS principal FROM replica_reference
  WHERE shelf = 'loanProducts' ORDER BY server_id`;

/** Somebody opens a savings account, also one who was registered a moment ago; now and then head office changes the product meanwhile. */
async function openSavings(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = event.x < 0.5 ? { pc, username: run.world.postingOf(pc).otherChief } : cashierOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const clientId = ownersOf(happening);
  const product = pickBy(
    rows<{ id: number }>(pc.database(), "SELECT server_id AS id FROM replica_reference WHERE shelf = 'savingsProducts' ORDER BY server_id"),
    event.z,
  );
  if (clientId === undefined || product === undefined) return;
  const { control } = run.world.headOffice.practice();
  const submittedOn = currentDayOf(pc) ?? control.businessDate();
  const input = { formId: formId(run), owner: { kind: 'client', localId: clientId }, productId: product.id, submittedOn };
  const answer = await ask(run.world, person, 'savings.apply', input);
  told(run, 'savings.apply', answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, 'savings.apply again', await ask(run.world, person, 'savings.apply', input));
  if (event.z < 0.8) return;
  const body = JSON.stringify({ nominalAnnualInterestRate: 1 + Math.floor(event.y * 5), ...HEAD_OFFICE_WRITES });
  control.requestAs('admin', { method: 'PUT', url: `/savingsproducts/${String(product.id)}`, body });
  run.hit('sync', 'head office changed a savings product');
}

/** Rather one of those who were registered here and that head office does not have. */
function ownersOf({ event, pc }: Happening): string | undefined {
  const clients = rows<{ id: string; own: number }>(
    pc.database(),
    "SELECT client_id AS id, server_id IS NULL AS own FROM replica_clients WHERE gone = 0 AND status = 'active'",
  );
  const own = clients.filter((each) => each.own === 1);
  return pickBy(own.length > 0 && event.z < 0.6 ? own : clients, event.y)?.id;
}

/** What the page offers of an account that waits is done, its first deposit at the counter too; sometimes head office was quicker. */
async function decideSavings(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = event.x < 0.3 ? { pc, username: run.world.postingOf(pc).otherChief } : chiefOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const all = savingsIn(pc.database());
  const waiting = all.filter((each) => each.status === 'submitted' || each.status === 'approved');
  // What nothing lies on is closed now and then.
  const empty = all.filter((each) => each.status === 'active' && each.ledgerMinor === 0);
  const account = pickBy(event.z > 0.75 && empty.length > 0 ? empty : waiting, event.y);
  if (account === undefined) return;
  const shown = await ask(run.world, person, 'savings.show', { savingsId: account.savingsId });
  if (shown.kind !== 'ok') return;
  const { savings } = shown.value as OutputOf<BranchContract['savings']['show']>;
  // Money is brought as soon as the page says that it may lie there.
  if (savings.mayDeposit && event.z < 0.9) {
    const cashier = cashierOf(happening);
    if (!(await atTheCounter(run.world, cashier, true))) return;
    const amountMinor = 10_000 + Math.floor(event.z * 400) * 100;
    const input = { formId: formId(run), savingsId: account.savingsId, amountMinor, paidWith: paidWith(event) };
    await hand(run, cashier, { method: 'savings.takeDeposit', input });
    return;
  }
  const { control } = run.world.headOffice.practice();
  if (event.x > 0.85 && account.serverId !== null) {
    const [command, on] = DECIDED_THERE[event.z > 0.7 && account.status === 'submitted' ? 'rejected' : account.status] ?? [
      'close',
      'closedOnDate',
    ];
    const url = `/savingsaccounts/${String(account.serverId)}?command=${command}`;
    const body = { [on]: control.businessDate(), ...HEAD_OFFICE_WRITES };
    control.requestAs('admin', { method: 'POST', url, body: JSON.stringify(body) });
    run.decidedThere.add(account.serverId);
    run.hit('sync', 'head office decided on savings too');
  }
  // Mostly it goes on.
  const deed = pickBy(savings.deeds, event.z < 0.6 ? 0 : event.z);
  if (deed === undefined) return;
  const method = SAVINGS_METHODS[deed];
  const input = { formId: formId(run), savingsId: account.savingsId, note: `as the committee said ${String(event.x)}` };
  const answer = await ask(run.world, person, method, input);
  told(run, method, answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, `${method} again`, await ask(run.world, person, method, input));
}

/**
 * Money on an account is held, or a hold of it let go, ours or head office's; now and then head office let it go meanwhile, and now and then somebody
 * asks for more than is free.
 */
async function holdMoney(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = event.x < 0.6 ? chiefOf(happening) : cashierOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const account = pickBy(
    savingsIn(pc.database()).filter(({ status, ledgerMinor }) => status === 'active' && ledgerMinor > 0),
    event.y,
  );
  if (account === undefined) return;
  const { savingsId } = account;
  const shown = await ask(run.world, person, 'savings.show', { savingsId });
  if (shown.kind !== 'ok') return;
  const { savings, holds, holdableMinor } = shown.value as OutputOf<BranchContract['savings']['show']>;
  const held = pickBy(
    holds.filter(({ state }) => state === 'held'),
    event.z,
  );
  if (held !== undefined && event.x < 0.45) {
    if (event.z > 0.75 && 'holdId' in held.hold && account.serverId !== null) {
      const own = row<{ id: number }>(
        pc.database(),
        `SELECT server_id AS id FROM ${NUMBER_LEARNED_LAST} WHERE kind = 'hold' AND local_id = ?`,
        held.hold.holdId,
      );
      const { control } = run.world.headOffice.practice();
      if (
        own !== null &&
        control.actAs({ username: 'bungoma', kind: 'release', accountId: account.serverId, transactionId: own.id }).status === 200
      )
        run.hit('sync', 'head office let a hold go too');
    }
    const input = { formId: formId(run), savingsId, hold: held.hold, reason: `the paper came back ${String(event.z)}` };
    await tell(happening, person, 'savings.release', input);
    return;
  }
  const amountMinor = Math.floor((holdableMinor * (0.1 + 0.6 * event.z)) / 100) * 100;
  const input = {
    formId: formId(run),
    savingsId,
    amountMinor: amountMinor + (event.z > 0.95 ? 100_000_000 : 0),
    reason: 'surety for a neighbour',
  };
  if (amountMinor > 0) await tell(happening, person, 'savings.hold', input);
  if (event.z < 0.6 || savings.heldMinor <= 0) return;
  const cashier = cashierOf(happening);
  if (!(await atTheCounter(run.world, cashier, true))) return;
  const beyond = { formId: formId(run), savingsId, amountMinor: savings.ledgerMinor, paidWith: { paymentTypeId: 1 } };
  const answer = await hand(run, cashier, { method: 'savings.payWithdrawal', input: beyond });
  if (answer.kind === 'refused') run.hit('sync', 'more than is free was asked of an account on which money is held');
}

async function tell(
  { run }: Happening,
  person: Person,
  method: 'savings.hold' | 'savings.release',
  input: Readonly<Record<string, unknown>>,
): Promise<void> {
  const answer = await ask(run.world, person, method, input);
  told(run, method, answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, `${method} again`, await ask(run.world, person, method, input));
}

/** What head office does next with an account of that state, and the field of its day. */
const DECIDED_THERE: Readonly<Partial<Record<string, readonly [string, string]>>> = {
  submitted: ['approve', 'approvedOnDate'],
  rejected: ['reject', 'rejectedOnDate'],
  approved: ['activate', 'activatedOnDate'],
};

const SAVINGS_METHODS = {
  approve: 'savings.approve',
  activate: 'savings.activate',
  reject: 'savings.reject',
  withdraw: 'savings.withdrawApplication',
  undoApproval: 'savings.undoApproval',
  close: 'savings.close',
} as const;

/** A cashier pays a loan out, approved here or there; a second person agrees where one has to. Sometimes head office was quicker. */
async function disburseLoan(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = cashierOf(happening);
  if (!(await atTheCounter(run.world, person, event.z < 0.8))) return;
  const open = loansIn(pc.database()).filter((each) => each.status === 'submitted' || each.status === 'approved');
  const approved = open.filter((each) => each.status === 'approved');
  const loan = pickBy(approved.length > 0 && event.x < 0.8 ? approved : open, event.y);
  if (loan === undefined) return;
  const { control } = run.world.headOffice.practice();
  if (event.x > 0.9 && loan.serverId !== null) {
    const body = JSON.stringify({ actualDisbursementDate: control.businessDate(), paymentTypeId: 1, ...HEAD_OFFICE_WRITES });
    control.requestAs('admin', { method: 'POST', url: `/loans/${String(loan.serverId)}?command=disburse`, body });
    run.hit('sync', 'head office paid a loan out too');
  }
  const weighed = await ask(run.world, person, 'loans.previewDisbursal', { loanId: loan.loanId });
  if (weighed.kind !== 'ok') return;
  const { amountMinor, verdict } = weighed.value as { readonly amountMinor: number; readonly verdict: string };
  const form: MoneyForm = {
    method: 'loans.disburse',
    input: {
      formId: formId(run),
      loanId: loan.loanId,
      amountMinor,
      // Seldom lies so much in a drawer: most are paid by another way.
      paidWith: { paymentTypeId: amountMinor < OPENING_MINOR || event.z < 0.2 ? 1 : 2 },
      identitySeen: 'national card 2210',
      ...handedBy(happening, loan),
    },
  };
  const posting = run.world.postingOf(pc);
  const approver = person.username === posting.chief ? posting.otherChief : posting.chief;
  const approval = { username: approver, password: run.world.headOffice.passwordOf(approver) };
  await hand(run, person, verdict === 'needsManager' ? { ...form, input: { ...form.input, approval } } : form);
}

/** In cash, whatever lies in the drawer: somebody brings as much just before. Then a while passes, in which head office is told or is not. */
async function payOutInCash(happening: Happening, person: Person, approval: object): Promise<void> {
  const { run, event, pc } = happening;
  const loan = pickBy(
    loansIn(pc.database()).filter(({ status }) => status === 'approved'),
    event.y,
  );
  if (loan === undefined) return;
  const weighed = await ask(run.world, person, 'loans.previewDisbursal', { loanId: loan.loanId });
  if (weighed.kind !== 'ok') return;
  const { amountMinor } = weighed.value as { readonly amountMinor: number };
  const brought = depositForm(happening);
  if (brought === null) return;
  await hand(run, person, { ...brought, input: { ...brought.input, formId: formId(run), amountMinor, paidWith: { paymentTypeId: 1 } } });
  await hand(run, person, {
    method: 'loans.disburse',
    input: {
      formId: formId(run),
      loanId: loan.loanId,
      amountMinor,
      paidWith: { paymentTypeId: 1 },
      identitySeen: 'national card 2210',
      ...handedBy(happening, loan),
      approval,
    },
  });
  await run.world.time.pass((0.2 + 4 * event.z) * MINUTE_MS);
}

/** A payout is taken back, also one that may not be; now and then somebody repaid at head office before that got there. */
async function undoPayout(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = cashierOf(happening);
  if (!(await atTheCounter(run.world, person, event.z < 0.8))) return;
  const posting = run.world.postingOf(pc);
  const approver = person.username === posting.chief ? posting.otherChief : posting.chief;
  await atTheDesk(run.world, { pc, username: approver });
  const approval = { username: approver, password: run.world.headOffice.passwordOf(approver) };
  if (event.x < 0.7) await payOutInCash(happening, person, approval);
  if (!pc.isOn()) return;
  const paid = rows<{ loanId: string; amount: number; serverId: number | null }>(
    pc.database(),
    `SELECT json_extract(c.payload, '$.loanId') AS loanId, c.amount_minor AS amount, l.server_id AS serverId FROM journal_commands c
     JOIN replica_loans l ON l.loan_id = json_extract(c.payload, '$.loanId')
     WHERE c.kind IN ${kindsWhere(({ payout }) => payout === 'made')} AND c.state <> 'withdrawn' ORDER BY c.sequence DESC LIMIT 4`,
  );
  const payout = event.x < 0.7 ? paid[0] : pickBy(paid, event.y);
  if (payout === undefined) return;
  if ((event.x * 10) % 1 > 0.75 && payout.serverId !== null) {
    const { control } = run.world.headOffice.practice();
    const body = JSON.stringify({
      transactionDate: control.businessDate(),
      transactionAmount: 10,
      paymentTypeId: 1,
      ...HEAD_OFFICE_WRITES,
    });
    const reply = control.requestAs('admin', {
      method: 'POST',
      url: `/loans/${String(payout.serverId)}/transactions?command=repayment`,
      body,
    });
    if (reply.status === 200) run.hit('sync', 'head office took a repayment on what was paid out');
  }
  const answer = await hand(run, person, {
    method: 'loans.undoDisbursal',
    input: {
      formId: formId(run),
      loanId: payout.loanId,
      amountMinor: payout.amount,
      reason: `counted out for her neighbour ${String(event.z)}`,
      approval,
    },
  });
  if (answer.kind === 'ok') run.hit('sync', 'a payout was taken back');
}

const HEAD_OFFICE_WRITES = { locale: 'en', dateFormat: 'yyyy-MM-dd' } as const;
const FIRST_NAMES = ['Akinyi', 'Barasa', 'Chebet', 'Daudi', 'Ekai'] as const;

/** With the phone of somebody whom head office has already, now and then; and now and then another office is quicker with the number. */
async function registerClient(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = cashierOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const { database } = run.world.headOffice;
  const known = pickBy(rows<{ mobile: string }>(database(), 'SELECT mobile_no AS mobile FROM client WHERE mobile_no IS NOT NULL'), event.y);
  const mobileNo = event.z < 0.2 ? (known?.mobile ?? '') : event.z < 0.5 ? `0799${String(Math.floor(event.y * 1e6)).padStart(6, '0')}` : '';
  const today = currentDayOf(pc) ?? run.world.headOffice.practice().control.businessDate();
  const input = {
    formId: formId(run),
    legalForm: 'person',
    firstname: pickBy(FIRST_NAMES, event.z) ?? FIRST_NAMES[0],
    lastname: `Of ${String(event.y).slice(2, 12)}`,
    mobileNo,
    ...(event.z > 0.8 ? { externalId: `own-${String(event.y).slice(2, 8)}` } : {}),
    submittedOn: today,
    // Cashiers may not activate, and are told so now and then.
    activationDate: event.x < 0.1 ? today : null,
  };
  const answer = await ask(run.world, person, 'clients.register', input);
  told(run, 'clients.register', answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, 'clients.register again', await ask(run.world, person, 'clients.register', input));
  if (mobileNo === '' || event.z < 0.42) return;
  // Somebody at head office gives the number to another client, before ours gets there.
  const elsewhere = row<{ id: number }>(database(), 'SELECT id FROM client ORDER BY id LIMIT 1')?.id;
  if (elsewhere === undefined) return;
  run.world.headOffice
    .practice()
    .control.requestAs('admin', { method: 'PUT', url: `/clients/${String(elsewhere)}`, body: JSON.stringify({ mobileNo }) });
}

function currentDayOf(pc: Person['pc']): string | undefined {
  return row<{ day: string }>(pc.database(), 'SELECT business_date AS day FROM journal_days WHERE closed_at IS NULL')?.day;
}

/** What may become of a file on its way: lost in its middle, or its answer. */
const UPLOAD_FAULTS = ['requestLost', 'replyLost', 'replyTorn', 'neverSent', 'answers5xxAfter', 'duplicated'] as const;

function armUpload({ pc, event }: Happening): void {
  const fault = event.z < 0.5 ? pickBy(UPLOAD_FAULTS, (event.y * 13) % 1) : undefined;
  if (fault !== undefined) pc.network.arm(fault, 1, 'upload');
}

function clientBy({ pc, event }: Happening): string | undefined {
  return pickBy(rows<{ id: string }>(pc.database(), 'SELECT client_id AS id FROM replica_clients WHERE gone = 0'), event.y)?.id;
}

async function takePicture(happening: Happening): Promise<void> {
  const { run, event } = happening;
  const person = cashierOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const clientId = clientBy(happening);
  if (clientId === undefined) return;
  armUpload(happening);
  const content = base64Of(jpegOf(`taken ${String(event.x)} ${String(event.z)}`));
  const input = { formId: formId(run), clientId, content };
  const answer = await ask(run.world, person, 'clients.takePicture', input);
  told(run, 'clients.takePicture', answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, 'clients.takePicture again', await ask(run.world, person, 'clients.takePicture', input));
}

/** An identity paper with a side of it, sometimes with a number that somebody has already; or a document of the client. */
async function addPaper(happening: Happening): Promise<void> {
  const { run, event } = happening;
  const person = cashierOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const clientId = clientBy(happening);
  if (clientId === undefined) return;
  armUpload(happening);
  const documentKey = `ID ${String(Math.floor(event.z * 12))}`;
  const paper = { formId: formId(run), clientId, typeId: 1 + Math.floor(event.x * 2), documentKey };
  const answer = event.x < 0.8 ? await ask(run.world, person, 'clients.addIdentifier', paper) : null;
  if (answer !== null) told(run, 'clients.addIdentifier', answer);
  const identifierId = answer?.kind === 'ok' ? (answer.value as { identifierId: string }).identifierId : null;
  const content = base64Of(jpegOf(`side ${String(event.x)} ${String(event.z)}`, { bytes: 3_000 }));
  const side = { formId: formId(run), clientId, identifierId, name: 'Front', content };
  told(run, 'clients.addDocument', await ask(run.world, person, 'clients.addDocument', side));
}

/** A phone or a name is changed here, and sometimes there too: the same field, or the other one, before our change gets there or after. */
async function editClient(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = cashierOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const clientId = clientBy(happening);
  if (clientId === undefined) return;
  const shown = await ask(run.world, person, 'clients.show', { clientId });
  if (shown.kind !== 'ok') return;
  const { client, lastname } = shown.value as { readonly client: { readonly mobileNo: string | null }; readonly lastname: string | null };
  const own = String(event.y).slice(2).padEnd(3, '0') + String(event.z).slice(2).padEnd(3, '0');
  const isPhone = event.x < 0.5 || lastname === null;
  const fields = isPhone
    ? { mobileNo: { before: client.mobileNo, after: `0688${own}` } }
    : { lastname: { before: lastname, after: `Edited ${own}` } };
  const input = { formId: formId(run), clientId, fields };
  const answer = await ask(run.world, person, 'clients.edit', input);
  told(run, 'clients.edit', answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, 'clients.edit again', await ask(run.world, person, 'clients.edit', input));
  if (event.z < 0.4) return;
  const there = row<{ id: number; firstname: string | null; mobile: string | null }>(
    run.world.headOffice.database(),
    'SELECT id, firstname, mobile_no AS mobile FROM client WHERE id = ?',
    count(pc.database(), `SELECT coalesce(max(server_id), 0) FROM ${NUMBER_LEARNED_LAST} WHERE kind = 'client' AND local_id = ?`, clientId),
  );
  if (there?.firstname == null) return;
  const changes = event.z < 0.7 ? { mobileNo: `0766${own}` } : { firstname: there.firstname, lastname: `Elsewhere ${own}` };
  const reply = run.world.headOffice
    .practice()
    .control.requestAs('admin', { method: 'PUT', url: `/clients/${String(there.id)}`, body: JSON.stringify(changes) });
  if (reply.status === 200) run.hit('sync', 'head office changed a client too');
}

/** What may be done with a client is done, as the screen offers it; also with one who was registered here a moment ago. */
async function turnClient(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = chiefOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const own = pickBy(
    rows<{ id: string }>(
      pc.database(),
      "SELECT client_id AS id FROM replica_clients WHERE gone = 0 AND (server_id IS NULL OR status <> 'active')",
    ),
    event.y,
  );
  const clientId = event.x < 0.7 && own !== undefined ? own.id : clientBy(happening);
  if (clientId === undefined) return;
  const shown = await ask(run.world, person, 'clients.turnOptions', { clientId });
  if (shown.kind !== 'ok') return;
  const options = shown.value as OutputOf<BranchContract['clients']['turnOptions']>;
  const what = pickBy(
    options.turns.filter(({ whyNot }) => whyNot === null),
    event.z,
  )?.what;
  if (what === undefined) return;
  const form = { formId: formId(run), clientId };
  const [method, input] =
    what === 'activate'
      ? (['clients.activate', form] as const)
      : what === 'reopen'
        ? (['clients.reopen', { ...form, from: options.status }] as const)
        : what === 'serve'
          ? ([
              'clients.assignStaff',
              { ...form, staffId: pickBy(options.staff, event.y)?.serverId ?? 0, before: options.staffName },
            ] as const)
          : ([
              what === 'close' ? 'clients.close' : what === 'reject' ? 'clients.reject' : 'clients.withdrawRegistration',
              { ...form, reasonId: pickBy(options.reasons[what], event.y)?.serverId ?? 0 },
            ] as const);
  const answer = await ask(run.world, person, method, input);
  told(run, method, answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, `${method} again`, await ask(run.world, person, method, input));
}

const GROUP_NAMES = ['Tumaini', 'Amani', 'Neema', 'Baraka', 'Imani', 'Upendo', 'Furaha', 'Juhudi', 'Maendeleo', 'Nyota', 'Wema'] as const;

/**
 * A group is founded by people of whom head office may not have some yet. Names are few, so that another office has one already, now and then; and
 * now and then head office itself was quicker.
 */
async function foundGroup(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = chiefOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const clients = rows<{ id: string }>(
    pc.database(),
    'SELECT client_id AS id FROM replica_clients WHERE gone = 0 ORDER BY server_id IS NOT NULL, client_row DESC LIMIT 4',
  ).map(({ id }) => id);
  const name = pickBy(GROUP_NAMES, event.y) ?? GROUP_NAMES[0];
  const today = currentDayOf(pc) ?? run.world.headOffice.practice().control.businessDate();
  const input = {
    formId: formId(run),
    name,
    ...(event.z > 0.8 ? { externalId: `own-g${String(event.y).slice(2, 8)}` } : {}),
    submittedOn: today,
    activationDate: event.x < 0.6 ? today : null,
    members: clients.slice(0, Math.floor(event.x * 5)),
  };
  if (event.z < 0.12)
    run.world.headOffice.practice().control.requestAs('admin', {
      method: 'POST',
      url: '/groups',
      body: JSON.stringify({ name, officeId: officeOf(happening), active: false, submittedOnDate: today, ...HEAD_OFFICE_WRITES }),
    });
  const answer = await ask(run.world, person, 'groups.register', input);
  told(run, 'groups.register', answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, 'groups.register again', await ask(run.world, person, 'groups.register', input));
}

/** A center is founded with groups of which head office may not have some yet, now and then under a name that head office gave away a moment before. */
async function foundCenter(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = chiefOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const groups = rows<{ id: string }>(
    pc.database(),
    'SELECT group_id AS id FROM replica_groups WHERE gone = 0 AND center_server_id IS NULL ORDER BY server_id IS NOT NULL, group_row DESC LIMIT 3',
  ).map(({ id }) => id);
  const name = `Soko ${pickBy(GROUP_NAMES, event.y) ?? GROUP_NAMES[0]}`;
  const today = currentDayOf(pc) ?? run.world.headOffice.practice().control.businessDate();
  const input = {
    formId: formId(run),
    name,
    ...(event.z > 0.8 ? { externalId: `own-c${String(event.y).slice(2, 8)}` } : {}),
    submittedOn: today,
    activationDate: event.x < 0.6 ? today : null,
    groups: groups.slice(0, Math.floor(event.x * 4)),
  };
  if (event.z < 0.12)
    run.world.headOffice.practice().control.requestAs('admin', {
      method: 'POST',
      url: '/centers',
      body: JSON.stringify({ name, officeId: officeOf(happening), active: false, submittedOnDate: today, ...HEAD_OFFICE_WRITES }),
    });
  const answer = await ask(run.world, person, 'centers.register', input);
  told(run, 'centers.register', answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, 'centers.register again', await ask(run.world, person, 'centers.register', input));
}

function officeOf({ pc }: Happening): number {
  return (
    row<{ id: number }>(pc.database(), "SELECT json_extract(value, '$.officeServerId') AS id FROM local_settings WHERE name = 'identity'")
      ?.id ?? 1
  );
}

/** Now and then the group itself is given to somebody, closed where nobody is left in it, or made active again. */
async function turnGroup({ run, event }: Happening, person: Person, groupId: string, isEmpty: boolean): Promise<boolean> {
  if (!isEmpty && event.z < 0.85) return false;
  const asked = await ask(run.world, person, 'groups.turnOptions', { groupId });
  if (asked.kind !== 'ok') return false;
  const { reasons, staff, staffName, turns } = asked.value as {
    readonly reasons: readonly { readonly serverId: number }[];
    readonly staff: readonly { readonly serverId: number }[];
    readonly staffName: string | null;
    readonly turns: readonly { readonly what: 'activate' | 'serve' | 'close'; readonly whyNot: string | null }[];
  };
  const turn = pickBy(
    turns.filter(({ whyNot }) => whyNot === null),
    event.y,
  );
  const form = { formId: formId(run), groupId };
  const chosen = pickBy(turn?.what === 'close' ? reasons : staff, event.x)?.serverId;
  if (turn === undefined || (turn.what !== 'activate' && chosen === undefined)) return false;
  const method = turn.what === 'serve' ? 'groups.assignStaff' : (`groups.${turn.what}` as const);
  const input =
    turn.what === 'activate'
      ? form
      : turn.what === 'close'
        ? { ...form, reasonId: chosen }
        : { ...form, staffId: chosen, before: staffName };
  const answer = await ask(run.world, person, method, input);
  told(run, method, answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, `${method} again`, await ask(run.world, person, method, input));
  return true;
}

/** Also one that was founded here a moment ago; now and then head office names it otherwise before it hears of that. Its first words stay. */
async function renameGroup(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = chiefOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const groupId = pickBy(
    rows<{ id: string }>(pc.database(), 'SELECT group_id AS id FROM replica_groups WHERE gone = 0 ORDER BY group_row'),
    event.x,
  )?.id;
  if (groupId === undefined) return;
  const shown = await ask(run.world, person, 'groups.show', { groupId });
  if (shown.kind !== 'ok') return;
  const { name: before, externalId } = shown.value as { readonly name: string; readonly externalId: string | null };
  if (event.z < 0.4) return renumberGroup(happening, person, groupId, externalId);
  const kept = before.replace(/ (?:Kikundi|Jina)\d{6}$/, '');
  const own = String(event.y).slice(2).padEnd(3, '0') + String(event.z).slice(2).padEnd(3, '0');
  const input = { formId: formId(run), groupId, before, name: `${kept} Kikundi${own}` };
  const answer = await ask(run.world, person, 'groups.rename', input);
  told(run, 'groups.rename', answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, 'groups.rename again', await ask(run.world, person, 'groups.rename', input));
  if (event.z < 0.6) return;
  const there = count(
    pc.database(),
    `SELECT coalesce(max(server_id), 0) FROM ${NUMBER_LEARNED_LAST} WHERE kind = 'group' AND local_id = ?`,
    groupId,
  );
  const reply = run.world.headOffice.practice().control.requestAs('admin', {
    method: 'PUT',
    url: `/groups/${String(there)}`,
    body: JSON.stringify({ name: `${kept} Jina${own}` }),
  });
  if (reply.status === 200) run.hit('sync', 'head office named a group too');
}

/** The institution's own number is written, written over or taken away; now and then head office writes one too. */
async function renumberGroup({ run, event, pc }: Happening, person: Person, groupId: string, before: string | null): Promise<void> {
  const own = String(event.y).slice(2).padEnd(6, '0').slice(0, 6);
  const input = { formId: formId(run), groupId, before, externalId: event.z < 0.1 ? '' : `kijiji-${own}` };
  const answer = await ask(run.world, person, 'groups.renumber', input);
  told(run, 'groups.renumber', answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, 'groups.renumber again', await ask(run.world, person, 'groups.renumber', input));
  if (event.z < 0.3) return;
  const group = row<{ id: number; name: string }>(
    run.world.headOffice.database(),
    'SELECT id, name FROM client_group WHERE id = ?',
    count(pc.database(), `SELECT coalesce(max(server_id), 0) FROM ${NUMBER_LEARNED_LAST} WHERE kind = 'group' AND local_id = ?`, groupId),
  );
  if (group === null) return;
  const reply = run.world.headOffice.practice().control.requestAs('admin', {
    method: 'PUT',
    url: `/groups/${String(group.id)}`,
    body: JSON.stringify({ name: group.name, externalId: `jina-${own}` }),
  });
  if (reply.status === 200) run.hit('sync', 'head office numbered a group too');
}

/** Somebody comes to a group or goes, also a client who was registered here a moment ago. */
async function changeGroup(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = chiefOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const group = pickBy(
    rows<{ id: string }>(pc.database(), 'SELECT group_id AS id FROM replica_groups WHERE gone = 0 ORDER BY group_row'),
    event.x,
  );
  if (group === undefined) return;
  const shown = await ask(run.world, person, 'groups.show', { groupId: group.id });
  if (shown.kind !== 'ok') return;
  const { members, status } = shown.value as { readonly members: readonly { readonly clientId: string }[]; readonly status: string };
  if (await turnGroup(happening, person, group.id, members.length === 0 && status !== 'closed')) return;
  const own = pickBy(
    rows<{ id: string }>(pc.database(), 'SELECT client_id AS id FROM replica_clients WHERE gone = 0 AND server_id IS NULL'),
    event.y,
  );
  const clientId = event.z < 0.4 ? pickBy(members, event.y)?.clientId : event.z < 0.7 && own !== undefined ? own.id : clientBy(happening);
  if (clientId === undefined) return;
  const method = members.some((each) => each.clientId === clientId) ? 'groups.removeMember' : 'groups.addMember';
  const input = { formId: formId(run), groupId: group.id, clientId };
  const answer = await ask(run.world, person, method, input);
  told(run, method, answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, `${method} again`, await ask(run.world, person, method, input));
}

/**
 * A member is given a role, or it is taken; whoever has one is let go now and then. Meanwhile head office gives or takes it too, or lets the member go,
 * before it hears of that.
 */
async function changeRole(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = chiefOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const groupId = pickBy(
    rows<{ id: string }>(pc.database(), 'SELECT group_id AS id FROM replica_groups WHERE gone = 0 ORDER BY group_row'),
    event.x,
  )?.id;
  if (groupId === undefined) return;
  const shown = await ask(run.world, person, 'groups.show', { groupId });
  if (shown.kind !== 'ok') return;
  const { members, roles, roleOptions } = shown.value as {
    readonly members: readonly { readonly clientId: string }[];
    readonly roles: readonly { readonly clientId: string; readonly role: string }[];
    readonly roleOptions: readonly { readonly serverId: number; readonly name: string }[];
  };
  const held = pickBy(roles, event.y);
  const member = held !== undefined && event.z < 0.6 ? held.clientId : pickBy(members, event.y)?.clientId;
  const role = roleOptions.find(({ name }) => name === held?.role) ?? pickBy(roleOptions, event.z);
  if (member === undefined || role === undefined) return;
  const form = { formId: formId(run), groupId, clientId: member };
  const isHeld = held?.clientId === member;
  const method = isHeld ? (event.z < 0.2 ? 'groups.removeMember' : 'groups.takeRole') : 'groups.giveRole';
  const input = isHeld ? (method === 'groups.takeRole' ? { ...form, role: held.role } : form) : { ...form, roleId: role.serverId };
  const answer = await ask(run.world, person, method, input);
  told(run, isHeld && method === 'groups.removeMember' ? 'groups.removeMember with a role' : method, answer);
  if (answer.kind === 'noAnswer' && (await atTheDesk(run.world, person)))
    told(run, `${method} again`, await ask(run.world, person, method, input));
  if (Math.floor(event.y * 1_000) % 3 !== 0) return;
  const there = (of: 'group' | 'client', localId: string): number =>
    count(pc.database(), `SELECT coalesce(max(server_id), 0) FROM ${NUMBER_LEARNED_LAST} WHERE kind = ? AND local_id = ?`, of, localId);
  meddleWithRole(run, there('group', groupId), there('client', member), role.serverId, Math.floor(event.x * 1_000) % 3);
}

function meddleWithRole(run: SimulatedRun, group: number, client: number, role: number, deed: number): void {
  const { control } = run.world.headOffice.practice();
  const say = (command: string, body: object) =>
    control.requestAs('admin', { method: 'POST', url: `/groups/${String(group)}?command=${command}`, body: JSON.stringify(body) });
  const its = row<{ id: number }>(
    run.world.headOffice.database(),
    'SELECT id FROM group_role WHERE group_id = ? AND client_id = ? ORDER BY id DESC',
    group,
    client,
  );
  const [what, reply] =
    deed === 0
      ? (['let go who has a role', say('disassociateClients', { clientMembers: [client] })] as const)
      : its === null
        ? (['gave a role', say('assignRole', { clientId: client, role })] as const)
        : (['took a role', say(`unassignRole&roleId=${String(its.id)}`, {})] as const);
  if (reply.status !== 200) return;
  run.membersTouchedThere.add(`${String(group)} ${String(client)}`);
  run.hit('sync', `head office ${what} too`);
}

async function itemsAt(run: SimulatedRun, person: Person): Promise<readonly SyncItem[]> {
  const desk = await ask(run.world, person, 'sync.showDesk', {});
  return desk.kind === 'ok' ? (desk.value as { unfinished: readonly SyncItem[] }).unfinished : [];
}

/** Its maker gives up what was not sent, or says it in other words; sometimes a moment too late. */
async function changeNote(happening: Happening): Promise<void> {
  const { run, event } = happening;
  const person = cashierOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const item = pickBy(
    (await itemsAt(run, person)).filter(({ mayChange }) => mayChange),
    event.y,
  );
  if (item === undefined) return;
  if (event.z < 0.5) await run.world.time.pass(1_000);
  const { commandId } = item;
  const isAmended = event.z > 0.4;
  const method = isAmended ? 'sync.amendCommand' : 'sync.withdrawCommand';
  const rest = isAmended ? { edits: { text: `said better ${String(event.z)}` } } : { reason: 'not so after all' };
  told(run, method, await ask(run.world, person, method, { commandId, ...rest }));
}

async function decide(happening: Happening, item: SyncItem, agrees: boolean): Promise<void> {
  const { run, pc } = happening;
  const { chief, otherChief } = run.world.postingOf(pc);
  for (const username of [chief, otherChief]) {
    const person: Person = { pc, username };
    if (!(await atTheDesk(run.world, person))) continue;
    const answer = await ask(run.world, person, 'sync.decideHeld', { commandId: item.commandId, agrees, reason: 'as seen' });
    told(run, `sync.decideHeld ${agrees ? 'yes' : 'no'}`, answer);
    if (answer.kind !== 'refused' || answer.code !== 'command.makerCannotDecide') return;
  }
}

async function decideHeld(happening: Happening): Promise<void> {
  const { run, event } = happening;
  const manager = chiefOf(happening);
  if (!(await atTheDesk(run.world, manager))) return;
  const held = (await itemsAt(run, manager)).filter(({ heldFor }) => heldFor !== null);
  const item = pickBy(held, event.y);
  if (item !== undefined) await decide(happening, item, event.x < 0.7);
}

/** At the end nothing waits for a second person any more. */
export async function decideAllHeld(happening: Happening): Promise<void> {
  const { run } = happening;
  const manager = chiefOf(happening);
  if (!(await atTheDesk(run.world, manager))) return;
  for (const item of await itemsAt(run, manager)) if (item.heldFor !== null) await decide(happening, item, run.world.chance.chance(0.5));
}

/** A manager who corrects at head office by hand what Tawi was refused: the same sum, on the same day. */
function postByHand(run: SimulatedRun, journal: BranchPc, commandId: string): boolean {
  const database = journal.database();
  const read = readerOf(database);
  const payload = read.command(commandId)?.payload;
  if (payload === undefined || !('payment' in payload)) return false;
  const { accountKind: kind, byHand: act } = KINDS_IN_THE_WORLD[payload.kind];
  const accountId = kind === null ? null : read.serverIdOf(kind, 'loanId' in payload ? payload.loanId : payload.savingsId);
  if (accountId === null || act === null) return false;
  const { control } = run.world.headOffice.practice();
  if (kind === 'savings') control.actAs({ username: 'bungoma', kind: 'unblock', accountId });
  return (
    control.actAs({ username: 'bungoma', kind: act, accountId, amountMinor: payload.amountMinor, date: payload.transactionDate }).status ===
    200
  );
}

const WAYS = ['resubmit', 'reverse', 'suspend', 'recognise'] as const;

/** Every closing of head office's books is taken back, the newest first. */
export function openBooks(run: SimulatedRun): void {
  const { control } = run.world.headOffice.practice();
  for (const { id } of rows<{ id: number }>(run.world.headOffice.database(), 'SELECT id FROM gl_closure ORDER BY id DESC'))
    control.requestAs('admin', { method: 'DELETE', url: `/glclosures/${String(id)}`, body: null });
}

interface PostedThere {
  readonly kind: 'loan' | 'savings';
  readonly account: number;
  readonly id: number;
  readonly date: string;
}

/** Head office's own people undo a transaction of ours. */
function undoThere(run: SimulatedRun, posted: PostedThere): boolean {
  const shelf = posted.kind === 'loan' ? 'loans' : 'savingsaccounts';
  const reply = run.world.headOffice.practice().control.requestAs('admin', {
    method: 'POST',
    url: `/${shelf}/${String(posted.account)}/transactions/${String(posted.id)}?command=undo`,
    body: JSON.stringify({ transactionDate: posted.date, transactionAmount: 0, dateFormat: 'yyyy-MM-dd', locale: 'en' }),
  });
  return reply.status === 200;
}

/** What stands there twice has one way out: a manager calls head office, which undoes what it posted after all. */
function askToUndo(run: SimulatedRun, pc: BranchPc, commandId: string): boolean {
  const posted = row<PostedThere>(
    pc.database(),
    `SELECT s.kind, s.server_id AS account, json_extract(e.facts, '$.serverTransactionId') AS id, json_extract(c.payload, '$.transactionDate') AS date
     FROM journal_commands c JOIN ${NUMBER_LEARNED_LAST} s ON c.subject = s.kind || ':' || s.local_id
       JOIN journal_command_events e ON e.command_id = c.command_id AND e.why = 'postedAfterAll'
     WHERE c.command_id = ? ORDER BY e.position DESC LIMIT 1`,
    commandId,
  );
  const undone = posted !== null && undoThere(run, posted);
  if (undone) run.hit('resolution', 'undone there, for it stood twice');
  return undone;
}

export async function resolveCase(happening: Happening, wanted: (typeof WAYS)[number]): Promise<boolean> {
  const { run, event, pc } = happening;
  const posting = run.world.postingOf(pc);
  let manager: Person = { pc, username: posting.chief };
  if (!(await atTheDesk(run.world, manager))) return false;
  let listed = await ask(run.world, manager, 'exceptions.list', { show: 'open' });
  if (listed.kind !== 'ok') return false;
  const open = listed.value as readonly ExceptionView[];
  const chosen = pickBy(open, event.y);
  if (chosen === undefined) return recoverSuspended(happening, manager);
  if (chosen.choices.some(({ whyNot }) => whyNot === 'resolution.postedTwice')) return askToUndo(run, pc, chosen.item.commandId);
  const never = chosen.choices.some((choice) => choice.resolution === wanted && choice.whyNot === 'resolution.notForThisKind');
  const offered = chosen.choices.some((choice) => choice.resolution === wanted);
  // What is not about money has other ways out in the places of two of them.
  const others = chosen.existing.length > 0 && event.x < 0.5 ? 'merge' : 'correct';
  // Of what stands there already one way out is left.
  const isThere = chosen.choices.some(({ whyNot }) => whyNot === 'resolution.alreadyPosted');
  const way = isThere ? 'recognise' : never ? 'resubmit' : offered ? wanted : wanted === 'reverse' ? 'withdraw' : others;
  if (chosen.makerIsMe || chosen.agreed?.leaveToAnother === true) {
    manager = { pc, username: posting.otherChief };
    if (!(await atTheDesk(run.world, manager))) return false;
  }
  if (way === 'reverse' && !(await atTheCounter(run.world, manager))) return false;
  let chosenId: number | undefined;
  if (way === 'recognise') {
    if (chosen.candidates.length === 0 && !postByHand(run, pc, chosen.item.commandId)) return false;
    if (chosen.clientId !== null)
      told(run, 'clients.refresh', await ask(run.world, manager, 'clients.refresh', { clientId: chosen.clientId }));
    listed = await ask(run.world, manager, 'exceptions.show', { exceptionId: chosen.exceptionId });
    if (listed.kind !== 'ok') return false;
    chosenId = (listed.value as ExceptionView).candidates[0]?.serverTransactionId;
  }
  if (way === 'resubmit' && event.x < 0.5) {
    const savings = chosen.item.accountNo;
    const accountId = row<{ id: number }>(
      run.world.headOffice.database(),
      'SELECT id FROM savings_account WHERE account_no = ?',
      savings,
    )?.id;
    if (accountId !== undefined && KINDS_IN_THE_WORLD[chosen.item.kind].accountKind !== 'loan')
      run.world.headOffice.practice().control.actAs({ username: 'bungoma', kind: 'unblock', accountId });
  }
  // A client whose several lines were refused is given everything at once, now and then.
  const whole = way === 'reverse' && chosen.casesOfReceipt > 1 && event.x < 0.6;
  const decision = {
    exceptionId: chosen.exceptionId,
    resolution: way,
    reason: 'decided in the simulator',
    whole,
    ...(chosenId === undefined ? {} : { serverTransactionId: chosenId }),
    ...(way === 'correct' ? { edits: putRight(chosen) } : {}),
    ...(way === 'merge' ? { mergeInto: chosen.existing[0]?.localId } : {}),
    ...(way === 'withdraw' && event.x < 0.7 ? { withChildren: true } : {}),
  };
  if (way === 'reverse' && run.world.currencies)
    await opensDrawerFor(run, manager, { kind: 'refused', code: 'drawer.otherCurrency', facts: { currency: chosen.item.currency.code } });
  let answer = await ask(run.world, manager, 'exceptions.resolve', decision);
  // What goes back to a client is dated too, perhaps on another day than head office's.
  if (await sayDate(run.world, manager, answer)) answer = await ask(run.world, manager, 'exceptions.resolve', decision);
  told(run, `exceptions.resolve ${way}${whole ? ' whole' : ''}`, answer);
  if (answer.kind === 'ok') run.hit('resolution', way);
  return answer.kind === 'ok';
}

/** Where no case waits, a manager looks through what stands in suspense: the client came back, or head office has corrected it by hand. */
export async function recoverSuspended({ run, event, pc }: Happening, chief: Person): Promise<boolean> {
  const suspense = await ask(run.world, chief, 'exceptions.listSuspense', {});
  if (suspense.kind !== 'ok') return false;
  const { rows: carried } = suspense.value as { readonly rows: readonly { readonly exceptionId: string; readonly recoverable: boolean }[] };
  const chosen = pickBy(
    carried.filter(({ recoverable }) => recoverable),
    event.y,
  );
  if (chosen === undefined) return false;
  const show = async (person: Person): Promise<ExceptionView | null> => {
    const shown = await ask(run.world, person, 'exceptions.show', { exceptionId: chosen.exceptionId });
    return shown.kind === 'ok' ? (shown.value as ExceptionView) : null;
  };
  let view = await show(chief);
  if (view === null) return false;
  const isOwn = view.makerIsMe || view.agreed?.leaveToAnother === true;
  const manager = isOwn ? { pc, username: run.world.postingOf(pc).otherChief } : chief;
  if (isOwn && !(await atTheDesk(run.world, manager))) return false;
  const way = event.x < 0.6 ? 'reverse' : 'recognise';
  if (way === 'recognise') {
    if (view.candidates.length === 0 && !postByHand(run, pc, view.item.commandId)) return false;
    if (view.clientId !== null) told(run, 'clients.refresh', await ask(run.world, manager, 'clients.refresh', { clientId: view.clientId }));
    view = await show(manager);
  } else if (!(await atTheCounter(run.world, manager))) return false;
  const candidate = view?.candidates[0]?.serverTransactionId;
  const decision = {
    exceptionId: chosen.exceptionId,
    resolution: way,
    reason: 'recovered in the simulator',
    ...(way === 'reverse' || candidate === undefined ? {} : { serverTransactionId: candidate }),
  };
  if (way === 'reverse' && run.world.currencies && view !== null)
    await opensDrawerFor(run, manager, { kind: 'refused', code: 'drawer.otherCurrency', facts: { currency: view.item.currency.code } });
  let answer = await ask(run.world, manager, 'exceptions.recover', decision);
  if (await sayDate(run.world, manager, answer)) answer = await ask(run.world, manager, 'exceptions.recover', decision);
  told(run, `exceptions.recover ${way}`, answer);
  if (answer.kind === 'ok') run.hit('resolution', `recover ${way}`);
  return answer.kind === 'ok';
}

/** A phone that somebody else has is left out, and so is a number of the institution's. */
function putRight({ item }: ExceptionView): Readonly<Record<string, string>> {
  if ('text' in item.editable) return { text: 'put right in the simulator' };
  const { name } = item.editable;
  return { mobileNo: '', externalId: '', ...(name !== undefined && 'externalId' in item.editable ? { name: `${name} anew` } : {}) };
}

/** Whoever recorded it, and may resolve cases, tries to close their own. */
async function makerTriesToClose(happening: Happening): Promise<void> {
  const { run, pc } = happening;
  const own = row<{ exceptionId: string; maker: string }>(
    pc.database(),
    `SELECT x.exception_id AS exceptionId, c.recorded_by AS maker FROM journal_exceptions x JOIN journal_commands c ON c.command_id = x.command_id
     WHERE x.closed_at IS NULL AND c.recorded_by IN ('grace', 'bungoma', ?) LIMIT 1`,
    run.world.postingOf(pc).chief,
  );
  if (own === null) return;
  const person: Person = { pc, username: own.maker };
  if (!(await atTheDesk(run.world, person))) return;
  told(
    run,
    'exceptions.resolve own',
    await ask(run.world, person, 'exceptions.resolve', { exceptionId: own.exceptionId, resolution: 'resubmit', reason: 'my own case' }),
  );
}

export async function releaseCommands(happening: Happening): Promise<void> {
  const { run, pc } = happening;
  const manager = chiefOf(happening);
  if (!(await atTheDesk(run.world, manager))) return;
  for (const username of await signInNeededAt(run.world, manager)) {
    const releasing: Person = username === manager.username ? { pc, username: run.world.postingOf(pc).otherChief } : manager;
    if (!(await atTheDesk(run.world, releasing))) continue;
    told(run, 'sync.releaseCommands', await ask(run.world, releasing, 'sync.releaseCommands', { username, reason: 'gone for good' }));
  }
}

/** A manager wants to know whether the three books are one, whatever waits and however the line is. */
async function compareBooks(happening: Happening): Promise<void> {
  const manager = chiefOf(happening);
  if (await atTheDesk(happening.run.world, manager))
    told(happening.run, 'sync.compare', await ask(happening.run.world, manager, 'sync.compare', {}));
}

async function look(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const person = cashierOf(happening);
  if (!(await atTheDesk(run.world, person))) return;
  const client = pickBy(
    readerOf(pc.database()).clients({ show: 'all', businessDate: dateAt(run.world.time.now()), offset: 0, most: 50 }).rows,
    event.y,
  );
  const methods: readonly (readonly [string, object])[] = [
    ['session.showStart', {}],
    ['sync.showDesk', {}],
    ['sync.showStatus', {}],
    ['exceptions.list', { show: event.z < 0.5 ? 'open' : 'closed' }],
    ['exceptions.listSuspense', {}],
    ['cash.showDay', {}],
    ['receipts.list', {}],
    ['loans.list', {}],
    ['clients.list', {}],
    ['clients.find', { text: client?.displayName.slice(0, 4) ?? 'a' }],
    ...(client === undefined
      ? []
      : ([
          ['clients.show', { clientId: client.clientId }],
          ['clients.listHistory', { clientId: client.clientId }],
        ] as const)),
  ];
  for (const [method, input] of methods) {
    const answer = await ask(run.world, person, method, input);
    if (answer.kind === 'refused') told(run, method, answer);
    if (method === 'cash.showDay' && answer.kind === 'ok' && run.world.currencies)
      run.judge(() => checkDay(pc.name, pc.database(), answer.value as Parameters<typeof checkDay>[2]));
  }
}

/** Whoever holds several drawers counts and closes each, in its own money. */
async function closeDrawerOf(run: SimulatedRun, person: Person, differs: boolean): Promise<void> {
  const listed = run.world.currencies ? await ask(run.world, person, 'cash.listCurrencies', {}) : null;
  if (listed?.kind !== 'ok') return closeDrawerIn(run, person, differs, null);
  const currencies = listed.value as readonly { readonly currency: Currency; readonly hasDrawer: boolean }[];
  for (const { currency, hasDrawer } of currencies) if (hasDrawer) await closeDrawerIn(run, person, differs, currency);
}

async function closeDrawerIn(run: SimulatedRun, person: Person, differs: boolean, currency: Currency | null): Promise<void> {
  const named = currency === null ? {} : { currency: currency.code };
  const holdsMinor = drawerHolds(person, currency?.code);
  if (holdsMinor === null) return;
  const countedMinor = Math.max(holdsMinor - (differs ? 500 : 0), 0);
  // Counted blind: a first count that differs tells nothing, and the second one is the last.
  const first = await ask(run.world, person, 'cash.countDrawer', {
    countedMinor: differs ? 0 : countedMinor,
    ...(differs ? {} : { pieces: piecesOf(countedMinor, currency ?? { code: 'KES', decimals: 2 }) }),
    ...named,
  });
  if (first.kind !== 'ok') return;
  const shown = first.value as { readonly expectedMinor: number | null; readonly counts: readonly unknown[] };
  const isBlind = shown.counts.length > 1 || !differs || holdsMinor === 0 || shown.expectedMinor === null;
  if (!isBlind) throw new BrokenPromise('I7', 'a first count that differs told what must lie in the drawer');
  told(
    run,
    'cash.closeDrawer',
    await ask(run.world, person, 'cash.closeDrawer', { countedMinor, reason: differs ? 'a coin was missing' : '', ...named }),
  );
}

/** Cash between vault and drawers, and counts of both. A slip that nobody heard of is asked for once more with its own form. */
async function moveCash(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const { world } = run;
  const maker = event.x < 0.5 ? chiefOf(happening) : cashierOf({ ...happening, event: { ...event, x: event.y } });
  if ((event.z * 13) % 1 < 0.3) await setLimit(happening);
  const again = run.unheardSlips.shift();
  if (again !== undefined) await makeSlip(run, again.person, again.input);
  const person = maker;
  if (!(await atTheCounter(world, person))) return;
  await lookIntoNotes(run, person);
  const shown = await ask(world, person, 'vault.show', {});
  if (shown.kind !== 'ok') return;
  const { vaults, drawers, signers, onTheRoad } = shown.value as VaultShown;
  const vault = pickBy(vaults, event.z);
  const drawer = pickBy(drawers, event.y);
  const usual = ['toDrawer', 'toVault', 'handOver', 'vaultCount', 'drawerCount', 'vaultDifference'] as const;
  const kinds = [...usual, 'toBank', 'fromBank', 'atBank', 'pettyOut', 'pettyIn', 'changeVault', 'changeDrawers', 'changeClient'] as const;
  const kind = pickBy(kinds, (event.x * 7 + event.y * 3) % 1) ?? 'toDrawer';
  const other = drawers.find((each) => !each.mine);
  // Mostly somebody who may; now and then somebody who may not.
  const { people, drawers: named } = SLIP_RULES[kind];
  const keeper = signers.find(({ username, keeps }) => (people === 'holders' ? username === other?.username : keeps));
  const second = event.z > 0.9 ? pickBy(signers, event.y) : (keeper ?? signers[0]);
  if (vault === undefined || drawer === undefined || second === undefined) return;
  const password = world.lastPassword.get(`${second.username}@${pc.name}`) ?? world.headOffice.passwordOf(second.username);
  const signs = { approval: { username: second.username, password } };
  const common = { ...signs, reason: 'seen by both' };
  const { code } = vault.currency;
  if (!vault.opened) {
    await makeSlip(run, person, { ...common, formId: formId(run), kind: 'opening', currency: code, amountMinor: 5_000_000 });
    return;
  }
  const holdsMinor = rows<{ minor: number }>(
    pc.database(),
    `SELECT coalesce(sum(vault_minor), 0) AS minor FROM journal_cash_slips WHERE currency = '${code}'`,
  )[0]?.minor;
  const mine = drawers.find((each) => each.mine) ?? drawer;
  const amountMinor = Math.round(3_000 * event.y) * 100;
  const drawerIds = [mine.drawerId, (other ?? drawer).drawerId].slice(0, named.length);
  const bag = onTheRoad[0];
  await makeSlip(run, person, {
    reason: common.reason,
    // Where a client is the other nobody signs; now and then somebody does all the same.
    ...(people === 'holder' && event.z < 0.8 ? {} : signs),
    ...(SLIP_RULES[kind].changesWith === undefined ? {} : changedNotes(mine.currency, event)),
    ...(['toDrawer', 'toVault', 'handOver', 'pettyOut', 'pettyIn', 'drawerCount'].includes(kind) && event.x < 0.6
      ? { pieces: piecesOf(amountMinor, mine.currency) }
      : {}),
    ...(kind === 'atBank' ? { bag: bag?.number ?? 'of nobody' } : {}),
    formId: formId(run),
    kind,
    currency: code,
    drawerIds,
    amountMinor:
      kind === 'vaultCount'
        ? (holdsMinor ?? 0) - (event.z < 0.4 ? 500 : 0)
        : kind === 'atBank'
          ? (bag?.amountMinor ?? 0) - (event.z < 0.2 ? 100 : 0)
          : amountMinor,
  });
  if (kind === 'toBank' && event.z < 0.6) {
    const after = await ask(world, person, 'vault.show', {});
    const left = after.kind === 'ok' ? (after.value as VaultShown).onTheRoad.at(-1) : undefined;
    if (left !== undefined)
      await makeSlip(run, person, { ...common, formId: formId(run), kind: 'atBank', bag: left.number, amountMinor: left.amountMinor });
  }
  // What a count found is declared, where it found something.
  if (kind === 'vaultCount') await makeSlip(run, person, { ...common, formId: formId(run), kind: 'vaultDifference', currency: code });
}

/** By whichever manager holds no drawer; where both do it is refused. */
async function setLimit({ run, event, pc }: Happening): Promise<void> {
  const { chief, otherChief } = run.world.postingOf(pc);
  for (const username of [chief, otherChief]) {
    if (drawerHolds({ pc, username }) !== null || run.gone.has(username)) continue;
    const person = { pc, username };
    if (!(await atTheDesk(run.world, person))) continue;
    told(run, 'vault.setLimit', await ask(run.world, person, 'vault.setLimit', limitFor('KES', event.x, event.y)));
    return;
  }
}

interface VaultShown {
  readonly vaults: readonly { readonly currency: Currency; readonly opened: boolean }[];
  readonly drawers: readonly {
    readonly drawerId: string;
    readonly username: string;
    readonly mine: boolean;
    readonly currency: Currency;
  }[];
  readonly signers: readonly { readonly username: string; readonly keeps: boolean }[];
  readonly onTheRoad: readonly { readonly number: string; readonly amountMinor: number }[];
}

/** A few of the largest notes for so many of the next that make the same sum; now and then one too few comes back. */
function changedNotes(currency: Currency, { x, y }: { readonly x: number; readonly y: number }) {
  const { notes, coins } = denominationsOf(currency);
  const faces = [
    ...notes.map((faceMinor) => ({ as: 'note' as const, faceMinor })),
    ...coins.map((faceMinor) => ({ as: 'coin' as const, faceMinor })),
  ];
  const [one, other] = faces;
  if (one === undefined || other === undefined) return {};
  const times = 1 + Math.floor(x * 5);
  const short = (y * 17) % 1 < 0.2 ? 1 : 0;
  const common = commonOf(one.faceMinor, other.faceMinor);
  return {
    pieces: [{ ...one, count: (times * other.faceMinor) / common }],
    piecesBack: [{ ...other, count: (times * one.faceMinor) / common - short }],
  };
}

function commonOf(one: number, other: number): number {
  return other === 0 ? one : commonOf(other, one % other);
}

async function makeSlip(run: SimulatedRun, person: Person, input: SlipForm): Promise<void> {
  const judgeLimit = watchSlip(person, input.kind, (input['drawerIds'] ?? []) as readonly string[]);
  const answer = await ask(run.world, person, 'vault.makeSlip', input);
  if (judgeLimit(answer)) run.hit('sync', 'a slip was stopped for where the drawer stood');
  told(run, `vault.makeSlip ${input.kind}`, answer);
  if (answer.kind === 'noAnswer') run.unheardSlips.push({ person, input });
  if (answer.kind !== 'ok') return;
  const made = count(person.pc.database(), `SELECT count(*) FROM journal_cash_slips WHERE form_id = '${input.formId}'`);
  if (made !== 1) throw new BrokenPromise('I7 one form is one slip', `${input.formId} made ${String(made)}`);
}

/** Somebody comes after the close: the manager takes it back, or the next day is opened for late work. */
async function afterTheClose(happening: Happening, chief: Person): Promise<void> {
  const { run, event, pc } = happening;
  const { world } = run;
  const [username] = world.postingOf(pc).cashiers;
  const isReopened = (event.x * 7) % 1 < 0.35;
  if (!isReopened && event.z < 0.4) return;
  const day = await ask(world, chief, 'cash.showDay', {});
  if (day.kind !== 'ok') return;
  const { businessDate, lateDate } = day.value as { readonly businessDate: string; readonly lateDate: string | null };
  if (isReopened) told(run, 'cash.reopenDay', await ask(world, chief, 'cash.reopenDay', { businessDate, reason: 'a client came late' }));
  // Only tomorrow comes in a world of two days.
  else if (lateDate !== dateAt(instantOf(dateAt(world.time.now()), 36))) return;
  const cashier: Person = { pc, username };
  if (!(await atTheDesk(world, cashier))) return;
  const opened = await ask(world, cashier, 'cash.openDrawer', { openingMinor: OPENING_MINOR, afterHours: true });
  told(run, `cash.openDrawer ${isReopened ? 'of a day opened again' : 'after hours'}`, opened);
  const form = depositForm(happening);
  const paper = opened.kind === 'ok' && form !== null ? await hand(run, cashier, form) : null;
  if (!isReopened && paper?.kind === 'ok') run.hit('sync', 'a receipt after hours');
  await closeDrawerOf(run, cashier, false);
  if (isReopened && (await atTheDesk(world, chief))) told(run, 'cash.closeDay again', await ask(world, chief, 'cash.closeDay', {}));
}

/** Where the branch's day runs ahead of the calendar: a clock or a zone was wrong when it was opened. */
async function dayInError(happening: Happening): Promise<void> {
  const { run, pc } = happening;
  const chief = chiefOf(happening);
  if (!(await atTheDesk(run.world, chief))) return;
  const day = await ask(run.world, chief, 'cash.showDay', {});
  const wrongDay = day.kind === 'ok' ? (day.value as { readonly wrongDay: { readonly businessDate: string } | null }).wrongDay : null;
  if (wrongDay === null) return;
  for (const username of new Set([...run.world.postingOf(pc).cashiers, chief.username]))
    if (!run.gone.has(username) && (await atTheDesk(run.world, { pc, username }))) await closeDrawerOf(run, { pc, username }, false);
  if (!(await atTheDesk(run.world, chief))) return;
  const { businessDate } = wrongDay;
  told(run, 'cash.closeDayInError', await ask(run.world, chief, 'cash.closeDayInError', { businessDate, reason: 'the clock was wrong' }));
}

export function zoneOf(pc: BranchPc): string {
  return (
    row<{ zone: string }>(pc.database(), `SELECT json_extract(value, '$.zone') AS zone FROM local_settings WHERE name = 'identity'`)
      ?.zone ?? WORLD_ZONE
  );
}

/** By an administrator at that PC. */
export async function setZone(run: SimulatedRun, pc: BranchPc, zone: string): Promise<boolean> {
  const administrator: Person = { pc, username: 'admin' };
  if (!(await atTheDesk(run.world, administrator))) return false;
  const answer = await ask(run.world, administrator, 'headOffice.changeZone', { zone });
  told(run, `headOffice.changeZone ${zone}`, answer);
  return answer.kind === 'ok';
}

/** The evening: drawers and day are closed if people think of it, PCs go off; the next morning comes. */
async function nextDay({ run, event }: Happening): Promise<void> {
  const { world } = run;
  for (const pc of world.pcs) {
    if (event.x < 0.75 && pc.isOn()) {
      const posting = world.postingOf(pc);
      for (const username of posting.cashiers)
        if (await atTheDesk(world, { pc, username })) await closeDrawerOf(run, { pc, username }, false);
      const chief: Person = { pc, username: posting.chief };
      if (await atTheDesk(world, chief)) {
        await closeDrawerOf(run, chief, false);
        const closed = await ask(world, chief, 'cash.closeDay', {});
        told(run, 'cash.closeDay', closed);
        if (closed.kind === 'ok') await afterTheClose({ run, event, pc }, chief);
      }
    }
    if (event.y < 0.7) await pc.stop();
    if (pc.isOn()) pc.die('process', 'in the evening');
  }
  run.check(true);
  const today = dateAt(world.time.now());
  const tomorrow = dateAt(instantOf(today, 36));
  world.time.leapTo(instantOf(tomorrow, OPENS_AT_HOUR));
  world.headOffice.practice().control.setBusinessDate(tomorrow);
  run.note(`the day ${tomorrow} begins`);
  for (const pc of world.pcs) {
    pc.start();
    await atTheDesk(world, { pc, username: world.postingOf(pc).chief });
  }
}

/** Head office's ids of the accounts for which something waits at this PC. */
function waitingAccounts({ pc }: Happening, kind: 'savings' | 'loan'): readonly number[] {
  return rows<{ id: number }>(
    pc.database(),
    `SELECT DISTINCT s.server_id AS id FROM journal_commands c JOIN ${NUMBER_LEARNED_LAST} s ON s.kind = ? AND c.subject = ? || ':' || s.local_id
     WHERE c.${UNFINISHED} ORDER BY 1`,
    kind,
    kind,
  ).map(({ id }) => id);
}

/** An active account at head office; mostly one for which something waits, if there is one. */
function accountAt(happening: Happening, kind: 'savings' | 'loan'): number | undefined {
  const { run, event } = happening;
  const table = kind === 'savings' ? 'savings_account' : 'loan';
  const active = rows<{ id: number }>(run.world.headOffice.database(), `SELECT id FROM ${table} WHERE status = 300 ORDER BY id`).map(
    ({ id }) => id,
  );
  const waiting = waitingAccounts(happening, kind).filter((id) => active.includes(id));
  return pickBy(waiting.length > 0 && event.x < 0.8 ? waiting : active, event.y);
}

/** What strikes an account counts when something waits for it: else it is only a change like any other. */
function hitAccount(happening: Happening, fault: Fault, kind: 'savings' | 'loan', accountId: number): void {
  if (waitingAccounts(happening, kind).includes(accountId)) happening.run.hit('fault', fault);
  else happening.run.hit('sync', `${fault}, nothing waiting`);
}

function tornBackup({ run, event, pc }: Happening): void {
  const tear = pickBy(TEARS, event.z) ?? TEARS[0];
  run.hit('fault', 'tornBackup');
  run.hit('sync', `torn backup: ${tear}`);
  run.judge(() => tearBackup(pc.name, pc.database(), { tear, from: event.x, cut: event.y < 0.5 }, run.mutation?.copy));
}

const UNFINISHED = `state NOT IN ('accepted', 'withdrawn', 'resolved')`;

/** Today's program takes over from last year's, whose payloads still wait; later it takes over from itself. */
async function upgrade(happening: Happening): Promise<void> {
  const { run, event, pc } = happening;
  const waiting = count(
    pc.database(),
    `SELECT count(*) FROM journal_commands WHERE ${UNFINISHED} AND payload_version = ?`,
    LAST_YEARS_VERSION,
  );
  if (event.x < 0.5) await pc.stop();
  if (pc.isOn()) pc.die('process', 'for an upgrade');
  if (pc.installed() === 'lastYears' && waiting > 0) run.hit('fault', 'upgrade');
  pc.upgrade();
  pc.start();
  await atTheDesk(run.world, chiefOf(happening));
}

function hitPerson(run: SimulatedRun, fault: Fault, waiting: string | null): void {
  if (waiting === null) run.hit('sync', `${fault}, nothing waiting`);
  else run.hit('fault', fault);
}

/** Whose commands wait at this PC: one of them if there are any, else null. */
function waitingSender({ event, pc }: Happening, mayBe: (username: string) => boolean): string | null {
  const senders = rows<{ username: string }>(
    pc.database(),
    `SELECT DISTINCT sent_as AS username FROM journal_commands WHERE ${UNFINISHED} ORDER BY 1`,
  ).map(({ username }) => username);
  return pickBy(senders.filter(mayBe), event.x) ?? null;
}

export const MAKER_CHECKED = [
  'DEPOSIT_SAVINGSACCOUNT',
  'WITHDRAWAL_SAVINGSACCOUNT',
  'REPAYMENT_LOAN',
  'CREATE_JOURNALENTRY',
  'CREATE_ACCOUNTTRANSFER',
] as const;
export const NOTES_CHECKED = 'CREATE_CLIENTNOTE';
const RIGHTS = ['DEPOSIT_SAVINGSACCOUNT', 'WITHDRAWAL_SAVINGSACCOUNT', 'REPAYMENT_LOAN'] as const;

export function setMakerChecker(run: SimulatedRun, code: string, isOn: boolean): void {
  run.world.headOffice.practice().control.setMakerChecker(code, isOn);
}

export function decideWaiting(run: SimulatedRun, approves: boolean): number {
  const waiting = rows<{ id: number }>(run.world.headOffice.database(), 'SELECT id FROM command_row WHERE status = 2');
  for (const { id } of waiting) {
    const reply = run.world.headOffice.practice().control.requestAs('admin', {
      method: 'POST',
      url: `/makercheckers/${String(id)}?command=${approves ? 'approve' : 'reject'}`,
      body: '{}',
    });
    if (approves && reply.status !== 200)
      run.world.headOffice
        .practice()
        .control.requestAs('admin', { method: 'POST', url: `/makercheckers/${String(id)}?command=reject`, body: '{}' });
  }
  return waiting.length;
}

function newestAudit(books: Database): number {
  return count(books, 'SELECT coalesce(max(id), 0) FROM command_row');
}

/** The books of some time ago are put back. Answers the furthest cursor of any PC if that lies above what is left of the audit trail. */
function restoreHeadOffice(run: SimulatedRun): number | null {
  if (run.backup === null) return null;
  const { headOffice, pcs } = run.world;
  const today = headOffice.practice().control.businessDate();
  const putBackTo = run.cursors.restoring(
    pcs.map(({ name, database }) => ({ name, database: database() })),
    headOffice.database(),
  );
  headOffice.restore(run.backup);
  putBackTo(headOffice.database());
  headOffice.practice().control.setBusinessDate(today);
  for (const pc of pcs) pc.network.dropInFlight();
  run.restoredAt = run.world.time.now();
  const cursor = Math.max(...pcs.map((pc) => auditCursorOf(pc.database()) ?? 0));
  return newestAudit(headOffice.database()) < cursor ? cursor : null;
}

/**
 * Somebody copies the data folder to another computer and works there as well, while the first goes on. Copied where nothing waits: what waits
 * in both would be decided on by two people who do not know of each other.
 */
async function folderCopied({ run, event, pc }: Happening): Promise<void> {
  const { world } = run;
  const waits = (at: BranchPc): boolean => count(at.database(), `SELECT count(*) FROM journal_commands WHERE ${UNFINISHED}`) > 0;
  if (!(await world.time.passUntil(() => !waits(pc), 3 * MINUTE_MS))) return;
  const copy = world.copyFolder(pc);
  copy.start();
  const there = { run, event, pc: copy };
  const person = cashierOf(there);
  const { lastForm, unheard } = run;
  const heard = unheard.length;
  for (const when of ['at once', 'later']) {
    const form = (await atTheCounter(world, person)) ? depositForm(there) : null;
    const answer = form === null ? null : await hand(run, person, form);
    if (answer?.kind === 'ok' || (answer?.kind === 'refused' && answer.code === 'device.newCodeNeeded')) run.hit('fault', 'folderCopied');
    if (answer?.kind === 'ok') run.hit('sync', `a copied folder gave a number ${when}`);
    await world.time.pass((2 + 3 * event.x) * MINUTE_MS);
  }
  // Nobody comes back to that computer to press once more; what it recorded is sent while it is on.
  run.lastForm = lastForm;
  run.unheard.length = heard;
  await world.time.passUntil(() => !waits(copy), 10 * MINUTE_MS);
  copy.die('process', 'put away');
}

const REFUSED = [
  'error.msg.savingsaccount.transaction.insufficient.account.balance',
  'error.msg.client.not.active.exception',
  'error.msg.loan.transaction.cannot.be.before.disbursement.date',
] as const;

const HANDLERS: Readonly<Record<What, Handler>> = {
  takeRepayment,
  takeDeposit,
  takeBasket,
  transfer,
  payWithdrawal,
  pressAgain,
  pressTwice,
  printReceipt,
  addNote,
  registerClient,
  changeNote,
  takePicture,
  addPaper,
  editClient,
  changeGroup,
  renameGroup,
  changeRole,
  foundGroup,
  foundCenter,
  turnClient,
  openSavings,
  decideSavings,
  holdMoney,
  decideHeld,
  decideLoan,
  disburseLoan,
  undoPayout,
  applyForLoan,
  async resolveCase(happening) {
    await resolveCase(happening, pickBy(WAYS, happening.event.z) ?? 'resubmit');
  },
  makerTriesToClose,
  compareBooks,
  releaseCommands,
  async declareOffline(happening) {
    const manager = chiefOf(happening);
    if (await atTheDesk(happening.run.world, manager))
      told(happening.run, 'sync.declareOffline', await ask(happening.run.world, manager, 'sync.declareOffline', { reason: 'no line' }));
  },
  async endOffline(happening) {
    const manager = chiefOf(happening);
    if (await atTheDesk(happening.run.world, manager))
      told(happening.run, 'sync.endOffline', await ask(happening.run.world, manager, 'sync.endOffline', {}));
  },
  async refreshClient(happening) {
    const { run, event, pc } = happening;
    const person = cashierOf(happening);
    const client = pickBy(rows<{ id: string }>(pc.database(), 'SELECT client_id AS id FROM replica_clients'), event.y);
    if (client !== undefined && (await atTheDesk(run.world, person)))
      told(run, 'clients.refresh', await ask(run.world, person, 'clients.refresh', { clientId: client.id }));
  },
  look,
  async keepDraft(happening) {
    const person = cashierOf(happening);
    // A page that fell behind keeps the draft of a form that may have been recorded meanwhile.
    const formId = (happening.run.unheard[0] ?? happening.run.lastForm)?.form.input.formId;
    if (await atTheDesk(happening.run.world, person))
      await ask(happening.run.world, person, 'drafts.keep', { draftKey: 'deposit', body: JSON.stringify({ amount: '12', formId }) });
  },
  moveCash,
  async changeDrawer(happening) {
    const person = cashierOf(happening);
    if (await atTheDesk(happening.run.world, person)) await closeDrawerOf(happening.run, person, happening.event.y < 0.3);
  },
  async signOut(happening) {
    const person = cashierOf(happening);
    if (person.pc.isOn()) await ask(happening.run.world, person, happening.event.y < 0.5 ? 'session.signOut' : 'session.lock', {});
  },
  async wait({ run, event }) {
    await run.world.time.pass((1 + 5 * event.y) * MINUTE_MS);
  },
  nextDay,
  dayInError,

  ...(Object.fromEntries(
    NETWORK_FAULTS.map((fault): [string, Handler] => [
      fault,
      ({ pc, event }) => {
        pc.network.arm(fault, 1 + Math.floor(event.x * 2.5), event.y < 0.75 ? 'money' : 'any');
      },
    ]),
  ) as Record<(typeof NETWORK_FAULTS)[number], Handler>),
  ...(Object.fromEntries(
    WEATHERS.map((weather): [string, Handler] => [
      weather,
      ({ pc, event }) => {
        pc.network.bring(weather, (0.5 + 7 * event.x) * MINUTE_MS);
      },
    ]),
  ) as Record<(typeof WEATHERS)[number], Handler>),

  deathNow({ run, pc }) {
    if (pc.isOn()) run.hit('fault', 'deathNow');
    pc.die('process', 'between two events');
  },
  deathAtStatement({ pc, event }) {
    pc.armDeath({ at: 'statement', skip: Math.floor(event.x * 22) });
  },
  deathAtCommit({ pc, event }) {
    pc.armDeath({ at: 'commit', skip: Math.floor(event.x * 4) });
  },
  deathAfterCommit({ pc, event }) {
    pc.armDeath({ at: 'afterCommit', skip: Math.floor(event.x * 5) });
  },
  deathAtAwait({ pc, event }) {
    const at = pickBy(AWAITS, event.y) ?? 'sleep';
    pc.armDeath({ at, skip: Math.floor(event.x * 2), money: event.z < 0.7 });
  },
  powerCut({ run, pc, event }) {
    const skip = event.y * 2;
    if (event.x < 0.2) pc.armDeath({ at: 'statement', skip: Math.floor(3 * skip), power: true });
    else if (event.x < 0.4) pc.armDeath({ at: 'commit', skip: Math.floor(skip), power: true });
    else if (event.x < 0.8) pc.armDeath({ at: 'afterCommit', skip: Math.floor(skip), power: true });
    if (event.x < 0.8) return;
    if (pc.isOn()) run.hit('fault', 'powerCut');
    pc.die('power', 'between two events');
  },
  diskFull({ pc, event }) {
    pc.fillDisk((0.5 + 4 * event.x) * MINUTE_MS);
  },
  diskFullAtStatement({ pc, event }) {
    pc.armDisk('full', Math.floor(event.x * 20), 1);
  },
  diskBusy({ pc, event }) {
    pc.armDisk('busy', 0, 1 + Math.floor(event.x * 2));
  },
  clockSkew({ run, pc, event }) {
    pc.setClockError(Math.round((event.x - 0.5) * 18 * MINUTE_MS));
    run.hit('fault', 'clockSkew');
  },
  clockJumpsAhead({ run, pc, event }) {
    pc.setClockError(Math.round((20 + event.x * 30 * 60) * MINUTE_MS));
    run.hit('fault', 'clockJumpsAhead');
  },
  clockJumpsBack({ run, pc, event }) {
    pc.setClockError(-Math.round((20 + event.x * 20 * 60) * MINUTE_MS));
    run.hit('fault', 'clockJumpsBack');
  },
  async zoneChanged({ run, pc, event }) {
    const other =
      pickBy(
        ZONES.filter((zone) => zone !== WORLD_ZONE),
        event.y,
      ) ?? WORLD_ZONE;
    const isAway = zoneOf(pc) !== WORLD_ZONE;
    const waited = count(pc.database(), `SELECT count(*) FROM journal_commands WHERE ${UNFINISHED}`);
    if (!(await setZone(run, pc, isAway && event.z < 0.7 ? WORLD_ZONE : other))) return;
    run.hit('fault', 'zoneChanged');
    if (waited > 0) run.hit('sync', 'the zone was changed while something waited');
  },
  tornBackup,
  upgrade,
  async secondProcess(happening) {
    const { run, pc, event } = happening;
    if (!pc.isOn()) return;
    pc.openSecond();
    run.hit('fault', 'secondProcess');
    run.world.time.after((0.5 + 3 * event.x) * MINUTE_MS, () => pc.endOlder());
    await atTheDesk(run.world, chiefOf(happening));
  },
  folderCopied,

  headOfficeCrashBefore({ run }) {
    run.world.headOffice.practice().control.crashNextCommand('beforeBusiness');
    run.crashArmed = 'headOfficeCrashBefore';
  },
  headOfficeCrashAfter({ run }) {
    run.world.headOffice.practice().control.crashNextCommand('afterBusiness');
    run.crashArmed = 'headOfficeCrashAfter';
  },
  headOfficeDown({ run, event }) {
    run.world.headOffice.setUp(false);
    for (const pc of run.world.pcs) pc.network.dropInFlight();
    run.hit('fault', 'headOfficeDown');
    run.world.time.after((0.5 + 4 * event.x) * MINUTE_MS, () => {
      run.world.headOffice.restart();
      run.crashArmed = null;
      run.refusalArmed = null;
    });
  },
  headOfficeBackup({ run }) {
    run.backup = run.world.headOffice.backUp();
    run.hit('fault', 'headOfficeBackup');
  },
  headOfficeRestored({ run }) {
    if (restoreHeadOffice(run) !== null) run.hit('fault', 'headOfficeRestored');
  },
  /** Put back, and other offices work on before any PC has looked: the numbers of its audit rows pass the cursors again, with other deeds behind them. */
  auditsPassCursorAgain({ run }) {
    const cursor = restoreHeadOffice(run);
    if (cursor === null) return;
    const { headOffice } = run.world;
    const accounts = rows<{ id: number }>(headOffice.database(), 'SELECT id FROM savings_account WHERE status = 300 ORDER BY id');
    for (let deeds = 0; deeds < 80 && newestAudit(headOffice.database()) <= cursor; deeds += 1) {
      const accountId = accounts[deeds % accounts.length]?.id;
      if (accountId === undefined) return;
      headOffice.practice().control.actAs({ username: 'bungoma', kind: 'deposit', accountId, amountMinor: 100 });
    }
    if (newestAudit(headOffice.database()) > cursor) run.hit('fault', 'auditsPassCursorAgain');
  },
  keysPurged({ run }) {
    const before =
      row<{ id: number }>(
        run.world.headOffice.database(),
        'SELECT coalesce(max(id), 0) AS id FROM command_row WHERE made_at <= ?',
        run.world.time.now() - 10 * MINUTE_MS,
      )?.id ?? 0;
    const purged = run.world.headOffice.practice().control.purgeProcessedCommands(before);
    run.cursors.everythingUnaudited();
    if (purged > 0) run.hit('fault', 'keysPurged');
  },
  makerChecker({ run, event }) {
    setMakerChecker(run, event.z > 0.93 ? NOTES_CHECKED : (pickBy(MAKER_CHECKED, event.x) ?? MAKER_CHECKED[0]), event.y < 0.75);
  },
  checkerDecides({ run, event }) {
    if (decideWaiting(run, event.x < 0.6) > 0) run.hit('fault', 'checkerDecides');
  },
  otherOffice(happening) {
    const { run, event } = happening;
    const { control } = run.world.headOffice.practice();
    const kind = event.x < 0.4 ? 'withdrawal' : event.x < 0.6 ? 'deposit' : event.x < 0.75 ? 'hold' : 'repayment';
    const accountId = accountAt(happening, kind === 'repayment' ? 'loan' : 'savings');
    if (accountId === undefined) return;
    const balance =
      row<{ balance: number }>(run.world.headOffice.database(), 'SELECT balance FROM savings_account WHERE id = ?', accountId)?.balance ??
      0;
    const amountMinor = kind === 'withdrawal' || kind === 'hold' ? Math.floor((balance * (0.3 + 0.6 * event.z)) / 100) * 100 : 50_000;
    const reply = control.actAs({ username: 'bungoma', kind, accountId, amountMinor });
    if (reply.status === 200) hitAccount(happening, 'otherOffice', kind === 'repayment' ? 'loan' : 'savings', accountId);
  },
  interestJob({ run }) {
    const touched = run.world.headOffice.practice().control.postInterest();
    run.cursors.everythingUnaudited();
    if (touched > 0) run.hit('fault', 'interestJob');
  },
  penaltyJob({ run }) {
    const touched = run.world.headOffice.practice().control.applyPenalties();
    run.cursors.everythingUnaudited();
    if (touched > 0) run.hit('fault', 'penaltyJob');
  },
  accountBlocked(happening) {
    const { run, event } = happening;
    const accountId = accountAt(happening, 'savings');
    if (accountId === undefined) return;
    const reply = run.world.headOffice
      .practice()
      .control.actAs({ username: 'bungoma', kind: event.z < 0.75 ? 'block' : 'unblock', accountId });
    if (reply.status === 200 && event.z < 0.75) hitAccount(happening, 'accountBlocked', 'savings', accountId);
  },
  accountClosed(happening) {
    const { run } = happening;
    const accountId = accountAt(happening, 'savings');
    if (accountId === undefined) return;
    const reply = run.world.headOffice.practice().control.actAs({ username: 'bungoma', kind: 'close', accountId });
    if (reply.status === 200) hitAccount(happening, 'accountClosed', 'savings', accountId);
  },
  undoneThere({ run, event, pc }) {
    const posted = pickBy(
      rows<PostedThere>(
        pc.database(),
        `SELECT s.kind, s.server_id AS account, c.server_resource_id AS id, json_extract(c.payload, '$.transactionDate') AS date
         FROM journal_commands c JOIN ${NUMBER_LEARNED_LAST} s ON c.subject = s.kind || ':' || s.local_id
         WHERE c.state = 'accepted' AND s.kind IN ('loan', 'savings') AND c.kind NOT IN ${kindsWhere(({ holds }) => holds !== undefined)}
         ORDER BY c.sequence`,
      ),
      event.y,
    );
    if (posted !== undefined && undoThere(run, posted)) run.hit('fault', 'undoneThere');
  },
  booksClosed({ run, event, pc }) {
    const { control } = run.world.headOffice.practice();
    const office = count(pc.database(), `SELECT json_extract(value, '$.officeServerId') FROM local_settings WHERE name = 'identity'`);
    if (control.closePeriod(office, control.businessDate()).status !== 200) return;
    run.hit('fault', 'booksClosed');
    run.world.time.after((2 + 40 * event.x) * MINUTE_MS, () => openBooks(run));
  },
  async windowOpened({ run, pc }) {
    const administrator: Person = { pc, username: 'admin' };
    if (!(await atTheDesk(run.world, administrator))) return;
    const answer = await ask(run.world, administrator, 'headOffice.prepare', { window: true });
    if (answer.kind === 'ok') run.hit('fault', 'windowOpened');
  },
  windowBreaks({ run, event }) {
    const books = run.world.headOffice.database();
    const broken =
      event.x < 0.5
        ? books.prepare(`DELETE FROM role_permission WHERE code = 'READ_Tawi Savings'`).run()
        : books.prepare(`UPDATE user_account SET disabled = 1 WHERE username LIKE 'tawi.%'`).run();
    if (broken.changes > 0) run.hit('fault', 'windowBreaks');
  },
  loanLocked(happening) {
    const { run, event } = happening;
    const loanId = accountAt(happening, 'loan');
    if (loanId === undefined) return;
    const { control } = run.world.headOffice.practice();
    control.lockLoan(loanId, true);
    run.hit('fault', 'loanLocked');
    run.world.time.after((1 + 5 * event.x) * MINUTE_MS, () => run.world.headOffice.practice().control.lockLoan(loanId, false));
  },
  passwordChanged(happening) {
    const { run, event } = happening;
    const waiting = waitingSender(happening, (username) => !run.gone.has(username));
    run.world.headOffice.setPassword(waiting ?? cashierOf(happening).username, `changed ${event.y.toFixed(6)}`);
    hitPerson(run, 'passwordChanged', waiting);
  },
  passwordOutdated(happening) {
    const { run } = happening;
    const waiting = waitingSender(happening, (username) => !run.gone.has(username));
    run.world.headOffice.practice().control.outdatePassword(waiting ?? cashierOf(happening).username);
    hitPerson(run, 'passwordOutdated', waiting);
  },
  staffGone(happening) {
    const { run, event, pc } = happening;
    const { cashiers, chief } = run.world.postingOf(pc);
    const mayLeave = (username: string): boolean => ![chief, 'grace', 'bungoma'].includes(username) && !run.gone.has(username);
    const waiting = waitingSender(happening, (username) => mayLeave(username) && cashiers.includes(username));
    const leaving = waiting ?? pickBy(cashiers.filter(mayLeave), event.x);
    if (leaving === undefined) return;
    run.world.headOffice.practice().control.setUserDisabled(leaving, true);
    run.gone.add(leaving);
    hitPerson(run, 'staffGone', waiting);
  },
  printerTrouble({ run, pc, event }) {
    troublePrinter(run, pc, event.x, event.y);
  },
  bookEdited(happening) {
    return bookEdited(happening.run, happening.pc, happening.event, () => takeDeposit(happening));
  },
  async cheatTries({ run, event, pc }) {
    const cashiers = run.world.postingOf(pc).cashiers.filter((username) => !run.gone.has(username));
    const cashier = pickBy(cashiers, event.x);
    if (cashier !== undefined && (await checkCheat(run.world, pc, cashier))) run.hit('fault', 'cheatTries');
  },
  rightTaken(happening) {
    const { run, event } = happening;
    const { username } = cashierOf(happening);
    const code = event.z > 0.9 ? NOTES_CHECKED : (pickBy(RIGHTS, event.y) ?? RIGHTS[0]);
    run.world.headOffice.practice().control.takePermission(username, code);
    run.taken.push({ username, code });
    run.hit('fault', 'rightTaken');
  },
  dayBehind({ run, event }) {
    const { control } = run.world.headOffice.practice();
    const today = dateAt(run.world.time.now());
    control.setBusinessDate(dateAt(instantOf(today, -12)));
    run.hit('fault', 'dayBehind');
    run.world.time.after((3 + 12 * event.x) * MINUTE_MS, () =>
      run.world.headOffice.practice().control.setBusinessDate(dateAt(run.world.time.now())),
    );
  },
  writeRefused({ run, event }) {
    run.refusalArmed = pickBy(REFUSED, event.x) ?? REFUSED[0];
    run.world.headOffice.practice().control.refuseNextWrites(1, 403, run.refusalArmed);
  },
};

export async function happen(run: SimulatedRun, event: PlannedEvent): Promise<void> {
  const pc = run.world.pcs[event.pc] ?? run.world.pcs[0];
  if (pc === undefined) throw new Error('a world has a PC');
  await run.world.time.pass(event.afterMs);
  run.note(`${event.what} at ${pc.name}`);
  await HANDLERS[event.what]({ run, event, pc });
}
