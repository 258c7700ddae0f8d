// Head office's books may hold, after all, what a manager has already settled here: then the case opens once more. An older program keeps
// working: it never makes this move and reads the same columns.

export const version = 5;

export const sql = `
DROP TRIGGER journal_commands_ended;
CREATE TRIGGER journal_commands_ended BEFORE UPDATE OF state ON journal_commands
WHEN OLD.state IN ('accepted', 'withdrawn', 'resolved') AND NEW.state <> OLD.state
  AND NOT (OLD.state IN ('accepted', 'resolved') AND NEW.state = 'rejected')
BEGIN SELECT RAISE(ABORT, 'I5: a finished command stays finished'); END;

CREATE INDEX journal_effects_dropped ON journal_effects (account_id, account_kind) WHERE standing = 'dropped';
CREATE INDEX journal_exceptions_of ON journal_exceptions (command_id, position);
`;
