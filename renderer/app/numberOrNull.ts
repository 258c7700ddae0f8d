/** Head office's number of what was chosen in a list, null where nothing was. */
export function numberOrNull(chosen: string): number | null {
  return chosen === '' ? null : Number(chosen);
}
