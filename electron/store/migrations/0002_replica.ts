// The replica: the rebuildable copy of head office's records, and the search words over it. Every table here can be emptied and
// pulled again. Search indexes hold no text of their own (contentless): the row they point to is the only copy.

export const version = 2;

export const sql = `
CREATE TABLE replica_clients (
  client_row INTEGER PRIMARY KEY,
  client_id TEXT NOT NULL UNIQUE,
  server_id INTEGER NOT NULL,
  external_id TEXT,
  account_no TEXT NOT NULL,
  display_name TEXT NOT NULL,
  firstname TEXT,
  lastname TEXT,
  mobile_no TEXT,
  status TEXT NOT NULL,
  date_of_birth TEXT,
  gender TEXT,
  activation_date TEXT,
  staff_name TEXT,
  office_server_id INTEGER,
  gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
  pulled_at INTEGER NOT NULL,
  name_key TEXT NOT NULL,
  account_key TEXT NOT NULL,
  first_unpaid_due_date TEXT
) STRICT;
CREATE INDEX replica_clients_server ON replica_clients (server_id, gone);
CREATE INDEX replica_clients_named ON replica_clients (name_key) WHERE gone = 0;
CREATE INDEX replica_clients_active ON replica_clients (name_key) WHERE gone = 0 AND status = 'active';
CREATE INDEX replica_clients_due ON replica_clients (name_key, first_unpaid_due_date)
WHERE gone = 0 AND first_unpaid_due_date IS NOT NULL;
CREATE INDEX replica_clients_account ON replica_clients (account_key) WHERE gone = 0;
CREATE INDEX replica_clients_external ON replica_clients (external_id COLLATE NOCASE) WHERE gone = 0 AND external_id IS NOT NULL;

CREATE VIRTUAL TABLE replica_client_names USING fts5 (
  name, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4'
);
CREATE VIRTUAL TABLE replica_client_phones USING fts5 (
  phone, content = '', contentless_delete = 1, tokenize = "unicode61", detail = none
);
CREATE TABLE replica_name_words (
  word TEXT PRIMARY KEY NOT NULL,
  sound TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX replica_name_words_sound ON replica_name_words (sound);

CREATE TABLE replica_groups (
  group_row INTEGER PRIMARY KEY,
  group_id TEXT NOT NULL UNIQUE,
  server_id INTEGER NOT NULL,
  external_id TEXT,
  account_no TEXT NOT NULL,
  name TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  staff_name TEXT,
  members INTEGER NOT NULL,
  gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
  name_key TEXT NOT NULL,
  account_key TEXT NOT NULL
) STRICT;
CREATE INDEX replica_groups_server ON replica_groups (server_id, gone);
CREATE INDEX replica_groups_named ON replica_groups (name_key) WHERE gone = 0;
CREATE INDEX replica_groups_account ON replica_groups (account_key) WHERE gone = 0;
CREATE VIRTUAL TABLE replica_group_names USING fts5 (
  name, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4'
);
CREATE TABLE replica_group_members (
  group_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  PRIMARY KEY (group_id, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX replica_group_members_of ON replica_group_members (client_id);

CREATE TABLE replica_loans (
  loan_id TEXT PRIMARY KEY NOT NULL,
  server_id INTEGER NOT NULL,
  external_id TEXT,
  account_no TEXT NOT NULL,
  client_id TEXT,
  group_id TEXT,
  product_name TEXT NOT NULL,
  currency_code TEXT NOT NULL,
  currency_decimals INTEGER NOT NULL,
  status TEXT NOT NULL,
  principal_minor INTEGER NOT NULL,
  outstanding_minor INTEGER NOT NULL,
  overpaid_minor INTEGER NOT NULL,
  strategy TEXT NOT NULL,
  needs_server_reckoning INTEGER NOT NULL CHECK (needs_server_reckoning IN (0, 1)),
  periods TEXT NOT NULL CHECK (json_valid(periods)),
  next_unpaid_due_date TEXT,
  gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
  pulled_at INTEGER NOT NULL,
  account_key TEXT NOT NULL
) STRICT;
CREATE INDEX replica_loans_server ON replica_loans (server_id, gone);
CREATE INDEX replica_loans_of ON replica_loans (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX replica_loans_account ON replica_loans (account_key, client_id) WHERE gone = 0;
CREATE INDEX replica_loans_standing ON replica_loans (status, account_no, outstanding_minor) WHERE gone = 0;
CREATE INDEX replica_loans_listed ON replica_loans (account_no, outstanding_minor) WHERE gone = 0;
CREATE INDEX replica_loans_due ON replica_loans (next_unpaid_due_date, account_no, outstanding_minor)
WHERE gone = 0 AND status = 'active' AND next_unpaid_due_date IS NOT NULL;
CREATE INDEX replica_loans_pulled ON replica_loans (pulled_at, server_id) WHERE gone = 0;
CREATE TABLE replica_loan_transactions (
  loan_id TEXT PRIMARY KEY NOT NULL,
  transactions TEXT NOT NULL CHECK (json_valid(transactions))
) STRICT;

CREATE TABLE replica_savings (
  savings_id TEXT PRIMARY KEY NOT NULL,
  server_id INTEGER NOT NULL,
  external_id TEXT,
  account_no TEXT NOT NULL,
  client_id TEXT,
  group_id TEXT,
  product_name TEXT NOT NULL,
  currency_code TEXT NOT NULL,
  currency_decimals INTEGER NOT NULL,
  status TEXT NOT NULL,
  ledger_minor INTEGER NOT NULL,
  on_hold_minor INTEGER NOT NULL,
  guarantee_held_minor INTEGER NOT NULL,
  minimum_minor INTEGER NOT NULL,
  overdraft_minor INTEGER NOT NULL,
  locked_in_until TEXT,
  gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
  pulled_at INTEGER NOT NULL,
  account_key TEXT NOT NULL
) STRICT;
CREATE INDEX replica_savings_server ON replica_savings (server_id, gone);
CREATE INDEX replica_savings_of ON replica_savings (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX replica_savings_account ON replica_savings (account_key, client_id) WHERE gone = 0;
CREATE INDEX replica_savings_pulled ON replica_savings (pulled_at, server_id) WHERE gone = 0;
CREATE TABLE replica_savings_transactions (
  savings_id TEXT PRIMARY KEY NOT NULL,
  transactions TEXT NOT NULL CHECK (json_valid(transactions))
) STRICT;

CREATE TABLE replica_reference (
  shelf TEXT NOT NULL,
  place INTEGER NOT NULL,
  server_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (shelf, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE replica_shelves (
  shelf TEXT PRIMARY KEY NOT NULL,
  cursor TEXT NOT NULL CHECK (json_valid(cursor)),
  rows INTEGER NOT NULL,
  head_office_count INTEGER,
  pulled_at INTEGER
) STRICT, WITHOUT ROWID;
`;
