// Cases of a recorded head office, from our own copy or a technician's files: `{ about, cases: [...] }`, one case a line, or gzipped either way.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { RecordedSchedule } from './termsOfRecording.ts';

const OWN = (name: string): string => fileURLToPath(new URL(`recorded/${name}.jsonl.gz`, import.meta.url));

export type Case = Readonly<Record<string, unknown>>;
export type Shape = 'schedule' | 'allocation' | 'savings' | 'unknown';

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Throws where the file is not of the recordings' shape. */
export function readCases(path: string): readonly Case[] {
  const text = textOf(path);
  const start = text.trimStart();
  try {
    const whole = JSON.parse(text) as { readonly cases?: unknown } | readonly Case[];
    const cases = Array.isArray(whole) ? whole : (whole as { readonly cases?: unknown }).cases;
    if (Array.isArray(cases)) return cases as readonly Case[];
    return [whole as Case];
  } catch (error) {
    if (!start.startsWith('{')) throw error;
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Case);
  }
}

export function ownSchedules(): readonly RecordedSchedule[] {
  return readCases(OWN('schedules')) as unknown as readonly RecordedSchedule[];
}

export function ownLives(): readonly Case[] {
  return readCases(OWN('lives'));
}

export function ownSavings(): readonly Case[] {
  return readCases(OWN('savings'));
}

export function shapeOf(one: Case): Shape {
  if ('steps' in one) return 'product' in one && 'interestRateFrequencyType' in (one['product'] as Case) ? 'allocation' : 'savings';
  return 'request' in one || 'refused' in one ? 'schedule' : 'unknown';
}
