// Papers that wait for their printer: written with the receipt, gone once they came out. What came out is counted where it always was. It is
// neither journal nor replica: a job says what is still to be done, and no fact of the books is lost with it.

export const version = 20;

export const sql = `
CREATE TABLE local_print_jobs (
  receipt_id TEXT PRIMARY KEY REFERENCES journal_receipts (receipt_id),
  line INTEGER,
  language TEXT NOT NULL,
  by TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'printing', 'unsure')),
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  why TEXT
) STRICT;
`;
