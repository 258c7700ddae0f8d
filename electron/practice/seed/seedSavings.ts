// One seeded savings account with its history. Account 1 is Mary's, with 6,000 held as a guarantee; the others follow
// a fixed pattern of states, so small books have held, dormant, blocked and minimum-balance accounts too.
import { ENTITY_SAVINGS, GL, postMovement } from '../accounting/ledger.ts';
import { addDays, addMonths } from '../dates.ts';
import {
  SAVE_DEPOSIT,
  SAVE_FEE,
  SAVE_HOLD,
  SAVE_WITHDRAWAL,
  SUB_BLOCKED,
  SUB_DEBITS_BLOCKED,
  SUB_DORMANT,
  SUB_NONE,
} from '../savings/savingsAccount.ts';
import { SAVINGS_PRODUCTS } from './products.ts';
import { CASHIER_USER, morningOf, type SeedOwner, type SeedWorld } from './seedWorld.ts';

type Kind = 'plain' | 'held' | 'dormant' | 'blocked' | 'debitBlocked' | 'minimum' | 'guarantee' | 'feeing' | 'sharing' | 'byPhone';
const KINDS: readonly Kind[] = ['guarantee', 'plain', 'held', 'dormant', 'blocked', 'debitBlocked', 'minimum', 'feeing', 'plain', 'plain'];
const COMMON: readonly Kind[] = ['plain', 'plain', 'minimum', 'plain', 'guarantee', 'plain', 'feeing', 'plain', 'held', 'plain'];

/** Of forty accounts in a row, those with a fee that is not flat, or not for every way of paying. */
const FEES_BY_PLACE: Readonly<Record<number, Kind>> = { 12: 'byPhone', 16: 'sharing' };
const PRODUCT_OF: Readonly<Partial<Record<Kind, number>>> = { minimum: 2, feeing: 3, sharing: 4, byPhone: 5 };

interface Step {
  type: number;
  date: string;
  amount: number;
}

