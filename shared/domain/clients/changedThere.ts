// What head office says of fields that were changed here and there at once: what stands there now, and, where its audit trail tells, since when and by
// whom. It travels and is kept as the message of the refusal.

export interface ChangedThere {
  /** By the names that the kind's chapter gives them. */
  readonly fields: Readonly<Record<string, string | null>>;
  /** In UTC milliseconds; null where it is not told. */
  readonly at: number | null;
  readonly by: string | null;
}

export function sayChangedThere(said: ChangedThere): string {
  return JSON.stringify(said);
}

/** Null for whatever is no such message. */
export function readChangedThere(message: string | null): ChangedThere | null {
  if (message?.startsWith('{') !== true) return null;
  try {
    const read = JSON.parse(message) as { fields?: unknown; at?: unknown; by?: unknown };
    if (typeof read.fields !== 'object' || read.fields === null) return null;
    const fields = Object.fromEntries(
      Object.entries(read.fields).filter((each): each is [string, string | null] => each[1] === null || typeof each[1] === 'string'),
    );
    return { fields, at: typeof read.at === 'number' ? read.at : null, by: typeof read.by === 'string' ? read.by : null };
  } catch {
    return null;
  }
}
