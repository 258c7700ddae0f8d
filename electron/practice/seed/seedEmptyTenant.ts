// A tenant as a server makes it on its first start: one office, its own users and roles, its code lists and settings,
// and nothing of an institution. Names and ids are what a 1.10.1 gives a new tenant; an institution is then made
// through the API, as everybody makes it.
import { passwordDigest, PRACTICE_PASSWORD } from '../authentication.ts';
import { permissionCatalogue } from '../access/permissionCatalogue.ts';
import type { Book } from '../book.ts';
import { MARIADB_1_10, setManners } from '../manners.ts';
import { SCHEMA, SCHEMA_VERSION } from '../schema.ts';

/** Who may do everything in a new tenant; the password is the practice password. */
export const FIRST_ADMINISTRATOR = 'mifos';

const CODES: readonly (readonly [number, string, readonly string[]])[] = [
  [1, 'Customer Identifier', ['Passport', 'Id', 'Drivers License', 'Any Other Id Type']],
  [2, 'LoanCollateral', []],
  [3, 'LoanPurpose', []],
  [4, 'Gender', []],
  [5, 'YesNo', []],
  [6, 'GuarantorRelationship', ['Spouse', 'Parent', 'Sibling', 'Business Associate', 'Other']],
  [7, 'AssetAccountTags', []],
  [8, 'LiabilityAccountTags', []],
  [9, 'EquityAccountTags', []],
  [10, 'IncomeAccountTags', []],
  [11, 'ExpenseAccountTags', []],
  [
    21,
    'Entity to Entity Access Types',
    ['Office Access to Loan Products', 'Office Access to Savings Products', 'Office Access to Fees/Charges'],
  ],
  [13, 'GROUPROLE', ['Leader']],
  [33, 'PaymentType', ['Money Transfer']],
  [14, 'ClientClosureReason', []],
  [15, 'GroupClosureReason', []],
  [16, 'ClientType', []],
  [17, 'ClientClassification', []],
  [18, 'ClientSubStatus', []],
  [19, 'ClientRejectReason', []],
  [20, 'ClientWithdrawReason', []],
  [22, 'CenterClosureReason', []],
  [23, 'LoanRescheduleReason', []],
  [24, 'Constitution', []],
  [25, 'Main Business Line', []],
  [26, 'WriteOffReasons', []],
  [27, 'STATE', []],
  [28, 'COUNTRY', []],
  [29, 'ADDRESS_TYPE', []],
  [30, 'MARITAL STATUS', []],
  [31, 'RELATIONSHIP', []],
  [32, 'PROFESSION', []],
  [34, 'Customer Documents', []],
  [35, 'SavingsAccountBlockReasons', []],
  [36, 'DebitTransactionFreezeReasons', []],
  [37, 'CreditTransactionFreezeReasons', []],
  [38, 'SavingsTransactionFreezeReasons', []],
  [39, 'ChargeOffReasons', []],
];

const CONFIGURATIONS: readonly (readonly [number, string, number, number])[] = [
  [1, 'maker-checker', 0, 0],
  [4, 'amazon-S3', 0, 0],
  [5, 'reschedule-future-repayments', 1, 0],
  [6, 'reschedule-repayments-on-holidays', 0, 0],
  [7, 'allow-transactions-on-holiday', 0, 0],
  [8, 'allow-transactions-on-non_workingday', 0, 0],
  [9, 'constraint_approach_for_datatables', 0, 0],
  [10, 'penalty-wait-period', 1, 2],
  [11, 'force-password-reset-days', 0, 0],
  [12, 'grace-on-penalty-posting', 1, 0],
  [15, 'savings-interest-posting-current-period-end', 0, 0],
  [16, 'financial-year-beginning-month', 1, 1],
  [17, 'min-clients-in-group', 0, 5],
  [18, 'max-clients-in-group', 0, 5],
  [20, 'office-specific-products-enabled', 0, 0],
  [21, 'restrict-products-to-user-office', 0, 0],
  [22, 'office-opening-balances-contra-account', 1, 0],
  [23, 'rounding-mode', 1, 6],
  [24, 'backdate-penalties-enabled', 1, 0],
  [25, 'organisation-start-date', 0, 0],
  [26, 'paymenttype-applicable-for-disbursement-charges', 0, 0],
  [27, 'interest-charged-from-date-same-as-disbursal-date', 0, 0],
  [28, 'skip-repayment-on-first-day-of-month', 0, 14],
  [29, 'change-emi-if-repaymentdate-same-as-disbursementdate', 1, 0],
  [30, 'daily-tpt-limit', 0, 0],
  [31, 'Enable-Address', 0, 0],
  [32, 'sub-rates', 0, 0],
  [33, 'loan-reschedule-is-first-payday-allowed-on-holiday', 0, 0],
  [35, 'account-mapping-for-payment-type', 1, 0],
  [36, 'account-mapping-for-charge', 1, 0],
  [37, 'fixed-deposit-transfer-interest-next-day-for-period-end-posting', 0, 0],
  [38, 'allow-backdated-transaction-before-interest-posting', 1, 0],
  [39, 'allow-backdated-transaction-before-interest-posting-date-for-days', 0, 0],
  [40, 'custom-account-number-length', 0, 0],
  [41, 'random-account-number', 0, 0],
  [42, 'is-interest-to-be-recovered-first-when-greater-than-emi', 0, 0],
  [43, 'is-principal-compounding-disabled-for-overdue-loans', 0, 0],
  [44, 'enable_business_date', 0, 0],
  [45, 'enable_automatic_cob_date_adjustment', 1, 0],
  [46, 'enable-post-reversal-txns-for-reverse-transactions', 0, 0],
  [47, 'purge-external-events-older-than-days', 0, 30],
  [48, 'days-before-repayment-is-due', 0, 1],
  [49, 'days-after-repayment-is-overdue', 0, 1],
  [50, 'enable-auto-generated-external-id', 0, 0],
  [51, 'purge-processed-commands-older-than-days', 0, 30],
  [52, 'enable-cob-bulk-event', 0, 0],
  [53, 'external-event-batch-size', 0, 1000],
  [54, 'report-export-s3-folder-name', 0, 0],
  [55, 'loan-arrears-delinquency-display-data', 0, 0],
  [56, 'charge-accrual-date', 1, 0],
  [57, 'asset-externalization-of-non-active-loans', 1, 0],
  [58, 'enable-same-maker-checker', 0, 0],
  [59, 'next-payment-due-date', 0, 0],
  [60, 'enable-payment-hub-integration', 0, 0],
];

