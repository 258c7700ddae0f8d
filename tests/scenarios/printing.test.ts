// Receipts on their way to paper: written with the receipt, printed after it, never twice as an original, and nobody at the counter waits for a
// printer. What nobody can know is asked.

import { describe, expect, test } from 'vitest';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import type { PrintersOfPc, SetPrinter } from '../../shared/domain/printing/printers.ts';
import { seeded } from '../world/seed.ts';
import { asPaper, atTheCounter } from '../world/people.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

const MAIN = 9100;
const OTHER = 9101;
const SECOND_MS = 1_000;

function at(port: number): SetPrinter {
  return { kind: 'epson58', address: { way: 'network', host: '10.0.0.9', port } };
}

const PRINTERS: PrintersOfPc = { main: at(MAIN), other: null, language: 'en', byItself: true, kicksDrawer: true };

async function withPrinters(scene: Scene, change: Partial<PrintersOfPc> = {}): Promise<void> {
  await scene.get(scene.grace, 'printers.set', { printers: { ...PRINTERS, ...change } });
}

/** Numbers on the papers that came out, in their order: 'N' for an original, 'COPY n of N' for a copy. */
function papers(scene: Scene): string[] {
  return scene.pc.tray.papers.map(({ paper }) => {
    const number = /\w{3}-\d{2}-\d{6}-\d{4}-\w/.exec(paper.rows.join('\n'))?.[0] ?? '?';
    const copy = /COPY \d+/.exec(paper.rows.join('\n'))?.[0];
    return copy === undefined ? number : `${copy} of ${number}`;
  });
}

const jobs = async (scene: Scene) => (await scene.get(scene.achieng, 'printers.show', {})).jobs;

