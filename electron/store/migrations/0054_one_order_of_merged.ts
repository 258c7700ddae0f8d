// What was recorded about a record that is one with another keeps order with what is about that one (I4), also where an older program made them one.

export const version = 54;

export const sql = `
INSERT OR IGNORE INTO journal_subjects (subject, sequence)
WITH RECURSIVE merged (local_id, into_local_id) AS (
  SELECT local_id, into_local_id FROM journal_merges
  UNION SELECT merged.local_id, next.into_local_id FROM merged JOIN journal_merges AS next ON next.local_id = merged.into_local_id
), said (subject, sequence) AS (
  SELECT subject, sequence FROM journal_commands UNION SELECT subject, sequence FROM journal_subjects
)
SELECT replace(said.subject, merged.local_id, merged.into_local_id), said.sequence
FROM merged JOIN said ON said.subject GLOB '*:' || merged.local_id;
`;
