// What stands in the page for phones where the keys of a branch are put in when it is saved.

export const NO_KEYS = '{"keys":[]}';
