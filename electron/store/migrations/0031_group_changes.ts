// Changes of groups are recorded. Nothing in the file changes but its number, so that an older program, which could not read them, refuses it.

export const version = 31;

export const sql = '';
