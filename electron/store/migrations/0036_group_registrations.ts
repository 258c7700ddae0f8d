// A group may be known here before head office has a number for it: its row stands in the lists like every other one and has no server id yet. A
// new kind of command comes along, so an older program refuses the file.

export const version = 36;

export const sql = `
ALTER TABLE replica_groups ALTER COLUMN server_id DROP NOT NULL;
`;
