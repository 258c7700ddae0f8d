// What a pull could not read is named and tried again, instead of stopping everything behind it. An older program knows nothing of it and
// reads as before.

export const version = 8;

export const sql = `
CREATE TABLE replica_left_out (
  shelf TEXT NOT NULL,
  server_id INTEGER NOT NULL,
  why TEXT NOT NULL,
  since INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  next_try_at INTEGER NOT NULL,
  PRIMARY KEY (shelf, server_id)
) STRICT, WITHOUT ROWID;
`;
