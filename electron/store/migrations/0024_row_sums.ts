// What the rows of the journal and of this PC's own tables add up to, under this PC's seal: one row, written with each change of them. An older
// program that writes without it would make books that no longer add up, and must refuse the file.

export const version = 24;

export const sql = `
CREATE TABLE local_row_sums (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  sealed TEXT NOT NULL
) STRICT;
`;
