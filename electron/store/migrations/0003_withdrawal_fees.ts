// What head office takes from an account on top of a withdrawal: the charges as it tells them with the account, and with each promise the fee
// that was counted when it was made. Accounts from before are read again with their charges at the next evening's comparison.

export const version = 3;

export const sql = `
ALTER TABLE replica_savings ADD COLUMN withdrawal_charges TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(withdrawal_charges));
ALTER TABLE journal_effects ADD COLUMN fee_minor INTEGER NOT NULL DEFAULT 0 CHECK (fee_minor >= 0);
CREATE TRIGGER journal_effects_fee_fixed BEFORE UPDATE OF fee_minor ON journal_effects
BEGIN SELECT RAISE(ABORT, 'I3: what an effect does never changes'); END;
`;
