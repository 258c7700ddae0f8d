// A user name as the most forgiving database compares it: without case, marks, invisible signs, and spaces at its ends. Two spellings that fold
// alike may be one person at head office, so no bar, count or "somebody else" is ever asked of a spelling.

export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}\p{C}]/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .trim();
}
