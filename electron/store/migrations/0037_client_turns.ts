// Clients are activated, closed, rejected, withdrawn, taken back and given to staff at the branch. Nothing in the file changes but its number, so
// that an older program, which could not read these commands, refuses it.

export const version = 37;

export const sql = '';
