// Proof that the comparison can fail: each mistake is planted into a copy of honest books, and the question that it breaks must notice it.

import { KINDS_IN_THE_WORLD } from '../world/kindsInTheWorld.ts';
import type { Books, Question } from './compareBooks.ts';

export interface PlantedMistake {
  readonly name: string;
  readonly noticedBy: Question;
  /** Null where these books offer no place for it. */
  plant(books: Books): Books | null;
}

function without<T>(list: readonly T[], place: number): T[] {
  return list.filter((_item, index) => index !== place);
}

export const PLANTED_MISTAKES: readonly PlantedMistake[] = [
  {
    name: 'a receipt that a screen was told of is lost',
    noticedBy: 'every receipt that a screen was told of stands in the journal, word for word',
    plant: (books) => {
      const lost = books.told.forms.find((form) => form.receipts.length > 0)?.receipts[0];
      if (lost === undefined) return null;
      return {
        ...books,
        journal: { ...books.journal, receipts: books.journal.receipts.filter((receipt) => receipt.receiptId !== lost.receiptId) },
      };
    },
  },
  {
    name: 'an amount of a receipt changed by one',
    noticedBy: 'every receipt that a screen was told of stands in the journal, word for word',
    plant: (books) => {
      const [first, ...rest] = books.journal.receipts;
      if (first === undefined) return null;
      return {
        ...books,
        journal: { ...books.journal, receipts: [{ ...first, body: { ...first.body, amountMinor: first.body.amountMinor + 1 } }, ...rest] },
      };
    },
  },
  {
    name: 'a receipt that nobody was told of',
    noticedBy: 'every receipt of the journal was told to its screen',
    plant: (books) => {
      const index = books.told.forms.findIndex((form) => form.receipts.length > 0);
      return index < 0 ? null : { ...books, told: { ...books.told, forms: without(books.told.forms, index) } };
    },
  },
  {
    name: 'a gap in the receipt numbers',
    noticedBy: 'receipt numbers have no gap and no twin per device and business date',
    plant: (books) =>
      books.journal.receipts.length < 2
        ? null
        : { ...books, journal: { ...books.journal, receipts: without(books.journal.receipts, books.journal.receipts.length - 2) } },
  },
  {
    name: 'cash that did not move',
    noticedBy: 'each cash receipt moved its cash once',
    plant: (books) =>
      books.journal.movements.length === 0
        ? null
        : { ...books, journal: { ...books.journal, movements: without(books.journal.movements, 0) } },
  },
  {
    name: 'a transaction missing at head office',
    noticedBy: 'an accepted command stands at head office exactly once, as it was recorded',
    plant: (books) => {
      const index = books.headOffice.transactions.findIndex((each) => each.receiptNumber !== null && !each.reversed);
      return index < 0
        ? null
        : { ...books, headOffice: { ...books.headOffice, transactions: without(books.headOffice.transactions, index) } };
    },
  },
  {
    name: 'a transaction doubled at head office',
    noticedBy: 'an accepted command stands at head office exactly once, as it was recorded',
    plant: (books) => {
      const twin = books.headOffice.transactions.find((each) => each.receiptNumber !== null && !each.reversed);
      if (twin === undefined) return null;
      const doubled = { ...twin, transactionId: twin.transactionId + 1_000_000 };
      return { ...books, headOffice: { ...books.headOffice, transactions: [...books.headOffice.transactions, doubled] } };
    },
  },
  {
    name: 'a transaction of ours at head office without a mark',
    noticedBy: 'head office holds nothing of this branch that the journal does not know',
    plant: (books) => {
      const twin = books.headOffice.transactions.find((each) => each.receiptNumber !== null && !each.reversed);
      if (twin === undefined) return null;
      const unmarked = { ...twin, transactionId: twin.transactionId + 1_000_000, receiptNumber: null, externalId: null };
      return { ...books, headOffice: { ...books.headOffice, transactions: [...books.headOffice.transactions, unmarked] } };
    },
  },
  {
    name: 'a command that never ended',
    noticedBy: 'every command has ended',
    plant: (books) => {
      const [first, ...rest] = books.journal.commands;
      return first === undefined ? null : { ...books, journal: { ...books.journal, commands: [{ ...first, state: 'queued' }, ...rest] } };
    },
  },
  {
    name: 'a balance at head office that moved by itself',
    noticedBy: 'savings balances at head office moved by what was promised and nothing else',
    plant: (books) => {
      const [id] = Object.keys(books.headOffice.savingsMoved);
      if (id === undefined) return null;
      const moved = books.headOffice.savingsMoved[Number(id)] ?? 0;
      return { ...books, headOffice: { ...books.headOffice, savingsMoved: { ...books.headOffice.savingsMoved, [id]: moved + 1 } } };
    },
  },
  {
    name: 'a form that was refused and left a command',
    noticedBy: 'a form that was refused left nothing behind',
    plant: (books) => {
      const index = books.told.forms.findIndex((form) => form.receipts.length > 0);
      const form = books.told.forms[index];
      if (form === undefined) return null;
      const refused = { ...form, receipts: [], refusedWith: 'drawer.notOpen' };
      return { ...books, told: { ...books.told, forms: books.told.forms.with(index, refused) } };
    },
  },
  {
    name: 'a form that was recorded twice',
    noticedBy: 'one form makes one command and one receipt',
    plant: (books) => {
      const form = books.told.forms.find((each) => each.receipts.length > 0);
      const command = books.journal.commands.find((each) => each.formId === form?.formId);
      if (command === undefined) return null;
      const twin = { ...command, commandId: `${command.commandId}-twin` };
      return { ...books, journal: { ...books.journal, commands: [...books.journal.commands, twin] } };
    },
  },
  {
    name: 'a receipt number that was given twice',
    noticedBy: 'receipt numbers have no gap and no twin per device and business date',
    plant: (books) => {
      const last = books.journal.receipts.at(-1);
      const before = books.journal.receipts.at(-2);
      if (last === undefined || before?.businessDate !== last.businessDate) return null;
      const twin = { ...last, number: before.number };
      return { ...books, journal: { ...books.journal, receipts: [...books.journal.receipts.slice(0, -1), twin] } };
    },
  },
  {
    name: 'a receipt that does not carry the hash of the one before it',
    noticedBy: 'each receipt carries the hash of the one before it',
    plant: (books) => {
      const last = books.journal.receipts.at(-1);
      if (last === undefined) return null;
      const loose = { ...last, body: { ...last.body, previousHash: 'f'.repeat(64) } };
      return { ...books, journal: { ...books.journal, receipts: [...books.journal.receipts.slice(0, -1), loose] } };
    },
  },
  {
    name: 'a drawer that is one unit short',
    noticedBy: 'each drawer: opening + taken - paid = counted - difference',
    plant: (books) => {
      const index = books.journal.drawers.findIndex((drawer) => drawer.countedMinor !== null);
      const drawer = books.journal.drawers[index];
      if (drawer === undefined) return null;
      const short = { ...drawer, countedMinor: (drawer.countedMinor ?? 0) - 1 };
      return { ...books, journal: { ...books.journal, drawers: books.journal.drawers.with(index, short) } };
    },
  },
  {
    name: 'paper that came out and was not counted',
    noticedBy: 'paper that came out is counted',
    plant: (books) => {
      const [printed] = books.told.prints;
      return printed === undefined
        ? null
        : { ...books, journal: { ...books.journal, prints: books.journal.prints.filter((print) => print.receiptId !== printed) } };
    },
  },
  {
    name: 'a withdrawn command that stands at head office',
    noticedBy: 'a command that ended otherwise stands at head office not at all',
    plant: (books) => {
      const index = books.journal.commands.findIndex(
        (command) => command.state === 'accepted' && KINDS_IN_THE_WORLD[command.kind].isCounterMoney,
      );
      const command = books.journal.commands[index];
      if (command === undefined) return null;
      return { ...books, journal: { ...books.journal, commands: books.journal.commands.with(index, { ...command, state: 'withdrawn' }) } };
    },
  },
  {
    name: 'suspense that was posted twice',
    noticedBy: 'suspense is posted once for each case that was suspended',
    plant: (books) => {
      const [posting] = books.headOffice.postings;
      return posting === undefined
        ? null
        : { ...books, headOffice: { ...books.headOffice, postings: [...books.headOffice.postings, posting] } };
    },
  },
  {
    name: 'a debit at head office without its credit',
    noticedBy: 'debits equal credits at head office',
    plant: (books) => ({ ...books, headOffice: { ...books.headOffice, debitsMinor: books.headOffice.debitsMinor + 1 } }),
  },
  {
    name: 'an entry that does not fit the one before it',
    noticedBy: 'the chain of entries is whole',
    plant: (books) => ({ ...books, journal: { ...books.journal, brokenEntry: books.journal.entries } }),
  },
  {
    name: 'a page that cannot be read',
    noticedBy: 'pages, references and numbers of the store are whole',
    plant: (books) => ({ ...books, journal: { ...books.journal, damage: ['page 7'] } }),
  },
];