describe('a receipt', () => {
  test('goes to paper by itself when it is issued, opens the drawer, and is counted as printed', () =>
    play({}, async (scene) => {
      await withPrinters(scene);
      const line = await scene.deposit(scene.achieng, scene.savings(), 1_000);
      await scene.pass(2 * SECOND_MS);
      expect(papers(scene)).toEqual([line.receipt.number]);
      expect(scene.pc.tray.papers[0]?.paper).toMatchObject({ kicks: 1, cuts: 1 });
      const printed = await scene.receipt(line);
      expect(printed).toMatchObject({ copies: 0, printAskedAt: null });
      expect(printed.printedAt).not.toBeNull();
      expect(await jobs(scene)).toEqual([]);
    }));

  test('is printed again as a counted copy that says who and when, and opens no drawer', () =>
    play({}, async (scene) => {
      await withPrinters(scene);
      const line = await scene.deposit(scene.achieng, scene.savings(), 1_000);
      const { receiptId, number } = line.receipt;
      await scene.pass(2 * SECOND_MS);
      // What a page asks of its own accord after a post is the original, and that came out already.
      expect(await scene.get(scene.achieng, 'printers.print', { receiptId, onlyOriginal: true })).toEqual({ onItsWay: false });
      for (const person of [scene.daniel, scene.grace]) {
        expect(await scene.get(person, 'printers.print', { receiptId })).toEqual({ onItsWay: true });
        await scene.pass(2 * SECOND_MS);
      }
      expect(papers(scene)).toEqual([number, `COPY 1 of ${number}`, `COPY 2 of ${number}`]);
      expect(scene.pc.tray.papers.map(({ paper }) => paper.kicks)).toEqual([1, 0, 0]);
      expect(scene.pc.tray.papers[2]?.paper.rows.join('\n')).toContain('Grace');
      expect(await scene.receipt(line)).toMatchObject({ copies: 2 });
    }));

  test('leaves a copy for the office behind it where one is kept, once, and only behind an original that came out', () =>
    play({}, async (scene) => {
      await withPrinters(scene, { officeCopy: true });
      scene.pc.tray.moods.set(MAIN, 'takesNothing');
      const line = await scene.deposit(scene.achieng, scene.savings(), 1_000);
      const { receiptId, number } = line.receipt;
      await scene.pass(10 * SECOND_MS);
      expect(papers(scene)).toEqual([]);
      scene.pc.tray.moods.set(MAIN, 'prints');
      await scene.pass(2 * MINUTE_MS);
      expect(papers(scene)).toEqual([number, `COPY 1 of ${number}`]);
      expect(scene.pc.tray.papers.map(({ paper }) => paper.kicks)).toEqual([1, 0]);
      expect(scene.pc.tray.papers[1]?.paper.rows.join('\n')).toContain('Achieng');
      // What is asked for later is one more, and leaves none behind it.
      await scene.get(scene.achieng, 'printers.print', { receiptId });
      await scene.pass(MINUTE_MS);
      expect(papers(scene)).toEqual([number, `COPY 1 of ${number}`, `COPY 2 of ${number}`]);
      expect(await scene.receipt(line)).toMatchObject({ copies: 2 });
    }));

  test('that nobody knew of until somebody saw it leaves its copy for the office all the same', () =>
    play({}, async (scene) => {
      await withPrinters(scene, { officeCopy: true });
      scene.pc.tray.moods.set(MAIN, 'diesAfterPaper');
      const line = await scene.deposit(scene.achieng, scene.savings(), 1_000);
      const { receiptId, number } = line.receipt;
      await scene.pass(MINUTE_MS);
      expect(await jobs(scene)).toMatchObject([{ state: 'unsure' }]);
      expect(papers(scene)).toEqual([number]);
      scene.pc.tray.moods.set(MAIN, 'prints');
      await scene.get(scene.achieng, 'receipts.markPrinted', { receiptId, what: 'cameOut' });
      await scene.pass(MINUTE_MS);
      expect(papers(scene)).toEqual([number, `COPY 1 of ${number}`]);
    }));

  test('of what came by phone or by cheque carries its reference, whatever was paid, and head office is told it', () =>
    play({}, async (scene) => {
      await withPrinters(scene);
      const [phone, cheque] = [
        { paymentTypeId: 2, accountNumber: 'MP-QX71' },
        { paymentTypeId: 3, checkNumber: 'CHQ-5521' },
      ];
      await atTheCounter(scene.world, scene.achieng);
      const [savings, loan] = [scene.savings(5), scene.loan()];
      const own = { paidWith: phone, amountMinor: 1_000 };
      const both = await scene.get(scene.achieng, 'clients.show', { clientId: loan.clientId });
      const theirs = both.savings.find(({ mayDeposit, mayWithdraw }) => mayDeposit && mayWithdraw);
      const deeds: readonly ((formId: string) => Promise<ReceiptLine>)[] = [
        (formId) => scene.get(scene.achieng, 'loans.takeRepayment', { ...own, formId, loanId: loan.localId }),
        (formId) => scene.get(scene.achieng, 'savings.takeDeposit', { ...own, formId, savingsId: savings.localId, paidWith: cheque }),
        (formId) => scene.get(scene.achieng, 'savings.payWithdrawal', { ...own, formId, savingsId: savings.localId }),
        (formId) =>
          scene.get(scene.achieng, 'counter.takeBasket', {
            formId,
            clientId: loan.clientId,
            lines: [
              { kind: 'loanRepayment', loanId: loan.localId, amountMinor: 1_000 },
              { kind: 'savingsDeposit', savingsId: theirs?.savingsId ?? '', amountMinor: 2_000 },
            ],
            paidWith: cheque,
          }),
      ];
      for (const [at, deed] of deeds.entries()) {
        const formId = scene.newForm();
        const line = await deed(formId);
        scene.world.paper.push(asPaper(scene.pc, { formId }, line));
        await scene.pass(2 * SECOND_MS);
        const { receipt } = line;
        const reference = receipt.paidReference ?? '';
        expect(reference).toBe(['MP-QX71', 'CHQ-5521', 'MP-QX71', 'CHQ-5521'][at]);
        expect(scene.pc.tray.papers[at]?.paper.rows.join('\n')).toContain(`Reference: ${reference}`);
      }
      await scene.untilFinished();
      const told = scene.sent.filter(({ body }) => /MP-QX71|CHQ-5521/u.test(body ?? ''));
      expect(told.length).toBeGreaterThanOrEqual(5);
    }));

  test('that is asked for while it is on its way is that one paper', () =>
    play({}, async (scene) => {
      await withPrinters(scene);
      scene.pc.tray.moods.set(MAIN, 'takesNothing');
      const line = await scene.deposit(scene.achieng, scene.savings(), 1_000);
      for (let press = 0; press < 3; press += 1) await scene.get(scene.achieng, 'printers.print', { receiptId: line.receipt.receiptId });
      scene.pc.tray.moods.set(MAIN, 'prints');
      await scene.pass(2 * MINUTE_MS);
      expect(papers(scene)).toEqual([line.receipt.number]);
    }));

  test('whose name the printer has no letters for waits, and goes to the page’s own window when somebody asks for it', () =>
    play({}, async (scene) => {
      await withPrinters(scene);
      scene.pc.database().exec(`UPDATE replica_clients SET display_name = 'කොළඹ'`);
      const line = await scene.deposit(scene.achieng, scene.savings(), 1_000);
      const { receiptId } = line.receipt;
      await scene.pass(2 * SECOND_MS);
      expect(papers(scene)).toEqual([]);
      expect(await jobs(scene)).toMatchObject([{ receiptId, state: 'waiting', why: 'letters' }]);
      expect(await scene.refusal(scene.achieng, 'printers.print', { receiptId })).toBe('printer.noLetters');
      expect(await jobs(scene)).toEqual([]);
      await scene.get(scene.achieng, 'receipts.markPrinted', { receiptId, what: 'asked' });
      await scene.get(scene.achieng, 'receipts.markPrinted', { receiptId, what: 'cameOut' });
      expect((await scene.receipt(line)).printedAt).not.toBeNull();
    }));

  test('waits for a printer that takes nothing, holds nobody up, and comes out once the printer is back', () =>
    play({}, async (scene) => {
      await withPrinters(scene);
      scene.pc.tray.moods.set(MAIN, 'takesNothing');
      const first = await scene.deposit(scene.achieng, scene.savings(0), 1_000);
      const second = await scene.deposit(scene.achieng, scene.savings(1), 1_100);
      await scene.pass(10 * MINUTE_MS);
      expect(papers(scene)).toEqual([]);
      expect((await jobs(scene)).map(({ number, state, why }) => [number, state, why])).toEqual([
        [first.receipt.number, 'waiting', 'unreachable'],
        [second.receipt.number, 'waiting', 'unreachable'],
      ]);
      scene.pc.tray.moods.set(MAIN, 'prints');
      await scene.pass(3 * MINUTE_MS);
      expect(papers(scene).sort()).toEqual([first.receipt.number, second.receipt.number]);
    }));

  test('comes out of the other printer while the first takes nothing', () =>
    play({}, async (scene) => {
      await withPrinters(scene, { other: at(OTHER) });
      scene.pc.tray.moods.set(MAIN, 'takesNothing');
      const line = await scene.deposit(scene.achieng, scene.savings(), 1_000);
      await scene.pass(3 * SECOND_MS);
      expect(papers(scene)).toEqual([line.receipt.number]);
      expect(scene.pc.tray.papers[0]?.port).toBe(OTHER);
      scene.pc.tray.moods.set(MAIN, 'prints');
      await scene.pass(2 * MINUTE_MS);
      await scene.deposit(scene.achieng, scene.savings(1), 1_000);
      await scene.pass(3 * SECOND_MS);
      expect(scene.pc.tray.papers[1]?.port).toBe(MAIN);
    }));

  test.each([
    ['came out', 'diesAfterPaper', 'cameOut'],
    ['did not', 'diesBeforePaper', 'didNot'],
  ] as const)('of which the printer died in the middle is asked about: it %s, and the original exists once', (_what, mood, said) =>
    play({}, async (scene) => {
      await withPrinters(scene);
      scene.pc.tray.moods.set(MAIN, mood);
      const line = await scene.deposit(scene.achieng, scene.savings(), 1_000);
      await scene.pass(2 * MINUTE_MS);
      const { receiptId, number } = line.receipt;
      expect((await scene.receipt(line)).printAskedAt).not.toBeNull();
      expect(await jobs(scene)).toMatchObject([{ number, state: 'unsure' }]);
      scene.pc.tray.moods.set(MAIN, 'prints');
      await scene.pass(10 * MINUTE_MS);
      await scene.get(scene.achieng, 'receipts.markPrinted', { receiptId, what: said });
      await scene.pass(2 * MINUTE_MS);
      expect(papers(scene)).toEqual([number]);
      expect(await jobs(scene)).toEqual([]);
      expect(await scene.receipt(line)).toMatchObject({ copies: 0, printAskedAt: null });
    }),
  );

  test('that waited when the power went is printed at the next start; one in the middle is asked about', () =>
    play({}, async (scene) => {
      await withPrinters(scene);
      scene.pc.tray.moods.set(MAIN, 'takesNothing');
      const waiting = await scene.deposit(scene.achieng, scene.savings(0), 1_000);
      await scene.pass(SECOND_MS);
      scene.pc.tray.moods.set(MAIN, 'prints');
      await scene.pass(MINUTE_MS);
      const middle = await scene.deposit(scene.achieng, scene.savings(1), 1_000);
      await scene.pass(300);
      scene.pc.die('power', 'while a paper comes out');
      scene.pc.start();
      await scene.pass(MINUTE_MS);
      expect(papers(scene)).toEqual([waiting.receipt.number, middle.receipt.number]);
      expect(await jobs(scene)).toMatchObject([{ number: middle.receipt.number, state: 'unsure', why: 'restarted' }]);
      await scene.get(scene.achieng, 'receipts.markPrinted', { receiptId: middle.receipt.receiptId, what: 'cameOut' });
      await scene.pass(MINUTE_MS);
      expect(papers(scene)).toHaveLength(2);
    }));

  test('given up by hand is not printed, and stays what it is', () =>
    play({}, async (scene) => {
      await withPrinters(scene);
      scene.pc.tray.moods.set(MAIN, 'takesNothing');
      const { receipt } = await scene.deposit(scene.achieng, scene.savings(), 1_000);
      await scene.pass(MINUTE_MS);
      await scene.get(scene.achieng, 'printers.drop', { receiptId: receipt.receiptId });
      expect(await scene.refusal(scene.achieng, 'printers.drop', { receiptId: receipt.receiptId })).toBe('printer.noSuchPaper');
      scene.pc.tray.moods.set(MAIN, 'prints');
      await scene.pass(10 * MINUTE_MS);
      expect(papers(scene)).toEqual([]);
      expect((await scene.get(scene.achieng, 'receipts.show', { receiptId: receipt.receiptId })).receipt).toEqual(receipt);
    }));

  test('of a copied folder is not printed a second time by the other machine', () =>
    play({}, async (scene) => {
      await withPrinters(scene);
      scene.pc.tray.moods.set(MAIN, 'takesNothing');
      await scene.deposit(scene.achieng, scene.savings(), 1_000);
      const copy = scene.world.copyFolder(scene.pc);
      copy.start();
      await scene.pass(10 * MINUTE_MS);
      expect(copy.tray.papers).toEqual([]);
    }));
});

