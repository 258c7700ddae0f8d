// Facts that carry a file, and pictures of clients. An older program refuses the file, for it could not read these facts. What carries a file is
// told by its subject, and stands under the file's hash, so that nothing that a row names is ever cleared away.

export const version = 27;

export const sql = `
CREATE INDEX journal_commands_uploads ON journal_commands (subject, sequence) WHERE subject GLOB 'upload:*';
CREATE INDEX journal_commands_files ON journal_commands (json_extract(payload, '$.file.sha256')) WHERE subject GLOB 'upload:*';

CREATE TABLE replica_pictures (
  client_id TEXT PRIMARY KEY,
  asked_at INTEGER NOT NULL,
  small TEXT,
  whole TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX replica_pictures_asked ON replica_pictures (asked_at, client_id);
CREATE INDEX replica_pictures_small ON replica_pictures (small) WHERE small IS NOT NULL;
CREATE INDEX replica_pictures_whole ON replica_pictures (whole) WHERE whole IS NOT NULL;
`;
