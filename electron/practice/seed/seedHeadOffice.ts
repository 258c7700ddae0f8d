// Fills an empty book with Mavuno Microfinance: offices, staff, products and the Kitale branch with its clients, all
// from one seed in one transaction. The same seed, number of clients and business date give the same bytes.
import type { Book } from '../book.ts';
import { passwordDigest, PRACTICE_PASSWORD } from '../authentication.ts';
import { GL, postMovement } from '../accounting/ledger.ts';
import { permissionCatalogue, ROLES } from '../access/permissionCatalogue.ts';
import { addDays, addMonths } from '../dates.ts';
import { APPLIES_TO_SAVINGS, WITHDRAWAL_FEE } from '../enumerations.ts';
import { createRandom } from '../random.ts';
import { SCHEMA, SCHEMA_VERSION } from '../schema.ts';
import { groupName, personName, phoneNumber } from './names.ts';
import { seedCurrencies } from './seedCurrencies.ts';
import { FLAT_CHARGE, LOAN_PRODUCTS, MOBILE_CHARGE, SAVINGS_PRODUCTS, SHARE_CHARGE } from './products.ts';
import { seedLoan } from './seedLoans.ts';
import { seedSavings } from './seedSavings.ts';
import { BUNGOMA, CASHIER_USER, KITALE, type SeedWorld } from './seedWorld.ts';

export interface SeedOptions {
  seed: number;
  /** Clients of the Kitale branch; everything else scales with them. */
  clients: number;
  businessDate: string;
  currencies?: boolean;
}

const CLIENTS_PER_GROUP = 14;
const GROUPS_PER_OWNER = 10;
const MOBILE_MONEY = 2;
const OPENED_ON = '2015-01-05';

export function seedHeadOffice(book: Book, options: SeedOptions): void {
  book.database.exec('BEGIN');
  try {
    book.database.exec(SCHEMA);
    const world: SeedWorld = { book, random: createRandom(options.seed), today: options.businessDate };
    seedInstitution(world, options);
    seedStaff(book);
    seedProducts(book);
    seedPeople(world, options.clients);
    if (options.currencies === true) seedCurrencies(book, options.businessDate);
    book.database.exec('COMMIT');
  } catch (error) {
    if (book.database.inTransaction) book.database.exec('ROLLBACK');
    throw error;
  }
}

