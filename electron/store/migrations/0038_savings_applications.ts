// A savings account may be known here before head office has a number for it: its row stands in the lists like every other one and has no server id
// yet. New kinds of command come along, so an older program refuses the file.

export const version = 38;

export const sql = `
ALTER TABLE replica_savings ALTER COLUMN server_id DROP NOT NULL;
`;
