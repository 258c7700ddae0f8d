// Notes changed for notes, bags that the bank counted, photographs of both ends of the road: an older program does not know these slips, and must
// refuse the file. A photograph stands under its hash, so that nothing that a row names is ever cleared away. A bag is at the bank once.

export const version = 48;

export const sql = `
CREATE INDEX journal_cash_slips_photos ON journal_cash_slips (json_extract(body, '$.photo.sha256'))
WHERE json_extract(body, '$.photo.sha256') IS NOT NULL;
CREATE INDEX journal_cash_slips_bags ON journal_cash_slips (json_extract(body, '$.count')) WHERE kind = 'atBank';
CREATE TRIGGER journal_cash_slips_bag_once BEFORE INSERT ON journal_cash_slips
WHEN NEW.kind = 'atBank' AND (
  NOT EXISTS (SELECT 1 FROM journal_cash_slips WHERE kind = 'toBank' AND number = json_extract(NEW.body, '$.count'))
  OR EXISTS (SELECT 1 FROM journal_cash_slips WHERE kind = 'atBank' AND json_extract(body, '$.count') = json_extract(NEW.body, '$.count'))
)
BEGIN SELECT RAISE(ABORT, 'I7: a bag that left is at the bank once'); END;
`;
