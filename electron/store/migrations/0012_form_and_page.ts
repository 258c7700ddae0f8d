// A form is answered again only to the page that still waits for it, and its draft ends with it. Drafts of forms that were recorded before
// this rule end here.

export const version = 12;

export const sql = `
ALTER TABLE journal_commands ADD COLUMN page_id TEXT;
DROP TRIGGER journal_commands_fixed;
CREATE TRIGGER journal_commands_fixed BEFORE UPDATE OF
  sequence, command_id, kind, payload_version, payload, amount_minor, subject, depends_on, recorded_by, business_date, recorded_at,
  clock_doubt, receipt_id, form_id, replaces, hold, page_id
ON journal_commands
BEGIN SELECT RAISE(ABORT, 'I3: the facts of a command never change'); END;

ALTER TABLE local_drafts ADD COLUMN form_id TEXT;
UPDATE local_drafts SET form_id = json_extract(body, '$.formId')
WHERE json_valid(body) AND json_type(body) = 'object' AND json_type(body, '$.formId') = 'text';
DELETE FROM local_drafts WHERE form_id IN (SELECT form_id FROM journal_commands WHERE form_id IS NOT NULL);
CREATE INDEX local_drafts_of_form ON local_drafts (form_id) WHERE form_id IS NOT NULL;
`;
