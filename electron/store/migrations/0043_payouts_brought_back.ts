// The money of a loan's payout goes back on a paper that says so. An older program does not know these papers, so it refuses the file.

export const version = 43;

export const sql = '';
