// Where these books lost facts, numbers of Z reports that may stand on paper are left out, as those of receipts are. A gap for any other reason is
// still refused.

export const version = 26;

export const sql = `
DROP TRIGGER journal_reports_in_order;
CREATE TRIGGER journal_reports_in_order BEFORE INSERT ON journal_reports
WHEN NEW.sequence <> 1 + max(
  (SELECT coalesce(max(sequence), 0) FROM journal_reports),
  coalesce((SELECT json_extract(value, '$.through') FROM local_settings WHERE name = 'skippedReports'), 0)
)
BEGIN SELECT RAISE(ABORT, 'I7: reports have no gap but for those left out'); END;
`;
