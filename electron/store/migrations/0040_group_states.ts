// A group is told by its state: one that was closed is not one that waits to become active. New changes of groups come along, so an older program
// refuses the file.

export const version = 40;

export const sql = `
ALTER TABLE replica_groups ADD COLUMN status text NOT NULL DEFAULT 'pending';
UPDATE replica_groups SET status = 'active' WHERE active = 1;
`;
