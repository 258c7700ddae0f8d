// One command may touch several accounts: a transfer has an effect on each of its two. The table of effects is made anew, each row as it was,
// because a rule of it is loosened: one effect per command and account. What counts against the limits of paying out without head office is
// more than one kind. What was given up after a refusal may be posted by head office after all, and is a case again. An older program refuses
// the file, for it would see one account of a transfer alone.

export const version = 16;

export const sql = `
CREATE TABLE journal_effects_anew (
  position INTEGER PRIMARY KEY,
  command_id TEXT NOT NULL REFERENCES journal_commands (command_id),
  account_kind TEXT NOT NULL CHECK (account_kind IN ('loan', 'savings')),
  account_id TEXT NOT NULL,
  delta_minor INTEGER NOT NULL,
  fee_minor INTEGER NOT NULL DEFAULT 0 CHECK (fee_minor >= 0),
  standing TEXT NOT NULL CHECK (standing IN ('counts', 'disputed', 'dropped', 'retired')),
  included INTEGER NOT NULL CHECK (included IN (0, 1)),
  marker_external_id TEXT,
  marker_receipt_number TEXT NOT NULL,
  marker_server_transaction_id INTEGER
) STRICT;
INSERT INTO journal_effects_anew (position, command_id, account_kind, account_id, delta_minor, fee_minor, standing, included,
  marker_external_id, marker_receipt_number, marker_server_transaction_id)
SELECT position, command_id, account_kind, account_id, delta_minor, fee_minor, standing, included,
  marker_external_id, marker_receipt_number, marker_server_transaction_id FROM journal_effects;
DROP TABLE journal_effects;
ALTER TABLE journal_effects_anew RENAME TO journal_effects;
CREATE UNIQUE INDEX journal_effects_by ON journal_effects (command_id, account_id);
CREATE INDEX journal_effects_of ON journal_effects (account_id, account_kind, standing, included) WHERE standing IN ('counts', 'disputed');
CREATE INDEX journal_effects_dropped ON journal_effects (account_id, account_kind) WHERE standing = 'dropped';
CREATE TRIGGER journal_effects_fixed BEFORE UPDATE OF
  position, command_id, account_kind, account_id, delta_minor, marker_external_id, marker_receipt_number
ON journal_effects
BEGIN SELECT RAISE(ABORT, 'I3: what an effect does never changes'); END;
CREATE TRIGGER journal_effects_fee_fixed BEFORE UPDATE OF fee_minor ON journal_effects
BEGIN SELECT RAISE(ABORT, 'I3: what an effect does never changes'); END;
CREATE TRIGGER journal_effects_kept BEFORE DELETE ON journal_effects
BEGIN SELECT RAISE(ABORT, 'I3: an effect is never deleted'); END;

DROP TRIGGER journal_commands_ended;
CREATE TRIGGER journal_commands_ended BEFORE UPDATE OF state ON journal_commands
WHEN OLD.state IN ('accepted', 'withdrawn', 'resolved') AND NEW.state <> OLD.state
  AND NOT (OLD.state IN ('accepted', 'resolved') AND NEW.state = 'rejected')
  AND NOT (OLD.state = 'withdrawn' AND NEW.state = 'rejected'
    AND EXISTS (SELECT 1 FROM journal_exceptions WHERE command_id = OLD.command_id AND resolution = 'withdraw'))
BEGIN SELECT RAISE(ABORT, 'I5: a finished command stays finished'); END;

DROP INDEX journal_commands_payouts;
CREATE INDEX journal_commands_payouts ON journal_commands (sequence, subject, recorded_by, amount_minor, recorded_at)
WHERE kind IN ('savingsWithdrawal', 'savingsTransfer') AND state NOT IN ('accepted', 'withdrawn', 'resolved');
`;
