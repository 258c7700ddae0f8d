// A command knows the entry that recorded it, so that the two can be compared before it is sent; an entry carries the seal of this PC. What
// was recorded before this rule is bound to the entry that named it then.

export const version = 13;

export const sql = `
ALTER TABLE journal_entries ADD COLUMN seal TEXT;
ALTER TABLE journal_commands ADD COLUMN entry INTEGER;
UPDATE journal_commands SET entry = named.entry FROM (
  SELECT command_id, min(entry) AS entry FROM (
    SELECT json_extract(body, '$.commandId') AS command_id, entry FROM journal_entries
    UNION ALL
    SELECT json_extract(body, '$.by') AS command_id, entry FROM journal_entries WHERE what IN ('command.amended', 'command.corrected')
    UNION ALL
    SELECT json_extract(body, '$.suspenseCommand') AS command_id, entry FROM journal_entries WHERE what = 'exception.closed'
  ) WHERE command_id IS NOT NULL GROUP BY command_id
) AS named WHERE named.command_id = journal_commands.command_id;
CREATE TRIGGER journal_commands_bound BEFORE UPDATE OF entry ON journal_commands
BEGIN SELECT RAISE(ABORT, 'I13: a command stays bound to its entry'); END;
`;
