// The institution's own number of a group is changed here and found by search. An older program knows no such change, so it refuses the file.

export const version = 49;

export const sql = `
CREATE INDEX replica_groups_external ON replica_groups (external_id COLLATE NOCASE) WHERE gone = 0 AND external_id IS NOT NULL;
`;
