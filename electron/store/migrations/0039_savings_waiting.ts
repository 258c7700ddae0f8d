// Savings accounts that wait for somebody: a handful among many, and their count stands on every page.

export const version = 39;

export const sql = `
CREATE INDEX replica_savings_waiting ON replica_savings (account_no) WHERE gone = 0 AND status IN ('submitted', 'approved');
`;