function seedInstitution({ book, today }: SeedWorld, options: SeedOptions): void {
  book.run('INSERT INTO setting (name, value) VALUES (?, ?)', 'schema_version', SCHEMA_VERSION);
  book.run('INSERT INTO setting (name, value) VALUES (?, ?)', 'business_date', today);
  book.run('INSERT INTO setting (name, value) VALUES (?, ?)', 'seed', String(options.seed));
  book.run('INSERT INTO ledger_total (id, debits, credits) VALUES (1, 0, 0)');
  const office = (id: number, name: string, externalId: string, hierarchy: string, parent: number | null): void => {
    book.run(
      'INSERT INTO office (id, name, external_id, hierarchy, parent_id, opened_on) VALUES (?,?,?,?,?,?)',
      id,
      name,
      externalId,
      hierarchy,
      parent,
      OPENED_ON,
    );
  };
  office(1, 'Mavuno Microfinance', 'HQ', '.', null);
  office(KITALE, 'Kitale branch', 'KTL', '.2.', 1);
  office(BUNGOMA, 'Bungoma branch', 'BGM', '.3.', 1);
  const configurations: readonly (readonly [string, number, number])[] = [
    ['maker-checker', 0, 0],
    ['enable-same-maker-checker', 0, 0],
    ['enable_business_date', 1, 0],
    ['enable_automatic_cob_date_adjustment', 1, 0],
    ['enable-auto-generated-external-id', 0, 0],
    ['purge-processed-commands-older-than-days', 0, 30],
    ['allow-backdated-transaction-before-interest-posting', 1, 0],
    ['rounding-mode', 1, 6],
    ['penalty-wait-period', 1, 2],
    ['grace-on-penalty-posting', 1, 0],
    ['enable-address', 0, 0],
    ['force-password-reset-days', 0, 0],
    ['financial-year-beginning-month', 1, 1],
    ['min-clients-in-group', 0, 5],
    ['max-clients-in-group', 0, 5],
    ['reschedule-repayments-on-holidays', 0, 0],
    ['allow-transactions-on-holiday', 0, 0],
    ['allow-transactions-on-non_workingday', 0, 0],
  ];
  for (const [name, enabled, value] of configurations)
    book.run('INSERT INTO configuration (name, enabled, value) VALUES (?,?,?)', name, enabled, value);
  const accounts: readonly (readonly [number, string, string, number])[] = [
    [GL.cash, 'Cash in hand', '10100', 1],
    [GL.mobileMoney, 'Mobile money float', '10200', 1],
    [GL.bank, 'Bank current account', '10300', 1],
    [GL.loanPortfolio, 'Loan portfolio', '11000', 1],
    [GL.suspense, 'Branch suspense', '10900', 1],
    [GL.savingsControl, 'Savings control', '20100', 2],
    [GL.overpayments, 'Loan overpayments', '20200', 2],
    [GL.capital, 'Capital', '30100', 3],
    [GL.interestIncome, 'Interest on loans', '40100', 4],
    [GL.feeIncome, 'Fees', '40200', 4],
    [GL.penaltyIncome, 'Penalties', '40300', 4],
    [GL.savingsInterest, 'Interest on savings', '50100', 5],
    [GL.writeOffs, 'Loans written off', '50200', 5],
    [GL.cashDifferences, 'Cash shortages and surpluses', '50300', 5],
  ];
  for (const [id, name, code, type] of accounts) {
    book.run('INSERT INTO gl_account (id, name, gl_code, type, usage_kind, manual_entries) VALUES (?,?,?,?,1,1)', id, name, code, type);
  }
  // Liability transfer: where money lies while it goes from one account to another.
  book.run('INSERT INTO financial_activity (activity, gl_account_id) VALUES (200, ?)', GL.suspense);
  const codes: readonly (readonly [number, string, readonly string[]])[] = [
    [1, 'Customer Identifier', ['National ID', 'Passport', 'Driving licence', 'Alien card']],
    [4, 'Gender', ['Female', 'Male']],
    [16, 'ClientClosureReason', ['Moved away', 'Deceased', 'Own wish']],
    [26, 'WriteOffReasons', ['Not recoverable', 'Deceased']],
    [17, 'ClientType', ['Group member', 'Farmer', 'Trader']],
    [18, 'ClientClassification', ['New', 'Regular']],
    [19, 'ClientRejectReason', ['Papers not in order', 'Known elsewhere']],
    [20, 'ClientWithdrawReason', ['Changed her mind', 'Went to another institution']],
    [15, 'GroupClosureReason', ['Broken up', 'Joined with another group']],
    [13, 'GROUPROLE', ['Leader', 'Secretary', 'Treasurer']],
  ];
  let valueId = 0;
  for (const [id, name, values] of codes) {
    book.run('INSERT INTO code (id, name) VALUES (?, ?)', id, name);
    for (const [position, value] of values.entries()) {
      valueId += 1;
      book.run('INSERT INTO code_value (id, code_id, name, position) VALUES (?,?,?,?)', valueId, id, value, position);
    }
  }
  const paymentTypes: readonly (readonly [number, string, string, number, number])[] = [
    [1, 'Cash', 'Notes and coins at the counter', 1, GL.cash],
    [MOBILE_MONEY, 'Mobile money', 'Paid to the till number of the branch', 0, GL.mobileMoney],
    [3, 'Cheque', 'Cleared through the bank', 0, GL.bank],
  ];
  for (const [id, name, description, isCash, account] of paymentTypes) {
    book.run(
      'INSERT INTO payment_type (id, name, description, is_cash, position, gl_account_id) VALUES (?,?,?,?,?,?)',
      id,
      name,
      description,
      isCash,
      id,
      account,
    );
    book.run('INSERT INTO payment_detail (id, payment_type_id) VALUES (?, ?)', id, id);
  }
  book.run('INSERT INTO charge (id, name, amount, penalty, applies_to, time_type) VALUES (1, ?, 15000, 1, 1, 9)', 'Late penalty');
  book.run('INSERT INTO charge (id, name, amount, penalty, applies_to, time_type) VALUES (2, ?, 20000, 0, 1, 2)', 'Visit fee');
  book.run(
    'INSERT INTO charge (id, name, amount, penalty, applies_to, time_type) VALUES (?, ?, 2000, 0, ?, ?)',
    FLAT_CHARGE,
    'Withdrawal fee',
    APPLIES_TO_SAVINGS,
    WITHDRAWAL_FEE,
  );
  // A share of what is paid out, and a fee for one way of paying alone.
  book.run(
    'INSERT INTO charge (id, name, amount, penalty, applies_to, time_type, calculation) VALUES (?, ?, 150, 0, ?, ?, 2)',
    SHARE_CHARGE,
    'Withdrawal fee, a share',
    APPLIES_TO_SAVINGS,
    WITHDRAWAL_FEE,
  );
  book.run(
    'INSERT INTO charge (id, name, amount, penalty, applies_to, time_type, payment_type_id) VALUES (?, ?, 3500, 0, ?, ?, ?)',
    MOBILE_CHARGE,
    'Fee for paying out by phone',
    APPLIES_TO_SAVINGS,
    WITHDRAWAL_FEE,
    MOBILE_MONEY,
  );
}

