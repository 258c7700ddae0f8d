// A group may be given another name. An older program does not know that kind, so it refuses the file.

export const version = 45;

export const sql = '';
