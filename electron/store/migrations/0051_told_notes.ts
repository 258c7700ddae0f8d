// Receipts may carry the notes and coins that came and went with them, and slips say where they stand among movements: an older program would give
// a receipt another hash than its own, and must refuse the file.

export const version = 51;

export const sql = '';
