// A print window that was closed is no paper. What was asked for and what a person said of it are told apart; papers that came out stay counted
// where they always were.

export const version = 19;

export const sql = `
CREATE TABLE journal_print_log (
  position INTEGER PRIMARY KEY,
  receipt_id TEXT NOT NULL REFERENCES journal_receipts (receipt_id),
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('asked', 'cameOut', 'didNot'))
) STRICT;
CREATE INDEX journal_print_log_of_receipt ON journal_print_log (receipt_id, position, what, at);
CREATE TRIGGER journal_print_log_fixed BEFORE UPDATE ON journal_print_log
BEGIN SELECT RAISE(ABORT, 'I3: what was said of a print never changes'); END;
CREATE TRIGGER journal_print_log_kept BEFORE DELETE ON journal_print_log
BEGIN SELECT RAISE(ABORT, 'I3: what was said of a print is never deleted'); END;
`;