export function seedSavings(world: SeedWorld, account: SeedOwner & { officeId: number; place: number }): void {
  const { book, random, today } = world;
  const isMary = account.place === 0;
  // Troubled accounts stay rare in a large book.
  const kinds = account.place % 40 < KINDS.length ? KINDS : COMMON;
  const kind = account.groupId !== null ? 'plain' : (FEES_BY_PLACE[account.place % 40] ?? kinds[account.place % kinds.length] ?? 'plain');
  const productId = PRODUCT_OF[kind] ?? 1;
  const product = SAVINGS_PRODUCTS[productId - 1];
  if (product === undefined) return;
  const openedOn = kind === 'dormant' ? addMonths(today, -20) : addDays(addMonths(today, -6), -random.between(0, 100));
  const steps = isMary ? maryDoes(today) : stepsOf(world, openedOn, kind, product.charge?.of ?? (() => 0));
  const id = account.place + 1;
  let balance = 0;
  const totals = { deposits: 0, withdrawals: 0, fees: 0, held: 0 };
  for (const step of steps) {
    if (step.type === SAVE_DEPOSIT) totals.deposits += step.amount;
    if (step.type === SAVE_WITHDRAWAL) totals.withdrawals += step.amount;
    if (step.type === SAVE_FEE) totals.fees += step.amount;
    if (step.type === SAVE_HOLD) totals.held += step.amount;
  }
  const guarantee = isMary ? 600_000 : kind === 'guarantee' ? Math.floor((totals.deposits - totals.withdrawals) / 200_000) * 100_000 : 0;
  const subStatus = { dormant: SUB_DORMANT, blocked: SUB_BLOCKED, debitBlocked: SUB_DEBITS_BLOCKED }[kind as string] ?? SUB_NONE;
  const since = isMary ? (steps[0]?.date ?? openedOn) : openedOn;
  book.run(
    `INSERT INTO savings_account (id, account_no, client_id, group_id, office_id, officer_id, product_id, status, sub_status, reason_for_block, terms, submitted_on, approved_on, activated_on, balance,
     total_deposits, total_withdrawals, fees_charged, amount_on_hold, guarantor_hold, last_transaction_on) VALUES (?,?,?,?,?,NULL,?,300,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    id,
    String(id).padStart(9, '0'),
    account.clientId,
    account.groupId,
    account.officeId,
    productId,
    subStatus,
    subStatus >= SUB_BLOCKED ? 'Papers expired' : null,
    JSON.stringify(product.terms),
    since,
    since,
    since,
    totals.deposits - totals.withdrawals - totals.fees,
    totals.deposits,
    totals.withdrawals,
    totals.fees,
    totals.held,
    guarantee,
    steps[steps.length - 1]?.date ?? null,
  );
  if (product.charge !== undefined) {
    const { id: chargeId, amount } = product.charge;
    book.run('INSERT INTO savings_charge (account_id, charge_id, amount, paid) VALUES (?,?,?,?)', id, chargeId, amount, totals.fees);
  }
  let withdrawalId = 0;
  for (const step of steps) {
    const effect = step.type === SAVE_DEPOSIT ? step.amount : step.type === SAVE_HOLD ? 0 : -step.amount;
    balance += step.type === SAVE_HOLD ? -step.amount : effect;
    const transactionId = book.run(
      `INSERT INTO savings_transaction (account_id, office_id, type, date, amount, running_balance, submitted_on, payment_detail_id, reason_for_block, fee_of, created_by, created_at)
       VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
      id,
      account.officeId,
      step.type,
      step.date,
      step.amount,
      balance,
      step.date,
      step.type === SAVE_DEPOSIT || step.type === SAVE_WITHDRAWAL ? 1 : null,
      step.type === SAVE_HOLD ? 'Cheque not cleared' : null,
      step.type === SAVE_FEE ? withdrawalId : null,
      CASHIER_USER,
      morningOf(step.date),
    );
    if (step.type === SAVE_WITHDRAWAL) withdrawalId = transactionId;
    if (effect === 0) continue;
    postMovement(book, {
      ref: `S${String(transactionId)}`,
      officeId: account.officeId,
      date: step.date,
      submittedOn: step.date,
      entityType: ENTITY_SAVINGS,
      entityId: id,
      createdBy: CASHIER_USER,
      lines: [
        [step.type === SAVE_FEE ? GL.feeIncome : GL.cash, effect],
        [GL.savingsControl, -effect],
      ],
    });
  }
  if (guarantee > 0) {
    book.run(
      'INSERT INTO guarantor_hold (account_id, loan_id, amount, date) VALUES (?,NULL,?,?)',
      id,
      guarantee,
      steps[steps.length - 1]?.date ?? today,
    );
  }
}

/** Ledger 11,980.00, of which 6,000.00 is held: 5,980.00 available. */
function maryDoes(today: string): Step[] {
  return [
    { type: SAVE_DEPOSIT, date: addDays(today, -180), amount: 1_138_000 },
    { type: SAVE_DEPOSIT, date: addDays(today, -27), amount: 80_000 },
    { type: SAVE_DEPOSIT, date: addDays(today, -10), amount: 100_000 },
    { type: SAVE_WITHDRAWAL, date: addDays(today, -2), amount: 120_000 },
  ];
}

function stepsOf({ random, today }: SeedWorld, openedOn: string, kind: Kind, feeOf: (withdrawn: number) => number): Step[] {
  const steps: Step[] = [{ type: SAVE_DEPOSIT, date: openedOn, amount: random.between(20, 200) * 10_000 }];
  let balance = steps[0]?.amount ?? 0;
  let date = openedOn;
  const count = kind === 'dormant' ? 1 : random.between(2, 5);
  for (let index = 0; index < count; index += 1) {
    const next = addDays(date, random.between(9, 35));
    if (next >= today) break;
    date = next;
    if (random.between(0, 2) < 2) {
      const amount = random.between(2, 40) * 5_000;
      steps.push({ type: SAVE_DEPOSIT, date, amount });
      balance += amount;
    } else {
      // Never more than a third, so that minimum balances and guarantees hold at every date.
      const amount = Math.floor(balance / 3 / 10_000) * 10_000;
      if (amount === 0) continue;
      steps.push({ type: SAVE_WITHDRAWAL, date, amount });
      balance -= amount;
      const fee = feeOf(amount);
      if (fee > 0) {
        steps.push({ type: SAVE_FEE, date, amount: fee });
        balance -= fee;
      }
    }
  }
  if (kind === 'held') steps.push({ type: SAVE_HOLD, date, amount: 100_000 });
  return steps;
}