function seedStaff(book: Book): void {
  for (const entry of permissionCatalogue()) {
    book.run(
      'INSERT INTO permission (code, grouping_name, action, entity) VALUES (?,?,?,?)',
      entry.code,
      entry.grouping,
      entry.action,
      entry.entity,
    );
  }
  for (const role of ROLES) {
    book.run('INSERT INTO role (id, name, description) VALUES (?,?,?)', role.id, role.name, role.description);
    for (const code of role.permissions) book.run('INSERT OR IGNORE INTO role_permission (role_id, code) VALUES (?, ?)', role.id, code);
  }
  const staff: readonly (readonly [number, number, string, string, number])[] = [
    [1, KITALE, 'Achieng', 'Odhiambo', 0],
    [2, KITALE, 'Daniel', 'Kiptoo', 0],
    [3, KITALE, 'Peter', 'Barasa', 1],
    [4, KITALE, 'Grace', 'Wanjiru', 0],
    [5, KITALE, 'Amina', 'Hassan', 0],
    [6, BUNGOMA, 'Lydia', 'Chebet', 1],
  ];
  for (const [id, office, first, last, isOfficer] of staff) {
    book.run(
      'INSERT INTO staff (id, office_id, firstname, lastname, mobile_no, external_id, is_loan_officer, is_active, joined_on) VALUES (?,?,?,?,?,?,?,1,?)',
      id,
      office,
      first,
      last,
      `071100000${String(id)}`,
      `staff-${String(id)}`,
      isOfficer,
      OPENED_ON,
    );
  }
  const users: readonly (readonly [number, string, number, string, number | null, string, string, number])[] = [
    [1, 'admin', 1, '.', 5, 'Amina', 'Hassan', 1],
    [2, 'system', 1, '.', null, 'App', 'Administrator', 1],
    [CASHIER_USER, 'achieng', KITALE, '.2.', 1, 'Achieng', 'Odhiambo', 2],
    [4, 'daniel', KITALE, '.2.', 2, 'Daniel', 'Kiptoo', 2],
    [5, 'peter', KITALE, '.2.', 3, 'Peter', 'Barasa', 3],
    [6, 'grace', KITALE, '.2.', 4, 'Grace', 'Wanjiru', 4],
    [7, 'bungoma', BUNGOMA, '.', 6, 'Lydia', 'Chebet', 4],
  ];
  for (const [id, username, office, scope, staffId, first, last, role] of users) {
    book.run(
      'INSERT INTO user_account (id, username, password_hash, office_id, scope, staff_id, firstname, lastname) VALUES (?,?,?,?,?,?,?,?)',
      id,
      username,
      passwordDigest(username, PRACTICE_PASSWORD),
      office,
      scope,
      staffId,
      first,
      last,
    );
    book.run('INSERT INTO user_role (user_id, role_id) VALUES (?, ?)', id, role);
  }
}

