// A day that a wrong clock opened is closed as that, and its own date may still become a true day: then it opens once more, and the numbers
// go on after those that it gave. The rule that a closed day stays closed is loosened by exactly this.

export const version = 15;

export const sql = `
CREATE TABLE journal_days_in_error (
  business_date TEXT NOT NULL,
  said_at INTEGER NOT NULL,
  said_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  opened_again_at INTEGER,
  opened_again_by TEXT,
  PRIMARY KEY (business_date, said_at),
  CHECK ((opened_again_at IS NULL) = (opened_again_by IS NULL))
) STRICT;
CREATE TRIGGER journal_days_in_error_fixed BEFORE UPDATE OF business_date, said_at, said_by, reason ON journal_days_in_error
BEGIN SELECT RAISE(ABORT, 'I3: what was said of a day never changes'); END;
CREATE TRIGGER journal_days_in_error_once BEFORE UPDATE ON journal_days_in_error WHEN OLD.opened_again_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'I3: a day in error opens again once'); END;
CREATE TRIGGER journal_days_in_error_kept BEFORE DELETE ON journal_days_in_error
BEGIN SELECT RAISE(ABORT, 'I3: what was said of a day is never deleted'); END;
DROP TRIGGER journal_days_ended;
CREATE TRIGGER journal_days_ended BEFORE UPDATE ON journal_days WHEN OLD.closed_at IS NOT NULL
  AND NOT (NEW.closed_at IS NULL AND EXISTS (
    SELECT 1 FROM journal_days_in_error WHERE business_date = OLD.business_date AND opened_again_at IS NULL))
BEGIN SELECT RAISE(ABORT, 'I3: a closed day stays closed'); END;
`;
