// The tables of the practice head office. They are ours, not a copy of anybody's schema; only the figures
// that leave through HTTP follow the real head office. Amounts are minor units, dates 'YYYY-MM-DD'.
import { PORTFOLIO_STEPS } from './portfolioSchema.ts';

const BASE_VERSION = 2;
/** One step of the portfolio makes one version. */
export const SCHEMA_VERSION = String(BASE_VERSION + PORTFOLIO_STEPS.length);

const BASE = `
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE configuration (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, enabled INTEGER NOT NULL, value INTEGER NOT NULL, description TEXT);
CREATE TABLE holiday (id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, from_date TEXT NOT NULL, to_date TEXT NOT NULL, rescheduled_to TEXT,
  rescheduling INTEGER NOT NULL, status INTEGER NOT NULL);
CREATE TABLE holiday_office (holiday_id INTEGER NOT NULL, office_id INTEGER NOT NULL, PRIMARY KEY (holiday_id, office_id)) WITHOUT ROWID;
CREATE TABLE office (id INTEGER PRIMARY KEY, name TEXT NOT NULL, external_id TEXT UNIQUE, hierarchy TEXT NOT NULL, parent_id INTEGER, opened_on TEXT NOT NULL);
CREATE TABLE staff (id INTEGER PRIMARY KEY, office_id INTEGER NOT NULL, firstname TEXT NOT NULL, lastname TEXT NOT NULL, mobile_no TEXT,
  external_id TEXT UNIQUE, is_loan_officer INTEGER NOT NULL, is_active INTEGER NOT NULL, joined_on TEXT NOT NULL);
CREATE TABLE user_account (id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL, office_id INTEGER NOT NULL,
  scope TEXT NOT NULL, staff_id INTEGER, firstname TEXT NOT NULL, lastname TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0,
  sign_in_expired INTEGER NOT NULL DEFAULT 0, password_outdated INTEGER NOT NULL DEFAULT 0, email TEXT NOT NULL DEFAULT '');
CREATE TABLE role (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0);
CREATE TABLE user_role (user_id INTEGER NOT NULL, role_id INTEGER NOT NULL, PRIMARY KEY (user_id, role_id)) WITHOUT ROWID;
CREATE TABLE permission (code TEXT PRIMARY KEY, grouping_name TEXT NOT NULL, action TEXT NOT NULL, entity TEXT NOT NULL,
  maker_checker INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE role_permission (role_id INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (role_id, code)) WITHOUT ROWID;
CREATE TABLE user_denied (user_id INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (user_id, code)) WITHOUT ROWID;
CREATE TABLE payment_type (id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, is_cash INTEGER NOT NULL, position INTEGER NOT NULL,
  gl_account_id INTEGER NOT NULL, code_name TEXT DEFAULT '', is_system INTEGER NOT NULL DEFAULT 0);
CREATE TABLE code (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, system_defined INTEGER NOT NULL DEFAULT 1);
CREATE TABLE code_value (id INTEGER PRIMARY KEY, code_id INTEGER NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, description TEXT);
CREATE TABLE charge (id INTEGER PRIMARY KEY, name TEXT NOT NULL, amount INTEGER NOT NULL, penalty INTEGER NOT NULL, applies_to INTEGER NOT NULL, time_type INTEGER NOT NULL,
  calculation INTEGER NOT NULL DEFAULT 1, payment_mode INTEGER NOT NULL DEFAULT 0, currency TEXT NOT NULL DEFAULT 'KES');
CREATE TABLE financial_activity (id INTEGER PRIMARY KEY, activity INTEGER NOT NULL UNIQUE, gl_account_id INTEGER NOT NULL);
CREATE TABLE loan_product (id INTEGER PRIMARY KEY, name TEXT NOT NULL, short_name TEXT NOT NULL, terms TEXT NOT NULL);
CREATE TABLE savings_product (id INTEGER PRIMARY KEY, name TEXT NOT NULL, short_name TEXT NOT NULL, terms TEXT NOT NULL);

CREATE TABLE gl_account (id INTEGER PRIMARY KEY, name TEXT NOT NULL, gl_code TEXT NOT NULL UNIQUE, type INTEGER NOT NULL, usage_kind INTEGER NOT NULL,
  manual_entries INTEGER NOT NULL);
CREATE TABLE gl_closure (id INTEGER PRIMARY KEY, office_id INTEGER NOT NULL, closing_date TEXT NOT NULL, comments TEXT, created_by INTEGER NOT NULL);
CREATE TABLE journal_line (id INTEGER PRIMARY KEY, transaction_ref TEXT NOT NULL, office_id INTEGER NOT NULL, gl_account_id INTEGER NOT NULL,
  type INTEGER NOT NULL, amount INTEGER NOT NULL, entry_date TEXT NOT NULL, submitted_on TEXT NOT NULL, manual INTEGER NOT NULL, entity_type INTEGER,
  entity_id INTEGER, reversed INTEGER NOT NULL DEFAULT 0, reference_number TEXT, comments TEXT, created_by INTEGER NOT NULL);
CREATE INDEX journal_line_by_ref ON journal_line (transaction_ref);
CREATE INDEX journal_line_by_entity ON journal_line (entity_type, entity_id);
CREATE INDEX journal_line_by_submission ON journal_line (submitted_on);
CREATE TABLE ledger_total (id INTEGER PRIMARY KEY CHECK (id = 1), debits INTEGER NOT NULL, credits INTEGER NOT NULL);

CREATE TABLE client (id INTEGER PRIMARY KEY AUTOINCREMENT, account_no TEXT NOT NULL UNIQUE, external_id TEXT UNIQUE, status INTEGER NOT NULL, firstname TEXT, middlename TEXT,
  lastname TEXT, fullname TEXT, display_name TEXT NOT NULL, mobile_no TEXT UNIQUE, email TEXT, date_of_birth TEXT, gender_id INTEGER, office_id INTEGER NOT NULL,
  staff_id INTEGER, legal_form INTEGER NOT NULL, submitted_on TEXT NOT NULL, submitted_by INTEGER NOT NULL, activated_on TEXT, closed_on TEXT);
CREATE TABLE client_group (id INTEGER PRIMARY KEY AUTOINCREMENT, account_no TEXT NOT NULL, external_id TEXT UNIQUE, name TEXT NOT NULL UNIQUE, status INTEGER NOT NULL, office_id INTEGER NOT NULL,
  staff_id INTEGER, submitted_on TEXT NOT NULL, activated_on TEXT);
CREATE TABLE group_member (group_id INTEGER NOT NULL, client_id INTEGER NOT NULL, PRIMARY KEY (group_id, client_id)) WITHOUT ROWID;
CREATE INDEX group_member_by_client ON group_member (client_id);
CREATE TABLE client_identifier (id INTEGER PRIMARY KEY, client_id INTEGER NOT NULL, document_type_id INTEGER NOT NULL, document_key TEXT NOT NULL, description TEXT,
  UNIQUE (document_type_id, document_key), UNIQUE (client_id, document_type_id));
CREATE TABLE note (id INTEGER PRIMARY KEY, entity TEXT NOT NULL, entity_id INTEGER NOT NULL, note TEXT NOT NULL, created_by INTEGER NOT NULL, created_at INTEGER NOT NULL);
CREATE INDEX note_by_entity ON note (entity, entity_id);
CREATE TABLE document (id INTEGER PRIMARY KEY, entity TEXT NOT NULL, entity_id INTEGER NOT NULL, name TEXT NOT NULL, file_name TEXT NOT NULL, size INTEGER NOT NULL,
  type TEXT NOT NULL, description TEXT, content BLOB NOT NULL);
CREATE TABLE image (entity TEXT NOT NULL, entity_id INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (entity, entity_id)) WITHOUT ROWID;

CREATE TABLE payment_detail (id INTEGER PRIMARY KEY, payment_type_id INTEGER NOT NULL, account_number TEXT, check_number TEXT, routing_code TEXT,
  receipt_number TEXT, bank_number TEXT);

CREATE TABLE loan (id INTEGER PRIMARY KEY AUTOINCREMENT, account_no TEXT NOT NULL, external_id TEXT UNIQUE, client_id INTEGER, group_id INTEGER, office_id INTEGER NOT NULL, officer_id INTEGER,
  product_id INTEGER NOT NULL, loan_type INTEGER NOT NULL, status INTEGER NOT NULL, principal INTEGER NOT NULL, terms TEXT NOT NULL, submitted_on TEXT NOT NULL, approved_on TEXT,
  expected_disbursement TEXT NOT NULL, disbursed_on TEXT, closed_on TEXT, written_off_on TEXT, overpaid INTEGER NOT NULL DEFAULT 0,
  principal_paid INTEGER NOT NULL DEFAULT 0, interest_charged INTEGER NOT NULL DEFAULT 0, interest_paid INTEGER NOT NULL DEFAULT 0,
  fee_charged INTEGER NOT NULL DEFAULT 0, fee_paid INTEGER NOT NULL DEFAULT 0, penalty_charged INTEGER NOT NULL DEFAULT 0, penalty_paid INTEGER NOT NULL DEFAULT 0,
  principal_written_off INTEGER NOT NULL DEFAULT 0, interest_written_off INTEGER NOT NULL DEFAULT 0, fee_written_off INTEGER NOT NULL DEFAULT 0, penalty_written_off INTEGER NOT NULL DEFAULT 0);
CREATE INDEX loan_by_client ON loan (client_id);
CREATE TABLE loan_installment (loan_id INTEGER NOT NULL, number INTEGER NOT NULL, from_date TEXT NOT NULL, due_date TEXT NOT NULL, principal INTEGER NOT NULL,
  interest INTEGER NOT NULL, fee INTEGER NOT NULL, penalty INTEGER NOT NULL, principal_paid INTEGER NOT NULL, interest_paid INTEGER NOT NULL, fee_paid INTEGER NOT NULL,
  penalty_paid INTEGER NOT NULL, paid_in_advance INTEGER NOT NULL, paid_late INTEGER NOT NULL, met_on TEXT, PRIMARY KEY (loan_id, number)) WITHOUT ROWID;
CREATE TABLE loan_charge (id INTEGER PRIMARY KEY, loan_id INTEGER NOT NULL, charge_id INTEGER NOT NULL, name TEXT NOT NULL, amount INTEGER NOT NULL, penalty INTEGER NOT NULL,
  due_date TEXT NOT NULL, external_id TEXT UNIQUE, overdue_installment INTEGER, submitted_on TEXT NOT NULL);
CREATE INDEX loan_charge_by_loan ON loan_charge (loan_id);
CREATE TABLE loan_transaction (id INTEGER PRIMARY KEY, loan_id INTEGER NOT NULL, office_id INTEGER NOT NULL, external_id TEXT UNIQUE, type INTEGER NOT NULL, date TEXT NOT NULL, amount INTEGER NOT NULL,
  principal INTEGER NOT NULL, interest INTEGER NOT NULL, fee INTEGER NOT NULL, penalty INTEGER NOT NULL, overpayment INTEGER NOT NULL, balance INTEGER NOT NULL,
  submitted_on TEXT NOT NULL, reversed INTEGER NOT NULL DEFAULT 0, manually_reversed INTEGER NOT NULL DEFAULT 0, reversed_on TEXT, reversal_external_id TEXT UNIQUE,
  payment_detail_id INTEGER, created_by INTEGER NOT NULL, replaces INTEGER);
CREATE INDEX loan_transaction_by_loan ON loan_transaction (loan_id);

CREATE TABLE savings_account (id INTEGER PRIMARY KEY AUTOINCREMENT, account_no TEXT NOT NULL, external_id TEXT UNIQUE, client_id INTEGER, group_id INTEGER, office_id INTEGER NOT NULL, officer_id INTEGER,
  product_id INTEGER NOT NULL, status INTEGER NOT NULL, sub_status INTEGER NOT NULL DEFAULT 0, reason_for_block TEXT, terms TEXT NOT NULL, submitted_on TEXT NOT NULL, approved_on TEXT, activated_on TEXT,
  closed_on TEXT, balance INTEGER NOT NULL DEFAULT 0, total_deposits INTEGER NOT NULL DEFAULT 0, total_withdrawals INTEGER NOT NULL DEFAULT 0, interest_posted INTEGER NOT NULL DEFAULT 0,
  fees_charged INTEGER NOT NULL DEFAULT 0, amount_on_hold INTEGER NOT NULL DEFAULT 0, guarantor_hold INTEGER NOT NULL DEFAULT 0, last_transaction_on TEXT);
CREATE INDEX savings_account_by_client ON savings_account (client_id);
CREATE TABLE savings_transaction (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, office_id INTEGER NOT NULL, type INTEGER NOT NULL, date TEXT NOT NULL, amount INTEGER NOT NULL,
  running_balance INTEGER NOT NULL, reversed INTEGER NOT NULL DEFAULT 0, submitted_on TEXT NOT NULL, payment_detail_id INTEGER, note TEXT, reason_for_block TEXT, lien INTEGER NOT NULL DEFAULT 0,
  release_id INTEGER, fee_of INTEGER, created_by INTEGER NOT NULL, created_at INTEGER NOT NULL);
CREATE INDEX savings_transaction_by_account ON savings_transaction (account_id, date, id);
CREATE TABLE guarantor_hold (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, loan_id INTEGER, amount INTEGER NOT NULL, date TEXT NOT NULL, released_on TEXT);
CREATE INDEX guarantor_hold_by_account ON guarantor_hold (account_id);

CREATE TABLE command_row (id INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT NOT NULL, entity TEXT NOT NULL, key TEXT NOT NULL COLLATE NOCASE, status INTEGER NOT NULL, method TEXT NOT NULL, url TEXT NOT NULL,
  json TEXT NOT NULL, made_by INTEGER NOT NULL, made_at INTEGER NOT NULL, checked_by INTEGER, checked_at INTEGER, office_id INTEGER, group_id INTEGER, client_id INTEGER,
  loan_id INTEGER, savings_id INTEGER, resource_id INTEGER, sub_resource_id INTEGER, resource_external_id TEXT, transaction_id TEXT, result_status INTEGER, result_body TEXT,
  UNIQUE (action, entity, key));
CREATE INDEX command_row_by_resource ON command_row (entity, resource_id);

CREATE TABLE entity_check (id INTEGER PRIMARY KEY, entity TEXT NOT NULL, status INTEGER NOT NULL, table_name TEXT NOT NULL);
CREATE TABLE datatable (name TEXT PRIMARY KEY, apptable TEXT NOT NULL, sub_type TEXT, multi_row INTEGER NOT NULL, columns TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE datatable_row (id INTEGER PRIMARY KEY, table_name TEXT NOT NULL, owner_id INTEGER NOT NULL, content TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
CREATE INDEX datatable_row_by_owner ON datatable_row (table_name, owner_id);
CREATE TABLE datatable_unique (table_name TEXT NOT NULL, column_name TEXT NOT NULL, value TEXT NOT NULL, row_id INTEGER NOT NULL, PRIMARY KEY (table_name, column_name, value)) WITHOUT ROWID;
`;

