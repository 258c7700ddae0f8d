// A member of a group may be given a role in it, and what head office says of roles is kept, with the moment at which the group was asked for: what
// was done here stands until it is read after that, for of roles the trail names nobody here. An older program knows no such change, so it refuses the file.

export const version = 46;

export const sql = `
CREATE TABLE replica_group_roles (
  group_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (group_id, client_id, role)
) STRICT, WITHOUT ROWID;
ALTER TABLE replica_groups ADD COLUMN pulled_at INTEGER;
`;
