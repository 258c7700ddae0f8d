// The journal takes facts that are not about money: a command may carry no sum, wait for any number of earlier ones, concern several
// subjects, be held for a second person, and be put in another one's place. An older program refuses the file, for it could not read them.
// The table of cases is made anew, each row as it was, because a rule of it is loosened: a case has more ways out.

export const version = 7;

export const sql = `
ALTER TABLE journal_commands ALTER COLUMN amount_minor DROP NOT NULL;
ALTER TABLE journal_commands ADD COLUMN replaces TEXT REFERENCES journal_commands (command_id);
ALTER TABLE journal_commands ADD COLUMN hold TEXT CHECK (json_valid(hold));
DROP TRIGGER journal_commands_fixed;
CREATE TRIGGER journal_commands_fixed BEFORE UPDATE OF
  sequence, command_id, kind, payload_version, payload, amount_minor, subject, depends_on, recorded_by, business_date, recorded_at,
  clock_doubt, receipt_id, form_id, replaces, hold
ON journal_commands
BEGIN SELECT RAISE(ABORT, 'I3: the facts of a command never change'); END;

CREATE TABLE journal_prerequisites (
  command_id TEXT NOT NULL REFERENCES journal_commands (command_id),
  needs TEXT NOT NULL REFERENCES journal_commands (command_id),
  PRIMARY KEY (command_id, needs),
  CHECK (command_id <> needs)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_prerequisites_of ON journal_prerequisites (needs);
CREATE TRIGGER journal_prerequisites_fixed BEFORE UPDATE ON journal_prerequisites
BEGIN SELECT RAISE(ABORT, 'I3: what a command needs never changes'); END;
CREATE TRIGGER journal_prerequisites_kept BEFORE DELETE ON journal_prerequisites
BEGIN SELECT RAISE(ABORT, 'I3: what a command needs is never forgotten'); END;
INSERT INTO journal_prerequisites SELECT command_id, depends_on FROM journal_commands WHERE depends_on IS NOT NULL;

CREATE TABLE journal_subjects (
  subject TEXT NOT NULL,
  sequence INTEGER NOT NULL REFERENCES journal_commands (sequence),
  PRIMARY KEY (subject, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_subjects_of ON journal_subjects (sequence, subject);
CREATE TRIGGER journal_subjects_fixed BEFORE UPDATE ON journal_subjects
BEGIN SELECT RAISE(ABORT, 'I3: the order of a command never changes'); END;
CREATE TRIGGER journal_subjects_kept BEFORE DELETE ON journal_subjects
BEGIN SELECT RAISE(ABORT, 'I3: the order of a command is never forgotten'); END;

CREATE TABLE journal_record_facts (
  record_kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  sequence INTEGER NOT NULL REFERENCES journal_commands (sequence),
  PRIMARY KEY (record_id, record_kind, sequence)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER journal_record_facts_fixed BEFORE UPDATE ON journal_record_facts
BEGIN SELECT RAISE(ABORT, 'I3: what a command concerns never changes'); END;
CREATE TRIGGER journal_record_facts_kept BEFORE DELETE ON journal_record_facts
BEGIN SELECT RAISE(ABORT, 'I3: what a command concerns is never forgotten'); END;

CREATE TABLE journal_merges (
  kind TEXT NOT NULL,
  local_id TEXT NOT NULL,
  into_local_id TEXT NOT NULL,
  PRIMARY KEY (local_id, kind),
  CHECK (local_id <> into_local_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER journal_merges_fixed BEFORE UPDATE ON journal_merges
BEGIN SELECT RAISE(ABORT, 'I3: a merge never changes'); END;
CREATE TRIGGER journal_merges_kept BEFORE DELETE ON journal_merges
BEGIN SELECT RAISE(ABORT, 'I3: a merge is never deleted'); END;

CREATE TABLE journal_exceptions_anew (
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
  resolution TEXT,
  reason TEXT,
  resolution_receipt_id TEXT REFERENCES journal_receipts (receipt_id),
  suspense_command_id TEXT REFERENCES journal_commands (command_id),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK ((closed_at IS NULL) = (resolution IS NULL)),
  CHECK ((closed_at IS NULL) = (reason IS NULL))
) STRICT;
INSERT INTO journal_exceptions_anew (position, exception_id, command_id, kind, opened_at, server_code, server_message, snapshot, closed_at,
  closed_by, resolution, reason, resolution_receipt_id, suspense_command_id)
SELECT position, exception_id, command_id, kind, opened_at, server_code, server_message, snapshot, closed_at,
  closed_by, resolution, reason, resolution_receipt_id, suspense_command_id FROM journal_exceptions;
DROP TABLE journal_exceptions;
ALTER TABLE journal_exceptions_anew RENAME TO journal_exceptions;
CREATE UNIQUE INDEX journal_exceptions_one_open ON journal_exceptions (command_id) WHERE closed_at IS NULL;
CREATE INDEX journal_exceptions_closed ON journal_exceptions (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX journal_exceptions_suspended ON journal_exceptions (closed_at) WHERE resolution = 'suspend';
CREATE INDEX journal_exceptions_of ON journal_exceptions (command_id, position);
CREATE TRIGGER journal_exceptions_fixed BEFORE UPDATE OF
  position, exception_id, command_id, kind, opened_at, server_code, server_message, snapshot
ON journal_exceptions
BEGIN SELECT RAISE(ABORT, 'I3: what an exception found never changes'); END;
CREATE TRIGGER journal_exceptions_ended BEFORE UPDATE ON journal_exceptions WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'I9: a closed exception stays closed'); END;
CREATE TRIGGER journal_exceptions_kept BEFORE DELETE ON journal_exceptions
BEGIN SELECT RAISE(ABORT, 'I9: an exception is never deleted'); END;
`;
