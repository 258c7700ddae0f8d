// The printers of a world: set before anybody works, in trouble while they do, and somebody looks at the tray and says what came out.

import type { BranchPc } from '../world/branchPc.ts';
import type { PrinterMood } from '../world/paperTray.ts';
import { ask, type Person } from '../world/people.ts';
import { cameOutOf } from './checkers/paperChecker.ts';
import { rows } from './checkers/rows.ts';
import type { SimulatedRun } from './simulatedRun.ts';

const PORTS = [9100, 9101] as const;
const MOODS: readonly PrinterMood[] = ['takesNothing', 'diesAfterPaper', 'diesBeforePaper', 'prints'];

export async function setPrinters(run: SimulatedRun, person: Person): Promise<void> {
  const [main, other] = PORTS.map((port) => ({ kind: 'epson58' as const, address: { way: 'network' as const, host: '10.0.0.9', port } }));
  const printers = { main, other, language: 'en', byItself: true, kicksDrawer: true, officeCopy: run.officeCopies };
  const answer = await ask(run.world, person, 'printers.set', { printers });
  run.note(`  printers.set: ${answer.kind === 'refused' ? answer.code : answer.kind}`);
  if (answer.kind !== 'ok') throw new Error('the printers of a world are set before anybody works');
}

/** One of the two is out of paper, or dies in the middle of the next one, or has been looked after. */
export function troublePrinter(run: SimulatedRun, pc: BranchPc, which: number, what: number): void {
  const port = which < 0.7 ? PORTS[0] : PORTS[1];
  const mood = MOODS[Math.min(Math.floor(what * MOODS.length), MOODS.length - 1)] ?? 'prints';
  pc.tray.moods.set(port, mood);
  run.hit('fault', 'printerTrouble');
  run.note(`  the printer at ${String(port)} ${mood}`);
}

export function mendPrinters(pc: BranchPc): void {
  for (const port of PORTS) pc.tray.moods.set(port, 'prints');
}

/** Whoever stands at the printer says of each paper that the program asks about whether it lies there. */
export async function sayWhatCameOut(run: SimulatedRun, person: Person): Promise<void> {
  const asked = rows<{ id: string; number: string; copies: number }>(
    person.pc.database(),
    `SELECT j.receipt_id AS id, r.number, (SELECT count(*) FROM journal_prints p WHERE p.receipt_id = j.receipt_id) AS copies
     FROM local_print_jobs j JOIN journal_receipts r ON r.receipt_id = j.receipt_id WHERE j.state = 'unsure' ORDER BY r.number`,
  );
  for (const { id, number, copies } of asked) {
    const what = cameOutOf(person.pc.tray).filter((paper) => paper.number === number).length > copies ? 'cameOut' : 'didNot';
    const answer = await ask(run.world, person, 'receipts.markPrinted', { receiptId: id, what });
    run.hit('answer', `receipts.markPrinted ${what}: ${answer.kind === 'refused' ? answer.code : answer.kind}`);
    run.note(`  ${number} ${what}`);
  }
}
