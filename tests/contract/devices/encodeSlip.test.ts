// What a receipt printer is sent, read back byte by byte by a reader of its own: the words of the screen in the paper's columns, no letter that
// a printer would take for a command, and a code that scans.
import { describe, expect, test } from 'vitest';
import { paperWords } from '../../../electron/composition/paperWords.ts';
import { encodeKick, encodeSlip } from '../../../electron/devices/encodeSlip.ts';
import type { DayReport } from '../../../shared/domain/cash/dayReport.ts';
import { reportLines } from '../../../shared/domain/cash/reportLines.ts';
import {
  PRINTER_KINDS,
  PRINTER_PROFILES,
  isPrinterAddress,
  type PaperLanguage,
  type PrinterKind,
} from '../../../shared/domain/printing/printers.ts';
import { deviceSigner } from '../../../electron/host/ports/deviceSigner.ts';
import { receiptCode, wordsToSign } from '../../../shared/domain/receipts/receiptCode.ts';
import { receiptNumberOf } from '../../../shared/domain/receipts/receiptNumber.ts';
import { AMOUNT_MINOR_MAX } from '../../../shared/kernel/money.ts';
import { Redacted } from '../../../shared/kernel/redacted.ts';
import { readProof } from '../../world/readProof.ts';
import { slipLines, type SlipLine, type SlipState } from '../../../shared/domain/receipts/slipLines.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { aReceipt } from '../../store/storeWorld.ts';
import { readEscPos } from '../../world/escPosPaper.ts';
import { scanPicture } from '../../world/scanPicture.ts';

const RECEIPT = aReceipt(1, {
  recordedAt: Date.UTC(2026, 10, 18, 8, 42),
  clientName: 'José Ñandú Wafula',
  amountMinor: 8_450_00,
  givenMinor: 8_500_00,
  changeMinor: 50_00,
  allocation: { penaltyMinor: 0, feeMinor: 0, interestMinor: 450_00, principalMinor: 8_000_00, overpaidMinor: 0 },
  balanceAfterMinor: 41_550_00,
  nextDueDate: '2026-12-18',
  nextDueMinor: 8_450_00,
  balancesAsOf: Date.UTC(2026, 10, 18, 6, 0),
  hash: '0123456789abcdef'.repeat(4),
});

function lines(language: PaperLanguage, change: Partial<Receipt> = {}, state: Partial<SlipState> = {}): readonly SlipLine[] {
  const receipt = { ...RECEIPT, ...change };
  return slipLines(
    receipt,
    { say: paperWords(language), writing: { language, country: 'KE' }, zone: receipt.zone },
    { standing: 'savedHere', closedAs: null, copy: null, code: receiptCode(receipt), ...state },
  );
}

const paper = (of: readonly SlipLine[], kind: PrinterKind = 'generic58', kick = false) =>
  readEscPos(encodeSlip({ lines: of, kick }, PRINTER_PROFILES[kind]) ?? new Uint8Array());

