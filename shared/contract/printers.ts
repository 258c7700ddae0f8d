// Receipt printers of this PC: which there are, how they are, and what waits for them.

import { z } from 'zod';
import { PAPER_LANGUAGES, PRINTER_KINDS } from '../domain/printing/printers.ts';
import { REASON_LEAST } from '../domain/reasons.ts';
import { command, query } from './define.ts';
import { InstantSchema, LocalIdSchema, TextSchema } from './shapes.ts';

const AddressSchema = z.discriminatedUnion('way', [
  z.object({ way: z.literal('network'), host: TextSchema(40), port: z.number().int().min(1).max(65_535) }),
  z.object({ way: z.literal('device'), path: TextSchema(100) }),
  z.object({ way: z.literal('folder') }),
]);

const SetPrinterSchema = z.object({ kind: z.enum(PRINTER_KINDS), address: AddressSchema });

const PrintersOfPcSchema = z.object({
  main: SetPrinterSchema,
  other: SetPrinterSchema.nullable(),
  language: z.enum(PAPER_LANGUAGES),
  byItself: z.boolean(),
  kicksDrawer: z.boolean(),
  officeCopy: z.boolean().optional(),
});

const WhichSchema = z.enum(['main', 'other']);
const LightSchema = z.enum(['ready', 'paperLow', 'paperOut', 'coverOpen', 'offline', 'broken', 'silent', 'unreachable', 'untold']);

const PrintJobSchema = z.object({
  receiptId: LocalIdSchema,
  number: z.string(),
  state: z.enum(['waiting', 'printing', 'unsure']),
  tries: z.number().int(),
  askedAt: InstantSchema,
  /** A word of the printer's light, 'letters' where it lacks some, or that the program ended in the middle. */
  why: z.string().nullable(),
});

export const printers = {
  show: query({
    permission: 'signedIn',
    input: z.object({}),
    output: z.object({ printers: PrintersOfPcSchema.nullable(), jobs: z.array(PrintJobSchema), jobsInAll: z.number().int() }),
  }),
  /** Null: this PC has no receipt printer, and a page prints in its own window. */
  set: command({
    permission: 'printer.set',
    input: z.object({ printers: PrintersOfPcSchema.nullable() }),
    output: z.object({}),
    refusals: ['printer.addressNotAllowed'],
  }),
  ask: query({
    permission: 'signedIn',
    input: z.object({ which: WhichSchema }),
    output: z.object({ light: LightSchema, bytes: z.string() }),
    refusals: ['printer.none'],
  }),
  test: command({
    permission: 'signedIn',
    input: z.object({ which: WhichSchema }),
    output: z.object({ outcome: z.enum(['printed', 'notBegun', 'unsure']), why: LightSchema.nullable() }),
    refusals: ['printer.none'],
  }),
  /** The original, or else a counted copy. While a paper of the receipt is on its way, it is that one. */
  print: command({
    permission: 'signedIn',
    input: z.object({ receiptId: LocalIdSchema, line: z.number().int().min(1).optional(), onlyOriginal: z.boolean().default(false) }),
    output: z.object({ onItsWay: z.boolean() }),
    refusals: ['printer.none', 'printer.noLetters', 'receipt.unknown'],
  }),
  /**
   * A report, at once: the Z of that number, the original once and then counted copies, or an X, which is counted by nobody. `window`: the
   * page prints it itself, and only the copy is counted. Answers which copy it is, 0 for an original.
   */
  printReport: command({
    permission: 'signedIn',
    input: z.object({
      number: TextSchema(40).min(1).optional(),
      drawerId: LocalIdSchema.optional(),
      window: z.boolean().default(false),
    }),
    output: z.object({ copy: z.number().int(), outcome: z.enum(['printed', 'unsure', 'window']) }),
    refusals: ['printer.none', 'printer.noLetters', 'printer.tookNothing', 'report.unknown', 'report.countFirst'],
  }),
  /** A slip of cash, likewise. */
  printSlip: command({
    permission: 'signedIn',
    input: z.object({ number: TextSchema(40).min(1), window: z.boolean().default(false) }),
    output: z.object({ copy: z.number().int(), outcome: z.enum(['printed', 'unsure', 'window']) }),
    refusals: ['printer.none', 'printer.noLetters', 'printer.tookNothing', 'slip.unknown'],
  }),
  /** A waiting paper is given up; the receipt stays as it is and may be printed later. */
  drop: command({
    permission: 'signedIn',
    input: z.object({ receiptId: LocalIdSchema }),
    output: z.object({}),
    refusals: ['printer.noSuchPaper'],
  }),
  /** Without a sale: the journal keeps who and why. */
  openDrawer: command({
    permission: 'drawer.open',
    input: z.object({ reason: TextSchema(200).min(REASON_LEAST) }),
    output: z.object({}),
    refusals: ['printer.none', 'printer.tookNothing', 'drawer.notOpen'],
  }),
} as const;
