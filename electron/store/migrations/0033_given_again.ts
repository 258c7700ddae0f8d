// A head office that was put back to an earlier day gives numbers of its own a second time, to whoever comes next: from then on such a number is
// that one's, and what had it before has none.

export const version = 33;

export const sql = `
CREATE TABLE journal_server_ids_again (
  position INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  server_id INTEGER NOT NULL,
  local_id TEXT,
  after_position INTEGER NOT NULL
) STRICT;
CREATE INDEX journal_server_ids_again_is ON journal_server_ids_again (kind, server_id, position);
CREATE INDEX journal_server_ids_again_of ON journal_server_ids_again (local_id, kind);
CREATE TRIGGER journal_server_ids_again_fixed BEFORE UPDATE ON journal_server_ids_again
BEGIN SELECT RAISE(ABORT, 'I3: a learned server id never changes'); END;
CREATE TRIGGER journal_server_ids_again_kept BEFORE DELETE ON journal_server_ids_again
BEGIN SELECT RAISE(ABORT, 'I3: a learned server id is never deleted'); END;
`;