describe('a receipt on paper', () => {
  test('of 58 mm, in English', () => {
    expect(paper(lines('en')).rows).toEqual([
      '       PRACTICE, NO VALUE',
      '             UMOJA',
      '             Kisumu',
      '--------------------------------',
      '         LOAN REPAYMENT',
      'Receipt     KIS-01-261118-0001-U',
      'Business date        18 Nov 2026',
      'Time                       11:42',
      'Client         José Ñandú Wafula',
      'Client no.             000000012',
      'Loan                   000000034',
      '--------------------------------',
      'RECEIVED            KES 8,450.00',
      'Eight thousand four hundred and',
      'fifty Kenyan shillings',
      '--------------------------------',
      'How it was shared (our',
      'reckoning)',
      '  Interest                450.00',
      '  Principal             8,000.00',
      '--------------------------------',
      'Outstanding of the loan',
      '                       41,550.00',
      'Next instalment: 18 Dec 2026',
      '                        8,450.00',
      'counted from balances of 09:00',
      '--------------------------------',
      'Cash. Given 8,500.00, change',
      '50.00',
      'Served by Amina, PC 01',
      '   # SAVED HERE, WILL BE SENT',
      '[picture]',
      'Keep this receipt. It is final.',
      '',
      '',
      '',
      '',
    ]);
  });

  test.each(['es', 'fr'] as const)('of 80 mm, in %s: every letter of the language is there', (language) => {
    const read = paper(lines(language), 'epson80');
    const said = read.rows.join('\n');
    const word = paperWords(language);
    expect(said).toContain('José Ñandú Wafula');
    for (const key of ['receipt.number', 'receipt.businessDate', 'receipt.balance.loan', 'receipt.standing.savedHere', 'receipt.practice'])
      expect(said).toContain(word(key).replaceAll('’', "'"));
    expect(read.rows.every((row) => row.length <= 48)).toBe(true);
    expect(read.cuts).toBe(1);
  });

  test('says COPY with its number, who and when, white on black', () => {
    const read = paper(lines('en', {}, { copy: { number: 2, by: 'Grace', at: Date.UTC(2026, 10, 19, 6, 5), line: null } }));
    expect(read.rows.slice(0, 2).map((row) => row.trim())).toEqual(['COPY 2', 'Grace, 19 Nov 09:05']);
    expect(read.inverse).toEqual([0, 1, 2]);
  });

  test('has its sum and its head in high letters, and its drawer opens only where it should', () => {
    const read = paper(lines('en'), 'epson80', true);
    expect(read.tall.map((at) => read.rows[at]?.trim().split(' ')[0])).toEqual(['UMOJA', 'RECEIVED']);
    expect(read.kicks).toBe(1);
    expect(paper(lines('en')).kicks).toBe(0);
    expect(readEscPos(encodeKick(PRINTER_PROFILES.epson58))).toMatchObject({ rows: [], kicks: 1, cuts: 0 });
  });

  test.each(PRINTER_KINDS)('carries a code that scans from its dots: %s', async (kind) => {
    const read = readEscPos(encodeSlip({ lines: lines('en'), kick: false }, PRINTER_PROFILES[kind]) ?? new Uint8Array());
    const [picture] = read.pictures;
    expect(picture?.width).toBe(PRINTER_PROFILES[kind].dots);
    expect(await scanPicture(picture!)).toBe('TAWI:KIS-01-261118-0001-U:0123456789abcdef');
  });

  test.each(PRINTER_KINDS)('that is signed proves itself from its dots, and its square has room on the paper: %s', async (kind) => {
    const signer = deviceSigner(new Redacted(new Uint8Array(32).fill(3)));
    // The longest office, the longest day and the largest sum that there can be.
    for (const change of [
      { number: receiptNumberOf('KIS', '01', '2026-11-18', 1) },
      { number: receiptNumberOf('KISUM', '01', '2026-11-18', 123_456_789), amountMinor: AMOUNT_MINOR_MAX },
    ]) {
      const words = wordsToSign({ ...RECEIPT, ...change }) ?? '';
      const proof = `${words}:${signer.sign(words)}`;
      const read = paper(lines('en', change, { code: receiptCode({ ...RECEIPT, proof }) }), kind);
      const [picture] = read.pictures;
      const scanned = (await scanPicture(picture!)) ?? '';
      expect(scanned).toBe(proof);
      expect(readProof(scanned).isBy(signer.publicKey)).toBe(true);
      const black = Array.from(picture!.gray, (shade, dot) => (shade === 0 ? dot % picture!.width : -1)).filter((across) => across >= 0);
      const across = Math.max(...black) + 1 - Math.min(...black);
      // Version 7, which the longest still fits: 45 modules, each of four dots, with four modules of white on both sides.
      expect(across / 4).toBe(45);
      expect(Math.min(...black)).toBeGreaterThanOrEqual(16);
      expect(picture!.width - Math.max(...black)).toBeGreaterThan(16);
    }
  });

  test('that no table has letters for is not sent with holes in its names', () => {
    for (const clientName of ['አማኒ', 'মেরি', 'محمد'])
      for (const kind of PRINTER_KINDS)
        expect(encodeSlip({ lines: lines('en', { clientName }), kick: false }, PRINTER_PROFILES[kind])).toBeNull();
  });

  test('gives nobody the printer by what stands in a name or a note', () => {
    const hostile = 'A\u001b@\u001dV\u0000\u0010\u0014\u0001\r\n\u007f\u0085\u2028B';
    const read = paper(lines('en', { clientName: hostile, note: hostile, servedBy: hostile }), 'generic58', false);
    expect(read).toMatchObject({ cuts: 0, kicks: 0, questions: 0 });
    expect(read.rows.filter((row) => row.includes(' V')).length).toBeGreaterThanOrEqual(3);
  });

  test('keeps every letter of words and sums longer than the paper', () => {
    const long = 'Supercalifragilistic'.repeat(4);
    const read = paper(lines('en', { clientName: long, clientAccountNo: '9'.repeat(70) }));
    const said = read.rows.map((row) => row.trim()).join('');
    expect(said).toContain(long);
    expect(said).toContain('9'.repeat(70));
    expect(read.rows.every((row) => row.length <= 32)).toBe(true);
  });
});

