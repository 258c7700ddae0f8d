// A payout that head office was told of is undone there by a command of its own. An older program does not know it, so it refuses the file.

export const version = 47;

export const sql = '';
