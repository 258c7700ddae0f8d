// The founding of the journal: what the branch itself recorded, and what this PC keeps for its own use (local_*). Frozen: a released
// migration never changes, and imports nothing, so that every old file takes the same path to the newest schema.
// References are immediate and point to rows written before: a deferred one would make SQLite look through every child table whenever
// a parent is written. A receipt is written before its command, so its command_id is not a reference; integrity.ts looks after it.
// An index is a page more in every commit: each one here is asked for by a constraint or by a question of the counter.
// Triggers refuse what must never happen to a journal (I3): a deleted row, a changed fact, a state that comes back from its end.

export const version = 1;

export const sql = `
CREATE TABLE local_owner (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  fencing INTEGER NOT NULL,
  owner_name TEXT NOT NULL,
  taken_at INTEGER NOT NULL
) STRICT;

CREATE TABLE local_settings (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE local_drafts (
  username TEXT NOT NULL,
  draft_key TEXT NOT NULL,
  body TEXT NOT NULL,
  kept_at INTEGER NOT NULL,
  PRIMARY KEY (username, draft_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE local_staff (
  username TEXT PRIMARY KEY NOT NULL,
  display_name TEXT NOT NULL,
  role TEXT NOT NULL,
  staff_server_id INTEGER,
  user_server_id INTEGER NOT NULL,
  office_server_id INTEGER NOT NULL,
  permissions TEXT NOT NULL CHECK (json_valid(permissions)),
  password_hash TEXT,
  sealed_password TEXT,
  last_online_at INTEGER NOT NULL,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  wait_until INTEGER,
  locked_out INTEGER NOT NULL CHECK (locked_out IN (0, 1)),
  sign_in TEXT NOT NULL CHECK (sign_in IN ('good', 'needed'))
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_entries (
  entry INTEGER PRIMARY KEY CHECK (entry >= 0),
  what TEXT NOT NULL,
  by TEXT NOT NULL,
  business_date TEXT NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER journal_entries_chained BEFORE INSERT ON journal_entries
WHEN EXISTS (SELECT 1 FROM journal_entries)
BEGIN
  SELECT RAISE(ABORT, 'I3: an entry continues the chain')
  WHERE NOT EXISTS (
    SELECT 1 FROM journal_entries
    WHERE entry = (SELECT max(entry) FROM journal_entries) AND entry = NEW.entry - 1 AND hash = NEW.previous_hash
  );
END;
CREATE TRIGGER journal_entries_fixed BEFORE UPDATE ON journal_entries
BEGIN SELECT RAISE(ABORT, 'I3: an entry never changes'); END;
CREATE TRIGGER journal_entries_kept BEFORE DELETE ON journal_entries
BEGIN SELECT RAISE(ABORT, 'I3: an entry is never deleted'); END;

CREATE TABLE journal_commands (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  command_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  payload_version INTEGER NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  subject TEXT NOT NULL,
  depends_on TEXT REFERENCES journal_commands (command_id),
  recorded_by TEXT NOT NULL,
  business_date TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  clock_doubt INTEGER NOT NULL CHECK (clock_doubt IN (0, 1)),
  receipt_id TEXT REFERENCES journal_receipts (receipt_id),
  form_id TEXT UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('held', 'queued', 'sending', 'inDoubt', 'accepted', 'rejected', 'withdrawn', 'resolved')),
  submission INTEGER NOT NULL CHECK (submission > 0),
  idempotency_key TEXT NOT NULL UNIQUE CHECK (length(idempotency_key) BETWEEN 1 AND 50),
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  next_attempt_at INTEGER,
  sent_at INTEGER,
  sent_as TEXT NOT NULL,
  post_singly INTEGER NOT NULL CHECK (post_singly IN (0, 1)),
  last_outcome TEXT CHECK (json_valid(last_outcome)),
  server_resource_id INTEGER,
  CHECK (depends_on IS NULL OR depends_on <> command_id)
) STRICT;

CREATE INDEX journal_commands_unfinished ON journal_commands (subject, sequence, state, next_attempt_at, sent_as)
WHERE state NOT IN ('accepted', 'withdrawn', 'resolved');
CREATE INDEX journal_commands_payouts ON journal_commands (sequence, subject, recorded_by, amount_minor, recorded_at)
WHERE kind = 'savingsWithdrawal' AND state NOT IN ('accepted', 'withdrawn', 'resolved');
CREATE INDEX journal_commands_waiting ON journal_commands (next_attempt_at)
WHERE next_attempt_at IS NOT NULL AND state IN ('queued', 'inDoubt');
CREATE INDEX journal_commands_accepted ON journal_commands (recorded_at)
WHERE state = 'accepted';
CREATE INDEX journal_commands_finished ON journal_commands (business_date, kind, state, amount_minor)
WHERE state IN ('accepted', 'withdrawn', 'resolved');

CREATE TRIGGER journal_commands_fixed BEFORE UPDATE OF
  sequence, command_id, kind, payload_version, payload, amount_minor, subject, depends_on, recorded_by, business_date, recorded_at,
  clock_doubt, receipt_id, form_id
ON journal_commands
BEGIN SELECT RAISE(ABORT, 'I3: the facts of a command never change'); END;
CREATE TRIGGER journal_commands_ended BEFORE UPDATE OF state ON journal_commands
WHEN OLD.state IN ('accepted', 'withdrawn', 'resolved') AND NEW.state <> OLD.state AND NOT (OLD.state = 'accepted' AND NEW.state = 'rejected')
BEGIN SELECT RAISE(ABORT, 'I5: a finished command stays finished'); END;
CREATE TRIGGER journal_commands_kept BEFORE DELETE ON journal_commands
BEGIN SELECT RAISE(ABORT, 'I3: a command is never deleted'); END;

CREATE TABLE journal_command_events (
  command_id TEXT NOT NULL REFERENCES journal_commands (command_id),
  position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  why TEXT NOT NULL,
  by TEXT NOT NULL,
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  PRIMARY KEY (command_id, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER journal_command_events_fixed BEFORE UPDATE ON journal_command_events
BEGIN SELECT RAISE(ABORT, 'I3: a command event never changes'); END;
CREATE TRIGGER journal_command_events_kept BEFORE DELETE ON journal_command_events
BEGIN SELECT RAISE(ABORT, 'I3: a command event is never deleted'); END;

CREATE TABLE journal_receipts (
  position INTEGER PRIMARY KEY,
  receipt_id TEXT NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  command_id TEXT,
  business_date TEXT NOT NULL,
  device_code TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  username TEXT NOT NULL,
  client_id TEXT,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  body TEXT NOT NULL CHECK (json_valid(body)),
  UNIQUE (business_date, device_code, sequence)
) STRICT;
CREATE INDEX journal_receipts_of_client ON journal_receipts (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX journal_receipts_of_user ON journal_receipts (username);
CREATE TRIGGER journal_receipts_fixed BEFORE UPDATE ON journal_receipts
BEGIN SELECT RAISE(ABORT, 'I8: a receipt is final'); END;
CREATE TRIGGER journal_receipts_kept BEFORE DELETE ON journal_receipts
BEGIN SELECT RAISE(ABORT, 'I8: a receipt is never deleted'); END;

CREATE TABLE journal_prints (
  position INTEGER PRIMARY KEY,
  receipt_id TEXT NOT NULL REFERENCES journal_receipts (receipt_id),
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  copy INTEGER NOT NULL CHECK (copy >= 0),
  UNIQUE (receipt_id, copy)
) STRICT;
CREATE TRIGGER journal_prints_fixed BEFORE UPDATE ON journal_prints
BEGIN SELECT RAISE(ABORT, 'I3: a print never changes'); END;
CREATE TRIGGER journal_prints_kept BEFORE DELETE ON journal_prints
BEGIN SELECT RAISE(ABORT, 'I3: a print is never deleted'); END;

CREATE TABLE journal_effects (
  position INTEGER PRIMARY KEY,
  command_id TEXT NOT NULL UNIQUE REFERENCES journal_commands (command_id),
  account_kind TEXT NOT NULL CHECK (account_kind IN ('loan', 'savings')),
  account_id TEXT NOT NULL,
  delta_minor INTEGER NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('counts', 'disputed', 'dropped', 'retired')),
  included INTEGER NOT NULL CHECK (included IN (0, 1)),
  marker_external_id TEXT,
  marker_receipt_number TEXT NOT NULL,
  marker_server_transaction_id INTEGER
) STRICT;
CREATE INDEX journal_effects_of ON journal_effects (account_id, account_kind, standing, included) WHERE standing IN ('counts', 'disputed');
CREATE TRIGGER journal_effects_fixed BEFORE UPDATE OF
  position, command_id, account_kind, account_id, delta_minor, marker_external_id, marker_receipt_number
ON journal_effects
BEGIN SELECT RAISE(ABORT, 'I3: what an effect does never changes'); END;
CREATE TRIGGER journal_effects_kept BEFORE DELETE ON journal_effects
BEGIN SELECT RAISE(ABORT, 'I3: an effect is never deleted'); END;

CREATE TABLE journal_days (
  business_date TEXT PRIMARY KEY NOT NULL,
  opened_at INTEGER NOT NULL,
  opened_by TEXT NOT NULL,
  closed_at INTEGER,
  closed_by TEXT,
  CHECK ((closed_at IS NULL) = (closed_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX journal_days_one_open ON journal_days ((1)) WHERE closed_at IS NULL;
CREATE TRIGGER journal_days_fixed BEFORE UPDATE OF business_date, opened_at, opened_by ON journal_days
BEGIN SELECT RAISE(ABORT, 'I3: the opening of a day never changes'); END;
CREATE TRIGGER journal_days_ended BEFORE UPDATE ON journal_days WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'I3: a closed day stays closed'); END;
CREATE TRIGGER journal_days_kept BEFORE DELETE ON journal_days
BEGIN SELECT RAISE(ABORT, 'I3: a day is never deleted'); END;

CREATE TABLE journal_drawers (
  position INTEGER PRIMARY KEY,
  drawer_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  username TEXT NOT NULL,
  business_date TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  opening_minor INTEGER NOT NULL CHECK (opening_minor >= 0),
  currency TEXT NOT NULL,
  closed_at INTEGER,
  counted_minor INTEGER,
  difference_minor INTEGER,
  reason TEXT,
  CHECK ((closed_at IS NULL) = (counted_minor IS NULL)),
  CHECK ((closed_at IS NULL) = (difference_minor IS NULL)),
  CHECK ((closed_at IS NULL) = (reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX journal_drawers_one_open ON journal_drawers (username) WHERE closed_at IS NULL;
CREATE INDEX journal_drawers_on ON journal_drawers (business_date);
CREATE TRIGGER journal_drawers_fixed BEFORE UPDATE OF
  position, drawer_id, name, username, business_date, opened_at, opening_minor, currency
ON journal_drawers
BEGIN SELECT RAISE(ABORT, 'I3: the opening of a drawer never changes'); END;
CREATE TRIGGER journal_drawers_ended BEFORE UPDATE ON journal_drawers WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'I3: a closed drawer stays closed'); END;
CREATE TRIGGER journal_drawers_kept BEFORE DELETE ON journal_drawers
BEGIN SELECT RAISE(ABORT, 'I3: a drawer is never deleted'); END;

CREATE TABLE journal_movements (
  position INTEGER PRIMARY KEY,
  movement_id TEXT NOT NULL,
  drawer_id TEXT NOT NULL REFERENCES journal_drawers (drawer_id),
  kind TEXT NOT NULL CHECK (kind IN ('taken', 'paid', 'allocated', 'settled')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  command_id TEXT REFERENCES journal_commands (command_id),
  receipt_id TEXT REFERENCES journal_receipts (receipt_id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX journal_movements_of_drawer ON journal_movements (drawer_id, kind, amount_minor, receipt_id);
CREATE INDEX journal_movements_of_command ON journal_movements (command_id) WHERE command_id IS NOT NULL;
CREATE TRIGGER journal_movements_into_open BEFORE INSERT ON journal_movements
WHEN EXISTS (SELECT 1 FROM journal_drawers WHERE drawer_id = NEW.drawer_id AND closed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'I7: a closed drawer takes no movement'); END;
CREATE TRIGGER journal_movements_fixed BEFORE UPDATE ON journal_movements
BEGIN SELECT RAISE(ABORT, 'I3: a movement never changes'); END;
CREATE TRIGGER journal_movements_kept BEFORE DELETE ON journal_movements
BEGIN SELECT RAISE(ABORT, 'I3: a movement is never deleted'); END;

CREATE TABLE journal_exceptions (
  position INTEGER PRIMARY KEY,
  exception_id TEXT NOT NULL UNIQUE,
  command_id TEXT NOT NULL REFERENCES journal_commands (command_id),
  kind TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  server_code TEXT NOT NULL,
  server_message TEXT,
  snapshot TEXT NOT NULL CHECK (json_valid(snapshot)),
  closed_at INTEGER,
  closed_by TEXT,
  resolution TEXT CHECK (resolution IN ('resubmit', 'reverse', 'suspend', 'recognise')),
  reason TEXT,
  resolution_receipt_id TEXT REFERENCES journal_receipts (receipt_id),
  suspense_command_id TEXT REFERENCES journal_commands (command_id),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK ((closed_at IS NULL) = (resolution IS NULL)),
  CHECK ((closed_at IS NULL) = (reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX journal_exceptions_one_open ON journal_exceptions (command_id) WHERE closed_at IS NULL;
CREATE INDEX journal_exceptions_closed ON journal_exceptions (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX journal_exceptions_suspended ON journal_exceptions (closed_at) WHERE resolution = 'suspend';
CREATE TRIGGER journal_exceptions_fixed BEFORE UPDATE OF
  position, exception_id, command_id, kind, opened_at, server_code, server_message, snapshot
ON journal_exceptions
BEGIN SELECT RAISE(ABORT, 'I3: what an exception found never changes'); END;
CREATE TRIGGER journal_exceptions_ended BEFORE UPDATE ON journal_exceptions WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'I9: a closed exception stays closed'); END;
CREATE TRIGGER journal_exceptions_kept BEFORE DELETE ON journal_exceptions
BEGIN SELECT RAISE(ABORT, 'I9: an exception is never deleted'); END;

CREATE TABLE journal_server_ids (
  position INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  server_id INTEGER NOT NULL,
  local_id TEXT NOT NULL,
  UNIQUE (kind, server_id)
) STRICT;
CREATE INDEX journal_server_ids_of ON journal_server_ids (local_id, kind);
CREATE TRIGGER journal_server_ids_fixed BEFORE UPDATE ON journal_server_ids
BEGIN SELECT RAISE(ABORT, 'I3: a learned server id never changes'); END;
CREATE TRIGGER journal_server_ids_kept BEFORE DELETE ON journal_server_ids
BEGIN SELECT RAISE(ABORT, 'I3: a learned server id is never deleted'); END;
`;
