// A group's savings accounts stand in no list but its own, and a centre's collection sheet names the centre alone. An older program leaves the
// columns as they are.

export const version = 9;

export const sql = `
ALTER TABLE replica_groups ADD COLUMN center_server_id INTEGER;
ALTER TABLE replica_groups ADD COLUMN savings_server_ids TEXT NOT NULL DEFAULT '[]';
CREATE INDEX replica_groups_of_center ON replica_groups (center_server_id) WHERE center_server_id IS NOT NULL;
CREATE INDEX replica_groups_owning ON replica_groups (savings_server_ids) WHERE gone = 0 AND savings_server_ids <> '[]';
CREATE INDEX replica_loans_of_group ON replica_loans (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX replica_savings_of_group ON replica_savings (group_id) WHERE group_id IS NOT NULL;
`;
