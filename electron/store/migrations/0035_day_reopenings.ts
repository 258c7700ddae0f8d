// A closed day may be opened again by a manager. The close is taken back by a row of its own that names the Z which it made: that report stays as
// it is, and can be taken back once. The rule that a closed day stays closed is loosened by exactly this.

export const version = 35;

export const sql = `
CREATE TABLE journal_day_reopenings (
  report TEXT PRIMARY KEY NOT NULL REFERENCES journal_reports (number),
  business_date TEXT NOT NULL REFERENCES journal_days (business_date),
  reopened_at INTEGER NOT NULL,
  reopened_by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX journal_day_reopenings_of ON journal_day_reopenings (business_date);
CREATE TRIGGER journal_day_reopenings_of_the_day BEFORE INSERT ON journal_day_reopenings
WHEN NOT EXISTS (
  SELECT 1 FROM journal_reports WHERE number = NEW.report AND business_date = NEW.business_date AND drawer_id IS NULL)
BEGIN SELECT RAISE(ABORT, 'I7: only the report of that day is taken back'); END;
CREATE TRIGGER journal_day_reopenings_fixed BEFORE UPDATE ON journal_day_reopenings
BEGIN SELECT RAISE(ABORT, 'I3: that a day was opened again never changes'); END;
CREATE TRIGGER journal_day_reopenings_kept BEFORE DELETE ON journal_day_reopenings
BEGIN SELECT RAISE(ABORT, 'I3: that a day was opened again is never deleted'); END;
DROP TRIGGER journal_days_ended;
CREATE TRIGGER journal_days_ended BEFORE UPDATE ON journal_days WHEN OLD.closed_at IS NOT NULL
  AND NOT (NEW.closed_at IS NULL AND (
    EXISTS (SELECT 1 FROM journal_days_in_error WHERE business_date = OLD.business_date AND opened_again_at IS NULL)
    OR EXISTS (SELECT 1 FROM journal_day_reopenings WHERE report = (
      SELECT number FROM journal_reports WHERE business_date = OLD.business_date AND drawer_id IS NULL ORDER BY sequence DESC LIMIT 1))))
BEGIN SELECT RAISE(ABORT, 'I3: a closed day stays closed'); END;
`;
