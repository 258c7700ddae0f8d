// Cash is of one currency in each drawer, and a person may hold a drawer in each. A movement says whose money it is: what was recorded before
// says what its receipt says, else what its drawer says.

export const version = 18;

export const sql = `
DROP INDEX journal_drawers_one_open;
CREATE UNIQUE INDEX journal_drawers_one_open ON journal_drawers (username, currency) WHERE closed_at IS NULL;

CREATE INDEX replica_loans_currencies ON replica_loans (currency_code, currency_decimals) WHERE gone = 0;
CREATE INDEX replica_savings_currencies ON replica_savings (currency_code, currency_decimals) WHERE gone = 0;

ALTER TABLE journal_movements ADD COLUMN currency TEXT;
DROP TRIGGER journal_movements_fixed;
UPDATE journal_movements SET currency = coalesce(
  (SELECT json_extract(r.body, '$.currency.code') FROM journal_receipts r WHERE r.receipt_id = journal_movements.receipt_id),
  (SELECT d.currency FROM journal_drawers d WHERE d.drawer_id = journal_movements.drawer_id)
);
CREATE TRIGGER journal_movements_fixed BEFORE UPDATE ON journal_movements
BEGIN SELECT RAISE(ABORT, 'I3: a movement never changes'); END;
CREATE TRIGGER journal_movements_own_currency BEFORE INSERT ON journal_movements
WHEN NEW.currency IS NOT NULL
  AND NEW.currency <> (SELECT d.currency FROM journal_drawers d WHERE d.drawer_id = NEW.drawer_id)
BEGIN SELECT RAISE(ABORT, 'I7: a drawer takes only the money that it was opened with'); END;
DROP INDEX journal_movements_of_drawer;
CREATE INDEX journal_movements_of_drawer ON journal_movements (drawer_id, currency, kind, amount_minor, receipt_id);
`;
