// Each count of a drawer with what it was measured against, the first one and the recount: facts of the journal, whatever the close says.

export const version = 4;

export const sql = `
CREATE TABLE journal_drawer_counts (
  position INTEGER PRIMARY KEY,
  drawer_id TEXT NOT NULL REFERENCES journal_drawers (drawer_id),
  counted_minor INTEGER NOT NULL CHECK (counted_minor >= 0),
  expected_minor INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX journal_drawer_counts_of ON journal_drawer_counts (drawer_id);
CREATE TRIGGER journal_drawer_counts_fixed BEFORE UPDATE ON journal_drawer_counts
BEGIN SELECT RAISE(ABORT, 'I3: a count never changes'); END;
CREATE TRIGGER journal_drawer_counts_kept BEFORE DELETE ON journal_drawer_counts
BEGIN SELECT RAISE(ABORT, 'I3: a count is never deleted'); END;
CREATE TRIGGER journal_movements_into_uncounted BEFORE INSERT ON journal_movements
WHEN EXISTS (SELECT 1 FROM journal_drawer_counts WHERE drawer_id = NEW.drawer_id)
BEGIN SELECT RAISE(ABORT, 'I7: a counted drawer takes no movement'); END;
`;
