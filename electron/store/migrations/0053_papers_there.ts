// Identity papers of a client that head office has, as it was last asked. An older program would leave them behind a client that it drops, so it
// refuses the file.

export const version = 53;

export const sql = `
CREATE TABLE replica_identifiers (
  client_id TEXT PRIMARY KEY,
  asked_at INTEGER NOT NULL,
  identifiers TEXT NOT NULL CHECK (json_valid(identifiers))
) STRICT, WITHOUT ROWID;
`;
