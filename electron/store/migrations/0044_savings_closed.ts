// A decision on a savings account may close it. An older program knows no such decision, so it refuses the file.

export const version = 44;

export const sql = '';
