// A plan as text, one line per event: what a failure prints is what can be kept and played again, whatever later seeds draw.

import type { Program } from '../world/branchPc.ts';
import { ALL_EVENTS, type Plan, type PlannedEvent, type What } from './plan.ts';

const HEAD =
  /^seed (\d+), (\d+) PCs?, (\d+) clients, (strong|weak) markers, (lastYears|todays) program(, several currencies)?(, printers)?$/;
const EVENT = /^(\w+) pc(\d+) after ([\d.]+) s \(([\d.]+) ([\d.]+) ([\d.]+)\)$/;

export function headOf({ seed, branches, clients, markers, installed, currencies, printers }: Plan): string {
  const several = currencies === true ? ', several currencies' : '';
  const paper = printers === true ? ', printers' : '';
  return `seed ${String(seed)}, ${String(branches)} PCs, ${String(clients)} clients, ${markers} markers, ${installed} program${several}${paper}`;
}

export function lineOf({ what, pc, afterMs, x, y, z }: PlannedEvent): string {
  return `${what} pc${String(pc + 1)} after ${String(afterMs / 1000)} s (${String(x)} ${String(y)} ${String(z)})`;
}

export function planText(plan: Plan): string {
  return `${[headOf(plan), ...plan.events.map(lineOf)].join('\n')}\n`;
}

function isEvent(word: string): word is What {
  return (ALL_EVENTS as readonly string[]).includes(word);
}

/** Lines that begin with # say why the plan is kept. */
export function planFrom(text: string): Plan {
  const [head = '', ...lines] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const world = HEAD.exec(head);
  if (world === null) throw new Error(`a plan begins with its world, not with: ${head}`);
  const events = lines.map((line): PlannedEvent => {
    const [, what = '', pc, after, x, y, z] = EVENT.exec(line) ?? [];
    if (!isEvent(what)) throw new Error(`no such event: ${line}`);
    return { what, pc: Number(pc) - 1, afterMs: Math.round(Number(after) * 1000), x: Number(x), y: Number(y), z: Number(z) };
  });
  return {
    seed: Number(world[1]),
    branches: Number(world[2]),
    clients: Number(world[3]),
    markers: world[4] as Plan['markers'],
    installed: world[5] as Program,
    ...(world[6] === undefined ? {} : { currencies: true }),
    ...(world[7] === undefined ? {} : { printers: true }),
    events,
  };
}