test(
  'two hundred receipts in a day, the printer dying and coming back, the PC too: numbers without a gap, each original once',
  () =>
    play({}, async (scene) => {
      await withPrinters(scene, { other: at(OTHER) });
      await scene.cutLine();
      const chance = seeded('a day of paper');
      const moods = ['prints', 'prints', 'takesNothing', 'diesAfterPaper', 'diesBeforePaper'] as const;
      const numbers: string[] = [];
      /** Whoever stands at the printer looks whether it came out. */
      const answerQuestions = async (): Promise<void> => {
        for (const { receiptId, number, state } of await jobs(scene)) {
          if (state !== 'unsure') continue;
          await scene.get(scene.achieng, 'receipts.markPrinted', {
            receiptId,
            what: papers(scene).includes(number) ? 'cameOut' : 'didNot',
          });
        }
      };
      for (let at = 0; at < 200; at += 1) {
        const { receipt } = await scene.deposit(scene.achieng, scene.savings(at % 5), 1_000 + at);
        numbers.push(receipt.number);
        if (at % 4 === 0)
          for (const port of [MAIN, OTHER]) scene.pc.tray.moods.set(port, moods[Math.floor(chance.fraction() * moods.length)] ?? 'prints');
        await scene.pass(chance.fraction() * 90 * SECOND_MS);
        if (at % 23 === 22) {
          scene.pc.die(chance.fraction() < 0.5 ? 'power' : 'process', 'in the middle of the day');
          scene.pc.start();
        }
        if (at % 3 === 0) await answerQuestions();
      }
      for (const port of [MAIN, OTHER]) scene.pc.tray.moods.set(port, 'prints');
      for (let round = 0; round < 4; round += 1) {
        await answerQuestions();
        await scene.pass(30 * MINUTE_MS);
      }
      expect(numbers.map((number) => Number(number.split('-')[3]))).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
      expect(papers(scene).sort()).toEqual([...numbers].sort());
      expect(await jobs(scene)).toEqual([]);
    }),
  120_000,
);

