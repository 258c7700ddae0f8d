// Slips of cash to the bank and from it, and of small expenses: an older program does not know these kinds, and must refuse the file.

export const version = 32;

export const sql = ``;
