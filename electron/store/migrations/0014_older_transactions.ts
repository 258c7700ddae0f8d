// The older transactions of an account with many, in pages; the newest stay in the account's own row, so that opening it reads no other.

export const version = 14;

export const sql = `
CREATE TABLE replica_older_transactions (
  account_id TEXT NOT NULL,
  page INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  transactions TEXT NOT NULL CHECK (json_valid(transactions)),
  PRIMARY KEY (account_id, page)
) STRICT;
`;
