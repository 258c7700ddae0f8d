// Money on a savings account is held and let go here, and of a hold its reason and what let it go are kept with its transaction. An older program
// knows neither, so it refuses the file.

export const version = 50;

export const sql = '';