export const SCHEMA = [BASE, ...PORTFOLIO_STEPS].join('');

/** What a file of an earlier version lacks, by that version. */
export const UPGRADES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    PORTFOLIO_STEPS.map((step, index) => [
      String(BASE_VERSION + index),
      `${step}UPDATE setting SET value = '${String(BASE_VERSION + index + 1)}' WHERE name = 'schema_version';`,
    ]),
  ),
  '1': `
ALTER TABLE user_account ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE payment_type ADD COLUMN code_name TEXT DEFAULT '';
ALTER TABLE payment_type ADD COLUMN is_system INTEGER NOT NULL DEFAULT 0;
ALTER TABLE code ADD COLUMN system_defined INTEGER NOT NULL DEFAULT 1;
ALTER TABLE code_value ADD COLUMN description TEXT;
ALTER TABLE charge ADD COLUMN calculation INTEGER NOT NULL DEFAULT 1;
ALTER TABLE charge ADD COLUMN payment_mode INTEGER NOT NULL DEFAULT 0;
ALTER TABLE charge ADD COLUMN currency TEXT NOT NULL DEFAULT 'KES';
CREATE TABLE financial_activity (id INTEGER PRIMARY KEY, activity INTEGER NOT NULL UNIQUE, gl_account_id INTEGER NOT NULL);
ALTER TABLE configuration ADD COLUMN description TEXT;
ALTER TABLE datatable ADD COLUMN sub_type TEXT;
CREATE TABLE entity_check (id INTEGER PRIMARY KEY, entity TEXT NOT NULL, status INTEGER NOT NULL, table_name TEXT NOT NULL);
CREATE TABLE holiday (id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, from_date TEXT NOT NULL, to_date TEXT NOT NULL, rescheduled_to TEXT,
  rescheduling INTEGER NOT NULL, status INTEGER NOT NULL);
CREATE TABLE holiday_office (holiday_id INTEGER NOT NULL, office_id INTEGER NOT NULL, PRIMARY KEY (holiday_id, office_id)) WITHOUT ROWID;
UPDATE setting SET value = '2' WHERE name = 'schema_version';
`,
};
