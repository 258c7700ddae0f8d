// A client may be known here before head office has a number for it: its row stands in the lists like every other one and has no server id
// yet. The number that it has at once is given once, for ever, and found like head office's own. A new kind of command comes along, so an
// older program refuses the file.

export const version = 22;

export const sql = `
ALTER TABLE replica_clients ALTER COLUMN server_id DROP NOT NULL;

CREATE TABLE journal_local_numbers (
  number TEXT PRIMARY KEY NOT NULL,
  record_kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence > 0)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX journal_local_numbers_of_device ON journal_local_numbers (device_code, sequence);
CREATE UNIQUE INDEX journal_local_numbers_of ON journal_local_numbers (record_id, record_kind);
CREATE TRIGGER journal_local_numbers_fixed BEFORE UPDATE ON journal_local_numbers
BEGIN SELECT RAISE(ABORT, 'I3: a number that was given never changes'); END;
CREATE TRIGGER journal_local_numbers_kept BEFORE DELETE ON journal_local_numbers
BEGIN SELECT RAISE(ABORT, 'I3: a number that was given is never forgotten'); END;

CREATE INDEX journal_merges_into ON journal_merges (into_local_id, kind);
`;
