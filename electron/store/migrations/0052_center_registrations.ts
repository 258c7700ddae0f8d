// Centers are founded here. An older program knows no such command, so it refuses the file.

export const version = 52;

export const sql = `
CREATE INDEX journal_local_numbers_of_kind ON journal_local_numbers (record_kind, number);
`;
