// Why somebody decided is said in words, and a letter or two are none.

export const REASON_LEAST = 3;

export function isReason(text: string): boolean {
  return text.trim().length >= REASON_LEAST;
}
