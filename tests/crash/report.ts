// What a run of the crash test found: one line per check as it is made, all of them kept for the JSON file. A check is never taken back.

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface CrashLine {
  readonly crash: number;
  readonly how: string;
  /** Null where the process died while it started. */
  readonly startedInMs: number | null;
  readonly said: string;
}

export interface Report {
  check(name: string, wrong: readonly string[], detail?: string): boolean;
  crash(line: Omit<CrashLine, 'crash'>): void;
  say(line: string): void;
  /** Facts for the JSON file. */
  note(name: string, value: unknown): void;
  checks(): readonly Check[];
  crashes(): readonly CrashLine[];
  notes(): Readonly<Record<string, unknown>>;
}

const SHOWN_MOST = 6;

export function createReport(print: (line: string) => void): Report {
  const checks: Check[] = [];
  const crashes: CrashLine[] = [];
  const notes: Record<string, unknown> = {};
  return {
    check(name, wrong, detail = '') {
      const shown = wrong.length > SHOWN_MOST ? [...wrong.slice(0, SHOWN_MOST), `and ${wrong.length - SHOWN_MOST} more`] : wrong;
      const check = { name, ok: wrong.length === 0, detail: wrong.length === 0 ? detail : shown.join('; ') };
      checks.push(check);
      if (!check.ok) print(`FAIL ${name}: ${check.detail}`);
      return check.ok;
    },
    crash(line) {
      const numbered = { crash: crashes.length + 1, ...line };
      crashes.push(numbered);
      const took = line.startedInMs === null ? '   -   ' : `${String(line.startedInMs).padStart(5)} ms`;
      print(`crash ${String(numbered.crash).padStart(3)}  started in ${took}  ${line.how}  |  ${line.said}`);
    },
    say: print,
    note(name, value) {
      notes[name] = value;
    },
    checks: () => checks,
    crashes: () => crashes,
    notes: () => notes,
  };
}

/** 'min 812, median 1 004, max 2 310' of whole milliseconds. */
export function spread(figures: readonly number[]): { min: number; median: number; max: number } | null {
  const sorted = [...figures].sort((one, other) => one - other);
  const [min] = sorted;
  const max = sorted.at(-1);
  const median = sorted[Math.floor(sorted.length / 2)];
  return min === undefined || max === undefined || median === undefined ? null : { min, median, max };
}