export function seedEmptyTenant(book: Book): void {
  book.database.exec('BEGIN');
  try {
    book.database.exec(SCHEMA);
    fill(book);
    book.database.exec('COMMIT');
  } catch (error) {
    if (book.database.inTransaction) book.database.exec('ROLLBACK');
    throw error;
  }
}

function fill(book: Book): void {
  book.run('INSERT INTO setting (name, value) VALUES (?, ?)', 'schema_version', SCHEMA_VERSION);
  book.run('INSERT INTO ledger_total (id, debits, credits) VALUES (1, 0, 0)');
  setManners(book, MARIADB_1_10);
  book.run(
    `INSERT INTO office (id, name, external_id, hierarchy, parent_id, opened_on) VALUES (1, 'Head Office', '1', '.', NULL, '2009-01-01')`,
  );
  for (const [id, name, enabled, value] of CONFIGURATIONS)
    book.run('INSERT INTO configuration (id, name, enabled, value) VALUES (?,?,?,?)', id, name, enabled, value);
  book.run(
    `UPDATE configuration SET description = 'Whether the logical business date functionality is enabled in the system' WHERE name = 'enable_business_date'`,
  );
  for (const [id, name, values] of CODES) {
    book.run('INSERT INTO code (id, name) VALUES (?, ?)', id, name);
    for (const [index, value] of values.entries()) {
      const description = value === 'Leader' ? 'Group Leader Role' : null;
      book.run('INSERT INTO code_value (code_id, name, position, description) VALUES (?,?,?,?)', id, value, index + 1, description);
    }
  }
  const paymentTypes: readonly (readonly [number, string, string | null])[] = [
    [1, 'Money Transfer', null],
    [2, 'Repayment Adjustment Chargeback', 'REPAYMENT_ADJUSTMENT_CHARGEBACK'],
    [3, 'Repayment Adjustment Refund', 'REPAYMENT_ADJUSTMENT_REFUND'],
  ];
  for (const [id, name, code] of paymentTypes) {
    book.run(
      'INSERT INTO payment_type (id, name, description, is_cash, position, gl_account_id, code_name, is_system) VALUES (?,?,?,0,1,1,?,?)',
      id,
      name,
      name,
      code,
      code === null ? 0 : 1,
    );
  }
  for (const entry of permissionCatalogue())
    book.run(
      'INSERT INTO permission (code, grouping_name, action, entity) VALUES (?,?,?,?)',
      entry.code,
      entry.grouping,
      entry.action,
      entry.entity,
    );
  book.run(`INSERT INTO role (id, name, description) VALUES (1, 'Super user', 'This role provides all application permissions.')`);
  book.run(`INSERT INTO role (id, name, description, disabled) VALUES (2, 'Self Service User', 'self service user role', 1)`);
  book.run(`INSERT INTO role_permission (role_id, code) VALUES (1, 'ALL_FUNCTIONS')`);
  const users: readonly (readonly [number, string, string, string, string])[] = [
    [1, FIRST_ADMINISTRATOR, 'App', 'Administrator', 'demomfi@mifos.org'],
    [2, 'system', 'system', 'system', 'demomfi@mifos.org'],
    [3, 'interopUser', 'Interop', 'User', 'email@email.com'],
  ];
  for (const [id, username, first, last, email] of users) {
    book.run(
      `INSERT INTO user_account (id, username, password_hash, office_id, scope, staff_id, firstname, lastname, email) VALUES (?,?,?,1,'.',NULL,?,?,?)`,
      id,
      username,
      passwordDigest(username, PRACTICE_PASSWORD),
      first,
      last,
      email,
    );
    if (username !== 'system') book.run('INSERT INTO user_role (user_id, role_id) VALUES (?, 1)', id);
  }
}
