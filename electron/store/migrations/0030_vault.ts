// Cash in the vault, in each currency the sum of its slips; a movement of a drawer may belong to a slip. The vault never holds less than nothing,
// and a slip never changes.

export const version = 30;

export const sql = `
CREATE TABLE journal_cash_slips (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  number TEXT NOT NULL UNIQUE,
  form_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  business_date TEXT NOT NULL REFERENCES journal_days (business_date),
  currency TEXT NOT NULL,
  vault_minor INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX journal_cash_slips_on ON journal_cash_slips (business_date, sequence);
CREATE INDEX journal_cash_slips_sums ON journal_cash_slips (currency, vault_minor);
CREATE INDEX journal_cash_slips_kinds ON journal_cash_slips (kind, currency, sequence);
CREATE TRIGGER journal_cash_slips_in_order BEFORE INSERT ON journal_cash_slips
WHEN NEW.sequence <> 1 + max(
  (SELECT coalesce(max(sequence), 0) FROM journal_cash_slips),
  coalesce((SELECT json_extract(value, '$.through') FROM local_settings WHERE name = 'skippedSlips'), 0)
)
BEGIN SELECT RAISE(ABORT, 'I7: slips have no gap but for those left out'); END;
CREATE TRIGGER journal_cash_slips_covered BEFORE INSERT ON journal_cash_slips
WHEN NEW.vault_minor < 0
  AND NEW.vault_minor + (SELECT coalesce(sum(vault_minor), 0) FROM journal_cash_slips WHERE currency = NEW.currency) < 0
BEGIN SELECT RAISE(ABORT, 'I7: the vault does not hold that much'); END;
CREATE TRIGGER journal_cash_slips_fixed BEFORE UPDATE ON journal_cash_slips
BEGIN SELECT RAISE(ABORT, 'I7: a slip of cash never changes'); END;
CREATE TRIGGER journal_cash_slips_kept BEFORE DELETE ON journal_cash_slips
BEGIN SELECT RAISE(ABORT, 'I3: a slip of cash is never deleted'); END;

CREATE TABLE journal_cash_slip_prints (
  position INTEGER PRIMARY KEY,
  number TEXT NOT NULL REFERENCES journal_cash_slips (number),
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  copy INTEGER NOT NULL CHECK (copy >= 0)
) STRICT;
CREATE UNIQUE INDEX journal_cash_slip_prints_of ON journal_cash_slip_prints (number, copy);
CREATE TRIGGER journal_cash_slip_prints_fixed BEFORE UPDATE ON journal_cash_slip_prints
BEGIN SELECT RAISE(ABORT, 'I3: a print never changes'); END;
CREATE TRIGGER journal_cash_slip_prints_kept BEFORE DELETE ON journal_cash_slip_prints
BEGIN SELECT RAISE(ABORT, 'I3: a print is never deleted'); END;

ALTER TABLE journal_movements ADD COLUMN slip TEXT REFERENCES journal_cash_slips (number);
CREATE UNIQUE INDEX journal_movements_of_slip ON journal_movements (slip, drawer_id) WHERE slip IS NOT NULL;
CREATE TRIGGER journal_movements_one_reason BEFORE INSERT ON journal_movements
WHEN (NEW.slip IS NULL) <> (NEW.kind IN ('taken', 'paid')) OR (NEW.slip IS NOT NULL AND coalesce(NEW.command_id, NEW.receipt_id) IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'I1: cash moves with a paper of a client, or with a slip'); END;
`;
