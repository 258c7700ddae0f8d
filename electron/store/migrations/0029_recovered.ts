// What stands in suspense can be taken up again by a manager, in a case of its own. No table changes; an older program refuses the file, for it does
// not know such a case.

export const version = 29;

export const sql = `
SELECT 1;
`;
