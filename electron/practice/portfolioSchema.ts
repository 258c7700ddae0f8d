// What clients, groups, loans, savings and their books need beyond the first tables, step by step: a new file takes
// all steps, an older one those it lacks. A step that was published is never changed; a new one is added.

export const PORTFOLIO_STEPS: readonly string[] = [
  `
ALTER TABLE savings_account ADD COLUMN submitted_by INTEGER;
ALTER TABLE savings_account ADD COLUMN approved_by INTEGER;
ALTER TABLE savings_account ADD COLUMN activated_by INTEGER;
ALTER TABLE savings_account ADD COLUMN closed_by INTEGER;
ALTER TABLE savings_account ADD COLUMN interest_earned INTEGER;
ALTER TABLE savings_account ADD COLUMN interest_reckoned_on TEXT;
ALTER TABLE savings_account ADD COLUMN charges_paid INTEGER NOT NULL DEFAULT 0;
ALTER TABLE savings_transaction ADD COLUMN transfer_id INTEGER;
ALTER TABLE savings_transaction ADD COLUMN reckoned INTEGER NOT NULL DEFAULT 0;
CREATE TABLE savings_charge (id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL, charge_id INTEGER NOT NULL, amount INTEGER NOT NULL, due_date TEXT,
  paid INTEGER NOT NULL DEFAULT 0, waived INTEGER NOT NULL DEFAULT 0);
CREATE INDEX savings_charge_by_account ON savings_charge (account_id);
INSERT INTO savings_charge (account_id, charge_id, amount, paid) SELECT a.id, c.id, c.amount, a.fees_charged FROM savings_account a JOIN charge c ON c.time_type = 5
  WHERE json_extract(a.terms, '$.withdrawalFee') > 0;
ALTER TABLE client ADD COLUMN office_joined_on TEXT;
ALTER TABLE loan ADD COLUMN interest_waived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE loan ADD COLUMN fee_waived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE loan ADD COLUMN penalty_waived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE loan ADD COLUMN recovered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE loan ADD COLUMN proposed_principal INTEGER;
ALTER TABLE loan ADD COLUMN submitted_by INTEGER;
ALTER TABLE loan ADD COLUMN approved_by INTEGER;
ALTER TABLE loan ADD COLUMN disbursed_by INTEGER;
ALTER TABLE loan ADD COLUMN closed_by INTEGER;
ALTER TABLE loan ADD COLUMN foreclosed_on TEXT;
ALTER TABLE loan ADD COLUMN link_account_id INTEGER;
ALTER TABLE loan_installment ADD COLUMN interest_waived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE loan_installment ADD COLUMN fee_waived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE loan_installment ADD COLUMN penalty_waived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE loan_charge ADD COLUMN waived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE loan_transaction ADD COLUMN transfer_id INTEGER;
ALTER TABLE loan_transaction ADD COLUMN charge_id INTEGER;
CREATE TABLE account_transfer (id INTEGER PRIMARY KEY AUTOINCREMENT, from_kind INTEGER NOT NULL, from_id INTEGER NOT NULL, to_kind INTEGER NOT NULL, to_id INTEGER NOT NULL,
  amount INTEGER NOT NULL, date TEXT NOT NULL, description TEXT NOT NULL, reversed INTEGER NOT NULL DEFAULT 0, created_by INTEGER NOT NULL);
ALTER TABLE client ADD COLUMN activated_by INTEGER;
ALTER TABLE client ADD COLUMN closed_by INTEGER;
ALTER TABLE client ADD COLUMN transfer_to INTEGER;
ALTER TABLE client ADD COLUMN transfer_on TEXT;
ALTER TABLE image ADD COLUMN id INTEGER;
CREATE TABLE family_member (id INTEGER PRIMARY KEY AUTOINCREMENT, client_id INTEGER NOT NULL, first_name TEXT NOT NULL, middle_name TEXT NOT NULL, last_name TEXT NOT NULL,
  qualification TEXT NOT NULL, mobile_number TEXT NOT NULL, age INTEGER, is_dependent INTEGER NOT NULL, relationship_id INTEGER NOT NULL, marital_id INTEGER, gender_id INTEGER,
  profession_id INTEGER, born_on TEXT);
CREATE TABLE client_charge (id INTEGER PRIMARY KEY AUTOINCREMENT, client_id INTEGER NOT NULL, charge_id INTEGER NOT NULL, amount INTEGER NOT NULL, due_date TEXT,
  paid INTEGER NOT NULL DEFAULT 0, waived INTEGER NOT NULL DEFAULT 0);
CREATE TABLE client_transaction (id INTEGER PRIMARY KEY AUTOINCREMENT, client_id INTEGER NOT NULL, client_charge_id INTEGER NOT NULL, office_id INTEGER NOT NULL, kind INTEGER NOT NULL,
  amount INTEGER NOT NULL, date TEXT NOT NULL, submitted_on TEXT NOT NULL, created_by INTEGER NOT NULL);
ALTER TABLE note ADD COLUMN updated_by INTEGER;
ALTER TABLE note ADD COLUMN updated_at INTEGER;
ALTER TABLE client_group ADD COLUMN level INTEGER NOT NULL DEFAULT 2;
ALTER TABLE client_group ADD COLUMN parent_id INTEGER;
ALTER TABLE client_group ADD COLUMN closed_on TEXT;
ALTER TABLE client_group ADD COLUMN submitted_by INTEGER;
ALTER TABLE client_group ADD COLUMN activated_by INTEGER;
ALTER TABLE client_group ADD COLUMN closed_by INTEGER;
`,
  `
CREATE TABLE teller (id INTEGER PRIMARY KEY AUTOINCREMENT, office_id INTEGER NOT NULL, name TEXT NOT NULL UNIQUE, description TEXT, start_date TEXT NOT NULL, end_date TEXT,
  status INTEGER NOT NULL);
CREATE TABLE cashier (id INTEGER PRIMARY KEY AUTOINCREMENT, teller_id INTEGER NOT NULL, staff_id INTEGER NOT NULL, description TEXT, start_date TEXT NOT NULL,
  end_date TEXT NOT NULL, is_full_day INTEGER NOT NULL);
CREATE TABLE cashier_transaction (id INTEGER PRIMARY KEY AUTOINCREMENT, cashier_id INTEGER NOT NULL, amount INTEGER NOT NULL, date TEXT NOT NULL, note TEXT,
  created_by INTEGER NOT NULL);
CREATE TABLE group_role (id INTEGER PRIMARY KEY AUTOINCREMENT, group_id INTEGER NOT NULL, client_id INTEGER NOT NULL, role_id INTEGER NOT NULL);
CREATE TABLE calendar (id INTEGER PRIMARY KEY AUTOINCREMENT, group_id INTEGER NOT NULL, title TEXT NOT NULL, description TEXT, location TEXT, start_date TEXT NOT NULL,
  type INTEGER NOT NULL, repeating INTEGER NOT NULL, frequency INTEGER, every INTEGER, weekday INTEGER, created_by INTEGER NOT NULL, created_at INTEGER NOT NULL);
CREATE TABLE meeting (id INTEGER PRIMARY KEY AUTOINCREMENT, calendar_id INTEGER NOT NULL, date TEXT NOT NULL, UNIQUE (calendar_id, date));
CREATE TABLE attendance (meeting_id INTEGER NOT NULL, client_id INTEGER NOT NULL, type INTEGER NOT NULL, PRIMARY KEY (meeting_id, client_id)) WITHOUT ROWID;
`,
  `
ALTER TABLE charge ADD COLUMN free_withdrawals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE charge ADD COLUMN restart_every INTEGER NOT NULL DEFAULT 0;
ALTER TABLE charge ADD COLUMN restart_unit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE charge ADD COLUMN payment_type_id INTEGER;
ALTER TABLE savings_charge ADD COLUMN free_taken INTEGER NOT NULL DEFAULT 0;
ALTER TABLE savings_charge ADD COLUMN free_since TEXT;
`,
  `
ALTER TABLE journal_line ADD COLUMN currency TEXT NOT NULL DEFAULT 'KES';
`,
  `
ALTER TABLE client ADD COLUMN client_type_id INTEGER;
ALTER TABLE client ADD COLUMN classification_id INTEGER;
`,
];
