// The printers of this PC, as the contract asks for them.

import type { SetPrinter } from '../../../shared/domain/printing/printers.ts';
import { isPrinterAddress } from '../../../shared/domain/printing/printers.ts';
import type { SlipLine } from '../../../shared/domain/receipts/slipLines.ts';
import type { Json } from '../../../shared/kernel/canonicalJson.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { identityOf, readSetting, saveSetting } from '../../journal/settings.ts';
import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { prepareReport, prepareSlip, type Prepared } from './printNow.ts';
import { queuePaper } from './queuePaper.ts';

const JOBS_SHOWN = 50;

export function printingHandlers({ parts, admitted }: NounParts): Pick<BranchHandlers, 'printers'> {
  const { store, clock, events, paper } = parts;
  const changed = (): void => events.tell({ what: 'printing.changed' });
  const printerAt = (which: 'main' | 'other'): SetPrinter | null => store.read((read) => readSetting(read, 'printers'))?.[which] ?? null;

  async function sendNow(value: Prepared) {
    changed();
    if (value.printer === null || paper === undefined) return ok({ copy: value.copy, outcome: 'window' as const });
    const { outcome } = await paper.printers.send(value.printer, value.bytes);
    return outcome === 'notBegun' ? refuse({ code: 'printer.tookNothing' as const }) : ok({ copy: value.copy, outcome });
  }

  return {
    printers: {
      show: () =>
        store.read((read) =>
          ok({
            printers: readSetting(read, 'printers'),
            jobs: read.printJobs(JOBS_SHOWN).map(({ receiptId, state, tries, askedAt, why }) => ({
              receiptId,
              number: read.receipt(receiptId)?.number ?? '',
              state,
              tries,
              askedAt,
              why,
            })),
            jobsInAll: read.countPrintJobs(),
          }),
        ),
      set: ({ printers }, caller) => {
        const { username } = admitted(caller);
        const addresses = printers === null ? [] : [printers.main.address, ...(printers.other === null ? [] : [printers.other.address])];
        const { practice } = store.read(identityOf);
        if (!addresses.every((address) => isPrinterAddress(address, practice))) return refuse({ code: 'printer.addressNotAllowed' });
        store.write((write) => {
          saveSetting(write, 'printers', printers);
          appendEntry(write, parts.digest, {
            what: 'printers.set',
            by: username,
            businessDate: currentBusinessDate(write, clock),
            at: clock.now(),
            body: { printers: printers as unknown as Json },
          });
        });
        changed();
        return ok({});
      },
      ask: async ({ which }) => {
        const printer = printerAt(which);
        if (printer === null || paper === undefined) return refuse({ code: 'printer.none' });
        return ok(await paper.printers.ask(printer));
      },
      test: async ({ which }, caller) => {
        const session = admitted(caller);
        const printer = printerAt(which);
        if (printer === null || paper === undefined) return refuse({ code: 'printer.none' });
        const lines = store.read((read) =>
          testPaper(identityOf(read).institution, session.displayName, paper.words(readSetting(read, 'printers')?.language ?? 'en')),
        );
        const bytes = paper.printers.bytesOf(printer.kind, { lines, kick: false });
        // A test that the printer has no letters for is tried without the names.
        const plain = bytes ?? paper.printers.bytesOf(printer.kind, { lines: testPaper('Tawi', '', paper.words('en')), kick: false });
        return ok(plain === null ? { outcome: 'notBegun' as const, why: null } : await paper.printers.send(printer, plain));
      },
      print: (input, caller) => {
        const { username } = admitted(caller);
        const answer = store.write((write) => {
          if (readSetting(write, 'printers') === null || paper === undefined) return refuse({ code: 'printer.none' as const });
          const receipt = write.receipt(input.receiptId);
          if (receipt === null) return refuse({ code: 'receipt.unknown' as const });
          const job = write.printJob(receipt.receiptId);
          if (job?.state === 'waiting' && job.why === 'letters' && !input.onlyOriginal) {
            // It goes to paper by the page's own window, which has every letter, and is waited for no longer here.
            write.deletePrintJob(receipt.receiptId);
            return refuse({ code: 'printer.noLetters' as const });
          }
          const isDone = input.onlyOriginal && write.prints(receipt.receiptId).length > 0;
          return ok({ onItsWay: !isDone && queuePaper(write, receipt, username, input.line ?? null, clock.now()) });
        });
        if (answer.ok || answer.refusal.code === 'printer.noLetters') changed();
        return answer;
      },
      printReport: async (input, caller) => {
        const ready = prepareReport(parts, admitted(caller), input);
        return ready.ok ? sendNow(ready.value) : ready;
      },
      printSlip: async (input, caller) => {
        const ready = prepareSlip(parts, admitted(caller), input);
        return ready.ok ? sendNow(ready.value) : ready;
      },
      drop: ({ receiptId }) => {
        const answer = store.write((write) => {
          const job = write.printJob(receiptId);
          if (job?.state !== 'waiting') return refuse({ code: 'printer.noSuchPaper' as const });
          write.deletePrintJob(receiptId);
          return ok({});
        });
        if (answer.ok) changed();
        return answer;
      },
      openDrawer: async ({ reason }, caller) => {
        const { username } = admitted(caller);
        const printer = printerAt('main');
        if (printer === null || paper === undefined) return refuse({ code: 'printer.none' });
        const drawer = store.read((read) => read.openDrawersOf(username)[0]);
        if (drawer === undefined) return refuse({ code: 'drawer.notOpen' });
        // What may open is written down first: an entry too many is harmless, a drawer that opened without one is not.
        store.write((write) =>
          appendEntry(write, parts.digest, {
            what: 'drawer.noSale',
            by: username,
            businessDate: drawer.businessDate,
            at: clock.now(),
            body: { drawer: drawer.drawerId, reason },
          }),
        );
        const { outcome } = await paper.printers.send(printer, paper.printers.kickBytes(printer.kind));
        return outcome === 'notBegun' ? refuse({ code: 'printer.tookNothing' }) : ok({});
      },
    },
  };
}

function testPaper(
  institution: string,
  by: string,
  say: (key: string, facts?: Readonly<Record<string, string>>) => string,
): readonly SlipLine[] {
  return [
    { as: 'institution', text: institution },
    { as: 'rule' },
    { as: 'center', text: say('receipt.testPaper'), strong: true },
    { as: 'pair', left: 'abc XYZ', right: '0123456789' },
    { as: 'pair', left: 'áéíóúñ', right: 'àâçèêîôû' },
    { as: 'text', text: by },
    { as: 'code', text: 'TAWI:TEST' },
    { as: 'inverse', text: say('receipt.practice') },
  ];
}
