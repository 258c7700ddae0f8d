// What a batch of worlds went through: every kind of fault, crash point, state, resolution and answer, and how often. A kind that was never
// hit proves nothing about itself, so a large batch that missed one fails.

import { NETWORK_FAULTS, WEATHERS } from '../world/faultyNetwork.ts';
import { AWAITS } from '../world/branchPc.ts';
import { HEAD_OFFICE_FAULTS, PC_FAULTS } from './plan.ts';

export type Group = 'fault' | 'crash' | 'state' | 'resolution' | 'answer' | 'sync' | 'why';

export type Coverage = Map<Group, Map<string, number>>;

export function addHit(coverage: Coverage, group: Group, kind: string, times = 1): void {
  const kinds = coverage.get(group) ?? new Map<string, number>();
  coverage.set(group, kinds);
  kinds.set(kind, (kinds.get(kind) ?? 0) + times);
}

export function mergeCoverage(into: Coverage, from: readonly (readonly [Group, readonly (readonly [string, number])[]])[]): void {
  for (const [group, kinds] of from) for (const [kind, times] of kinds) addHit(into, group, kind, times);
}

export function plainCoverage(coverage: Coverage): (readonly [Group, readonly (readonly [string, number])[]])[] {
  return [...coverage].map(([group, kinds]) => [group, [...kinds]] as const);
}

/** Statements of a counter operation and of a pull; more are hit, these must be. */
const CRASH_POINTS = [
  'before commit',
  'after commit',
  'before insert journal_receipts',
  'before insert journal_commands',
  'before insert journal_effects',
  'before insert journal_movements',
  'before insert journal_entries',
  'before insert journal_command_events',
  'before update journal_commands',
  ...AWAITS.map((at) => `waiting: ${at}`),
];

/** 'held' and 'withdrawn' are in the table of states, but no use case records a held command yet. */
const STATES = ['queued', 'sending', 'inDoubt', 'accepted', 'rejected', 'resolved'];
const RESOLUTIONS = ['resubmit', 'reverse', 'suspend', 'recognise'];

const MUST: readonly (readonly [Group, readonly string[]])[] = [
  ['fault', [...NETWORK_FAULTS, ...WEATHERS, ...PC_FAULTS, ...HEAD_OFFICE_FAULTS]],
  ['crash', CRASH_POINTS],
  ['state', STATES],
  ['resolution', RESOLUTIONS],
];

export function neverHit(coverage: Coverage): readonly string[] {
  return MUST.flatMap(([group, kinds]) =>
    kinds.filter((kind) => (coverage.get(group)?.get(kind) ?? 0) === 0).map((kind) => `${group} ${kind}`),
  );
}

const TITLES: Readonly<Record<Group, string>> = {
  fault: 'Faults that struck',
  crash: 'Where processes died',
  state: 'States that commands reached',
  why: 'Why they moved',
  resolution: 'How cases were closed',
  answer: 'What people were told',
  sync: 'What sync went through',
};

export function coverageTable(coverage: Coverage): string {
  const lines: string[] = [];
  for (const [group, title] of Object.entries(TITLES) as [Group, string][]) {
    const kinds = coverage.get(group);
    if (kinds === undefined) continue;
    lines.push('', title);
    const cells = [...kinds]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([kind, times]) => `${kind.padEnd(44)} ${String(times).padStart(7)}`);
    for (let at = 0; at < cells.length; at += 2) lines.push(`  ${cells[at] ?? ''}    ${cells[at + 1] ?? ''}`.trimEnd());
  }
  return lines.join('\n');
}
