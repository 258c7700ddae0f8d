// Diagnostics as lines of JSON in a folder, for whoever helps the branch. Codes, counts, ids and durations; never a secret or a person.
// An error's message may quote a row or an address, so only errors that we word ourselves keep theirs. Writing never throws: a full disk
// must not turn a note about trouble into trouble.

import { randomInt } from 'node:crypto';
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Diagnostics } from '../../ports/clock.ts';
import { StoreFault } from '../../ports/store.ts';
import { BrokenInvariant, ImpossibleState } from '../../../shared/kernel/assert.ts';

const FILE_BYTES_MOST = 1_000_000;
const FILES_KEPT = 5;
const TEXT_MOST = 200;
const FRAMES_MOST = 12;
const SECRET_NAME = /pass|secret|token|credential|authori[sz]ation|cookie|\bkey\b|pin\b/i;

/** Without letters and digits that people mix up on the telephone. */
const INCIDENT_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

type Facts = Readonly<Record<string, string | number | boolean | null>>;

function newIncidentId(): string {
  const letters = Array.from({ length: 8 }, () => INCIDENT_LETTERS[randomInt(INCIDENT_LETTERS.length)] ?? 'X');
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

function withoutSecrets(facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      if (SECRET_NAME.test(name)) return [name, '<redacted>'];
      return [name, typeof value === 'string' ? value.slice(0, TEXT_MOST) : value];
    }),
  );
}

/** Function and file of each frame, without the message above them and without the folder that the program lies in. */
function framesOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return frames
    .slice(0, FRAMES_MOST)
    .map((frame) => {
      const [, name, place] = /^\s*at (?:async )?(?:(.+?) \()?(.+?)\)?$/.exec(frame) ?? [];
      return `${name ?? ''}@${basename(place ?? '')}`;
    })
    .join(' < ');
}

function describe(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const ours = error instanceof StoreFault || error instanceof BrokenInvariant || error instanceof ImpossibleState;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const cause = error.cause instanceof Error ? framesOf(error.cause) : null;
  return {
    error: error.name,
    code,
    kind: error instanceof StoreFault ? error.kind : null,
    message: ours ? error.message.slice(0, TEXT_MOST) : null,
    frames: framesOf(error),
    cause,
  };
}

export function lineDiagnostics(folder: string, now: () => number): Diagnostics {
  const file = join(folder, 'tawi.jsonl');

  function rotate(): void {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < FILE_BYTES_MOST) return;
    rmSync(`${file}.${String(FILES_KEPT - 1)}`, { force: true });
    for (let age = FILES_KEPT - 2; age >= 1; age -= 1) {
      if (statSync(`${file}.${String(age)}`, { throwIfNoEntry: false })) renameSync(`${file}.${String(age)}`, `${file}.${String(age + 1)}`);
    }
    renameSync(file, `${file}.1`);
  }

  function write(level: string, what: string, facts: Facts): void {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      rotate();
      appendFileSync(file, `${JSON.stringify({ at: new Date(now()).toISOString(), level, what, ...facts })}\n`, { mode: 0o600 });
    } catch {
      // Nowhere to write it. What happened is already being handled by whoever recorded it.
    }
  }

  return {
    record(level, what, facts = {}) {
      write(level, what, withoutSecrets(facts));
    },
    incident(error, where) {
      const incidentId = newIncidentId();
      write('fault', 'incident', { incidentId, where, ...describe(error) });
      return incidentId;
    },
  };
}
