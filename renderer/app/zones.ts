// The zones that an office may lie in, by the names that every computer knows, and what this computer thinks is the right one.

export function zoneOfThisComputer(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** In alphabetical order; `also` is among them whatever the browser knows. */
export function knownZones(also: string): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), also])].sort();
}
