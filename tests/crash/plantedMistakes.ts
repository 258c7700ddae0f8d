// Proof that the comparison can fail: each mistake is planted into a copy of honest books, and the question that it breaks must notice it.

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
];
