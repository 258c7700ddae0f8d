// What paying off a loan takes, as head office reckoned it for one day: only it can, where interest is reckoned anew. The balance it stood on
// is kept beside it, because a quote counts only while that stands.

export const version = 6;

export const sql = `
CREATE TABLE replica_pay_offs (
  loan_id TEXT PRIMARY KEY NOT NULL,
  on_date TEXT NOT NULL,
  pay_off_minor INTEGER NOT NULL CHECK (pay_off_minor >= 0),
  outstanding_minor INTEGER NOT NULL,
  asked_at INTEGER NOT NULL
) STRICT;
`;
