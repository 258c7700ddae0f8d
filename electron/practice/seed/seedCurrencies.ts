// Savings in other money than the institution's first: dollars, a currency without minor units, and one with three decimals. For some clients of
// Kitale, beside what they have; ids come after everything else that is seeded.
import { inCurrency } from '../amounts.ts';
import { ENTITY_SAVINGS, GL, postMovement } from '../accounting/ledger.ts';
import type { Book } from '../book.ts';
import { addDays } from '../dates.ts';
import { SAVE_DEPOSIT, SAVINGS_ACTIVE, type SavingsTerms } from '../savings/savingsAccount.ts';
import { SAVINGS_PRODUCTS } from './products.ts';
import { CASHIER_USER, KITALE, morningOf } from './seedWorld.ts';

interface OtherMoney {
  readonly name: string;
  readonly shortName: string;
  readonly currency: string;
  /** What the first deposit of each account is; minor units. */
  readonly firstMinor: number;
}

const OTHER_MONEY: readonly OtherMoney[] = [
  { name: 'Dollar savings', shortName: 'USDS', currency: 'USD', firstMinor: 48_550 },
  { name: 'Uganda trade savings', shortName: 'UGXS', currency: 'UGX', firstMinor: 1_250_000 },
  { name: 'Dinar savings', shortName: 'TNDS', currency: 'TND', firstMinor: 964_125 },
];
const CLIENTS_EACH = 2;
const OPENED_DAYS_AGO = 40;

export function seedCurrencies(book: Book, today: string): void {
  const ordinary = SAVINGS_PRODUCTS[0]?.terms;
  if (ordinary === undefined) return;
  const codes = ['KES', ...OTHER_MONEY.map(({ currency }) => currency)];
  book.run(`INSERT OR REPLACE INTO setting (name, value) VALUES ('currencies', ?)`, JSON.stringify(codes));
  const clients = book.all(`SELECT id FROM client WHERE office_id = ? AND status = 300 ORDER BY id`, KITALE) as { id: number }[];
  const opened = addDays(today, -OPENED_DAYS_AGO);
  for (const [index, money] of OTHER_MONEY.entries()) {
    const terms: SavingsTerms = { ...ordinary, annualRate: '0', currency: money.currency };
    const productId = book.run(
      'INSERT INTO savings_product (name, short_name, terms) VALUES (?,?,?)',
      money.name,
      money.shortName,
      JSON.stringify(terms),
    );
    for (let each = 0; each < CLIENTS_EACH; each += 1) {
      const client = clients[(index + each * OTHER_MONEY.length) % Math.max(clients.length, 1)];
      if (client === undefined) return;
      inCurrency(money.currency, () => openAccount(book, client.id, productId, terms, money.firstMinor + each, opened));
    }
  }
}

function openAccount(book: Book, clientId: number, productId: number, terms: SavingsTerms, minor: number, date: string): void {
  const id = (book.get('SELECT max(id) AS last FROM savings_account') as { last: number }).last + 1;
  book.run(
    `INSERT INTO savings_account (id, account_no, client_id, office_id, officer_id, product_id, status, sub_status, terms, submitted_on, approved_on, activated_on,
     balance, total_deposits, last_transaction_on) VALUES (?,?,?,?,NULL,?,?,0,?,?,?,?,?,?,?)`,
    id,
    String(id).padStart(9, '0'),
    clientId,
    KITALE,
    productId,
    SAVINGS_ACTIVE,
    JSON.stringify(terms),
    date,
    date,
    date,
    minor,
    minor,
    date,
  );
  const transactionId = book.run(
    `INSERT INTO savings_transaction (account_id, office_id, type, date, amount, running_balance, submitted_on, payment_detail_id, created_by, created_at)
     VALUES (?,?,?,?,?,?,?,?,?,?)`,
    id,
    KITALE,
    SAVE_DEPOSIT,
    date,
    minor,
    minor,
    date,
    1,
    CASHIER_USER,
    morningOf(date),
  );
  postMovement(book, {
    ref: `S${String(transactionId)}`,
    officeId: KITALE,
    date,
    submittedOn: date,
    entityType: ENTITY_SAVINGS,
    entityId: id,
    createdBy: CASHIER_USER,
    lines: [
      [GL.cash, minor],
      [GL.savingsControl, -minor],
    ],
  });
}
