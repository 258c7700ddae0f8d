// Counts may say which notes and coins they are made of, and each close leaves a report: numbered, sealed over the one before it, and never
// changed. What was counted and closed before has neither.

export const version = 23;

export const sql = `
ALTER TABLE journal_drawers ADD COLUMN opening_pieces TEXT CHECK (opening_pieces IS NULL OR json_valid(opening_pieces));
DROP TRIGGER journal_drawers_fixed;
CREATE TRIGGER journal_drawers_fixed BEFORE UPDATE OF
  position, drawer_id, name, username, business_date, opened_at, opening_minor, currency, opening_pieces
ON journal_drawers
BEGIN SELECT RAISE(ABORT, 'I3: the opening of a drawer never changes'); END;
ALTER TABLE journal_drawer_counts ADD COLUMN pieces TEXT CHECK (pieces IS NULL OR json_valid(pieces));

CREATE TABLE journal_reports (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  number TEXT NOT NULL UNIQUE,
  drawer_id TEXT UNIQUE REFERENCES journal_drawers (drawer_id),
  business_date TEXT NOT NULL REFERENCES journal_days (business_date),
  body TEXT NOT NULL CHECK (json_valid(body)),
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX journal_reports_on ON journal_reports (business_date, sequence);
CREATE TRIGGER journal_reports_in_order BEFORE INSERT ON journal_reports
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM journal_reports)
BEGIN SELECT RAISE(ABORT, 'I7: reports have no gap'); END;
CREATE TRIGGER journal_reports_fixed BEFORE UPDATE ON journal_reports
BEGIN SELECT RAISE(ABORT, 'I7: what a close said never changes'); END;
CREATE TRIGGER journal_reports_kept BEFORE DELETE ON journal_reports
BEGIN SELECT RAISE(ABORT, 'I3: a report is never deleted'); END;

CREATE TABLE journal_report_prints (
  position INTEGER PRIMARY KEY,
  number TEXT NOT NULL REFERENCES journal_reports (number),
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  copy INTEGER NOT NULL CHECK (copy >= 0)
) STRICT;
CREATE UNIQUE INDEX journal_report_prints_of ON journal_report_prints (number, copy);
CREATE TRIGGER journal_report_prints_fixed BEFORE UPDATE ON journal_report_prints
BEGIN SELECT RAISE(ABORT, 'I3: a print never changes'); END;
CREATE TRIGGER journal_report_prints_kept BEFORE DELETE ON journal_report_prints
BEGIN SELECT RAISE(ABORT, 'I3: a print is never deleted'); END;
`;