function seedProducts(book: Book): void {
  for (const product of LOAN_PRODUCTS) {
    book.run(
      'INSERT INTO loan_product (id, name, short_name, terms) VALUES (?,?,?,?)',
      product.id,
      product.name,
      product.shortName,
      JSON.stringify(product.terms),
    );
  }
  for (const product of SAVINGS_PRODUCTS) {
    book.run(
      'INSERT INTO savings_product (id, name, short_name, terms) VALUES (?,?,?,?)',
      product.id,
      product.name,
      product.shortName,
      JSON.stringify(product.terms),
    );
  }
}

function seedPeople(world: SeedWorld, clients: number): void {
  const { book, today } = world;
  const groups = clients < CLIENTS_PER_GROUP ? Math.min(1, clients) : Math.round(clients / CLIENTS_PER_GROUP);
  const elsewhere = Math.max(1, Math.round(clients / 50));
  postMovement(book, {
    ref: 'opening-balance',
    officeId: KITALE,
    date: addMonths(today, -30),
    submittedOn: addMonths(today, -30),
    entityType: null,
    entityId: null,
    createdBy: 1,
    manual: true,
    comments: 'Opening balance',
    lines: [
      [GL.cash, (clients + elsewhere) * 12_000_000],
      [GL.mobileMoney, (clients + elsewhere) * 1_000_000],
      [GL.capital, -(clients + elsewhere) * 13_000_000],
    ],
  });
  for (let index = 0; index < groups; index += 1) {
    const since = addMonths(today, -36 + (index % 12));
    book.run(
      'INSERT INTO client_group (account_no, external_id, name, status, office_id, staff_id, submitted_on, activated_on) VALUES (?,NULL,?,300,?,3,?,?)',
      String(index + 1).padStart(9, '0'),
      groupName(index),
      KITALE,
      since,
      since,
    );
  }
  let loans = 0;
  let savings = 0;
  for (let index = 0; index < clients + elsewhere; index += 1) {
    const officeId = index < clients ? KITALE : BUNGOMA;
    const clientId = seedClient(world, index, officeId);
    if (officeId === KITALE && groups > 0 && index % 7 !== 6)
      book.run('INSERT INTO group_member (group_id, client_id) VALUES (?, ?)', (index % groups) + 1, clientId);
    if (officeId === BUNGOMA || index % 21 !== 20) {
      seedSavings(world, { clientId, groupId: null, officeId, place: savings });
      savings += 1;
    }
    if (officeId === KITALE && index % 6 !== 5) {
      seedLoan(world, { clientId, groupId: null, officeId, place: loans });
      loans += 1;
    }
  }
  // Last, so that nobody's numbers move: one group in ten saves and borrows as a group, the first of them too.
  for (let groupId = 1; groupId <= groups; groupId += GROUPS_PER_OWNER) {
    seedSavings(world, { clientId: null, groupId, officeId: KITALE, place: savings });
    seedLoan(world, { clientId: null, groupId, officeId: KITALE, place: loans });
    savings += 1;
    loans += 1;
  }
}

function seedClient({ book, random, today }: SeedWorld, index: number, officeId: number): number {
  const name = personName(index);
  const since = addMonths(today, -26 - (index % 24));
  const id = index + 1;
  const accountNo = String(id).padStart(9, '0');
  const born = index === 0 ? '1984-05-03' : addDays('1960-01-01', random.between(0, 14_000));
  return book.run(
    `INSERT INTO client (id, account_no, external_id, status, firstname, middlename, lastname, display_name, mobile_no, date_of_birth, gender_id, office_id, staff_id, legal_form,
     submitted_on, submitted_by, activated_on) VALUES (?,?,NULL,300,?,?,?,?,?,?,?,?,?,1,?,?,?)`,
    id,
    accountNo,
    name.firstname,
    name.middlename,
    name.lastname,
    `${name.firstname} ${name.middlename} ${name.lastname}`,
    phoneNumber(index),
    born,
    index === 0 ? 5 : random.between(5, 6),
    officeId,
    officeId === KITALE ? 3 : 6,
    since,
    CASHIER_USER,
    since,
  );
}
