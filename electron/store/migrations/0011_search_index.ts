// By which rules the words, keys and phone numbers of the replica were made, so that a program with other rules makes them anew. An older
// program leaves the table as it is, and its own search finds the names in plain letters.

export const version = 11;

export const sql = `
CREATE TABLE local_search_index (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  rules INTEGER NOT NULL,
  country TEXT
) STRICT;
`;
