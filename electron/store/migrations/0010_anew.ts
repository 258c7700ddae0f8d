// What the newest submission of a refused command says otherwise than it was recorded: marks of its own, or another day.

export const version = 10;

export const sql = `
ALTER TABLE journal_commands ADD COLUMN anew TEXT CHECK (json_valid(anew));
`;
