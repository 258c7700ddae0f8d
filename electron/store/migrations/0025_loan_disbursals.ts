// Loans are paid out at the counter, which counts against the limits of what a branch pays out by itself. What head office says of a loan before
// that comes along with its next reading; until then nothing of it is paid out here.

export const version = 25;

export const sql = `
ALTER TABLE replica_loans ADD COLUMN before_payout TEXT CHECK (before_payout IS NULL OR json_valid(before_payout));

DROP INDEX journal_commands_payouts;
CREATE INDEX journal_commands_payouts ON journal_commands (sequence, subject, recorded_by, amount_minor, recorded_at)
WHERE kind IN ('savingsWithdrawal', 'savingsTransfer', 'loanDisbursal') AND state NOT IN ('accepted', 'withdrawn', 'resolved');
`;