describe('the printers of a PC', () => {
  test('are set by a manager, within the house, and the journal says so', () =>
    play({}, async (scene) => {
      expect(await scene.refusal(scene.achieng, 'printers.set', { printers: PRINTERS })).toBe('session.notPermitted');
      const outside: SetPrinter = { kind: 'epson58', address: { way: 'network', host: '8.8.8.8', port: MAIN } };
      expect(await scene.refusal(scene.grace, 'printers.set', { printers: { ...PRINTERS, other: outside } })).toBe(
        'printer.addressNotAllowed',
      );
      await withPrinters(scene);
      expect(scene.pc.database().prepare(`SELECT "by" FROM journal_entries WHERE what = 'printers.set'`).pluck().all()).toEqual(['grace']);
      expect((await scene.get(scene.achieng, 'printers.show', {})).printers).toEqual(PRINTERS);
    }));

  test('print a test, open the drawer without a sale by a named person with a reason, and do nothing where none is set', () =>
    play({}, async (scene) => {
      expect(await scene.refusal(scene.achieng, 'printers.test', { which: 'main' })).toBe('printer.none');
      expect(await scene.refusal(scene.achieng, 'printers.openDrawer', { reason: 'change for a note' })).toBe('printer.none');
      const line = await scene.deposit(scene.achieng, scene.savings(), 1_000);
      expect(await scene.refusal(scene.achieng, 'printers.print', { receiptId: line.receipt.receiptId })).toBe('printer.none');
      await withPrinters(scene);
      expect(await scene.refusal(scene.achieng, 'printers.test', { which: 'other' })).toBe('printer.none');
      await scene.get(scene.achieng, 'printers.openDrawer', { reason: 'change for a note' });
      expect(scene.pc.tray.papers.at(-1)?.paper).toMatchObject({ rows: [], kicks: 1 });
      expect(scene.pc.database().prepare(`SELECT "by" FROM journal_entries WHERE what = 'drawer.noSale'`).pluck().all()).toEqual([
        'achieng',
      ]);
      expect(await scene.get(scene.achieng, 'printers.test', { which: 'main' })).toEqual({ outcome: 'printed', why: null });
      expect(scene.pc.tray.papers.at(-1)?.paper.kicks).toBe(0);
      scene.pc.tray.moods.set(MAIN, 'takesNothing');
      expect(await scene.refusal(scene.achieng, 'printers.openDrawer', { reason: 'change for a note' })).toBe('printer.tookNothing');
    }));
});