describe('a Z on paper', () => {
  const KES = { code: 'KES', decimals: 2 };
  const Z: DayReport = {
    number: 'KIS-01-Z0003',
    of: 'day',
    institution: 'Umoja',
    officeName: 'Kisumu',
    deviceCode: '01',
    practice: false,
    zone: 'Africa/Nairobi',
    businessDate: '2026-11-18',
    openedAt: Date.UTC(2026, 10, 18, 5, 0),
    openedBy: 'Amina',
    madeAt: Date.UTC(2026, 10, 18, 15, 30),
    madeBy: 'José Ñandú',
    drawers: [
      {
        drawerId: '01890000-0000-7000-8000-000000000001',
        name: '1',
        heldBy: 'Amina',
        currency: KES,
        openedAt: Date.UTC(2026, 10, 18, 5, 0),
        closedAt: Date.UTC(2026, 10, 18, 15, 0),
        openingMinor: 50_000_00,
        openingPieces: null,
        takenMinor: 8_450_00,
        paidMinor: 1_000_00,
        allocatedMinor: 0,
        settledMinor: 0,
        expectedMinor: 57_450_00,
        countedMinor: 57_400_00,
        differenceMinor: -50_00,
        pieces: [
          { as: 'note', faceMinor: 1_000_00, count: 57 },
          { as: 'note', faceMinor: 200_00, count: 2 },
        ],
        counts: 2,
        reason: 'a note was torn',
        agreedBy: 'Grace',
      },
    ],
    vaults: [],
    slips: [{ number: 'KIS-01-V0001', kind: 'toBank', currency: KES, amountMinor: 20_000_00 }],
    byKind: [{ kind: 'savingsDeposit', currency: KES, count: 2, amountMinor: 7_450_00 }],
    byWay: [],
    receipts: 2,
    firstReceipt: 'KIS-01-261118-0001-U',
    lastReceipt: 'KIS-01-261118-0002-B',
    undone: [],
    unconfirmed: [{ currency: KES, count: 1, amountMinor: 7_450_00 }],
    afterHours: [{ currency: KES, count: 1, amountMinor: 450_00 }],
    replaces: { number: 'KIS-01-Z0002', at: Date.UTC(2026, 10, 18, 15, 10), by: 'Grace', reason: 'a client came late' },
    headEntry: 42,
    headHash: 'ab'.repeat(32),
    previousHash: 'cd'.repeat(32),
    hash: '0123456789abcdef'.repeat(4),
  };
  const onPaper = (language: PaperLanguage, change: Partial<DayReport> = {}) =>
    reportLines({ ...Z, ...change }, { say: paperWords(language), writing: { language, country: 'KE' }, zone: Z.zone }, null);

  test('of 58 mm says all that its screen says, in the paper’s columns, and its code scans', async () => {
    const read = paper(onPaper('en'));
    expect(read.rows).toEqual([
      '             UMOJA',
      '             Kisumu',
      '--------------------------------',
      '         Z REPORT, DAY',
      'Report              KIS-01-Z0003',
      'In place of         KIS-01-Z0002',
      'Day opened again 18 Nov 18:10,',
      'Grace',
      'Reason: a client came late',
      'Business date        18 Nov 2026',
      'Opened              18 Nov 08:00',
      'Made                18 Nov 18:30',
      'By                    José Ñandú',
      '--------------------------------',
      'Drawer 1                   Amina',
      '  Opened            18 Nov 08:00',
      '  Closed            18 Nov 18:00',
      'Opening float          50,000.00',
      'Taken in                8,450.00',
      'Paid out               -1,000.00',
      'EXPECTED               57,450.00',
      'COUNTED                57,400.00',
      '  Times counted                2',
      '  57 x 1,000.00        57,000.00',
      '  2 x 200.00              400.00',
      'SHORT                     -50.00',
      'Reason: a note was torn',
      'Agreed by Grace',
      '--------------------------------',
      'Slips of cash',
      '  KIS-01-V0001         20,000.00',
      '  To the bank',
      '--------------------------------',
      'By kind',
      '  2  Deposit            7,450.00',
      '--------------------------------',
      'Receipts                       2',
      '  from      KIS-01-261118-0001-U',
      '  to        KIS-01-261118-0002-B',
      'Papers that undo               0',
      'Not confirmed yet: 1    7,450.00',
      'After hours: 1            450.00',
      '--------------------------------',
      'Head of the chain, entry 42:',
      'abab abab abab abab abab abab',
      'abab abab abab abab abab abab',
      'abab abab abab abab',
      'Seal of this report: 0123 4567',
      '89ab cdef 0123 4567 89ab cdef',
      '0123 4567 89ab cdef 0123 4567',
      '89ab cdef',
      '[picture]',
      'Signed, José Ñandú:',
      '______________',
      '',
      '',
      '',
      '',
    ]);
    expect(await scanPicture(read.pictures[0]!)).toBe('TAWI:KIS-01-Z0003:0123456789abcdef');
    expect(read.kicks).toBe(0);
  });

  test.each(['es', 'fr'] as const)('of 80 mm, in %s: a report that was taken back says so white on black', (language) => {
    const takenBack = { number: 'KIS-01-Z0003', at: Z.madeAt, by: 'Grace', reason: 'once more' };
    const read = paper(onPaper(language, { takenBack }), 'epson80');
    const at = read.rows.findIndex((row) => row.trim() === paperWords(language)('receipt.report.takenBack'));
    expect(at).toBeGreaterThan(0);
    expect(read.inverse).toContain(at);
    expect(read.rows.every((row) => row.length <= 48)).toBe(true);
  });
});

test('only what can be a printer of this house is an address', () => {
  const network = (host: string, port = 9100) => isPrinterAddress({ way: 'network', host, port }, false);
  expect(['10.0.0.9', '192.168.1.87', '172.16.0.1', '127.0.0.1', '169.254.3.4'].every((host) => network(host))).toBe(true);
  expect(['8.8.8.8', '172.32.0.1', '192.169.1.1', 'printer.example', '10.0.0', '10.0.0.999', '', '::1'].some((host) => network(host))).toBe(
    false,
  );
  expect(network('10.0.0.9', 22)).toBe(false);
  const device = (path: string) => isPrinterAddress({ way: 'device', path }, true);
  expect(['/dev/usb/lp0', '/dev/ttyUSB1', 'COM3', 'LPT1', '\\\\localhost\\Receipts 80'].every(device)).toBe(true);
  expect(['/etc/passwd', '/dev/sda', '/dev/usb/../sda', '\\\\other\\share', '\\\\localhost\\a\\b', 'C:\\x', 'COM3\n'].some(device)).toBe(
    false,
  );
  expect(isPrinterAddress({ way: 'folder' }, false)).toBe(false);
  expect(isPrinterAddress({ way: 'folder' }, true)).toBe(true);
});
