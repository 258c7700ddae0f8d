// An approval may name the day on which a loan is to be paid out. An older program would send it without that day, so it refuses the file.

export const version = 41;

export const sql = '';
