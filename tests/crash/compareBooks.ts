// Holds the three books against each other: what the screens were told, the journal, and head office. Each question has one name and a list of
// what was found wrong; an empty list is the only good answer. Pure, so that the test can also hand it books with a planted mistake.

import { canonicalJson } from '../../shared/kernel/canonicalJson.ts';
import type { Json } from '../../shared/kernel/canonicalJson.ts';
import { KINDS_IN_THE_WORLD, PAPERS_OUT } from '../world/kindsInTheWorld.ts';
import { MOVES, type HeadOfficeBook, type HeadOfficeTransaction } from './headOfficeBook.ts';
import type { JournalBook, JournalCommand, JournalReceipt } from './journalBook.ts';
import type { ToldBook } from './toldBook.ts';

export interface Books {
  readonly told: ToldBook;
  readonly journal: JournalBook;
  readonly headOffice: HeadOfficeBook;
}

export const QUESTIONS = [
  'every receipt that a screen was told of stands in the journal, word for word',
  'every receipt of the journal was told to its screen',
  'a form that was refused left nothing behind',
  'one form makes one command and one receipt',
  'receipt numbers have no gap and no twin per device and business date',
  'each receipt carries the hash of the one before it',
  'each cash receipt moved its cash once',
  'each drawer: opening + taken - paid = counted - difference',
  'paper that came out is counted',
  'every command has ended',
  'an accepted command stands at head office exactly once, as it was recorded',
  'a command that ended otherwise stands at head office not at all',
  'suspense is posted once for each case that was suspended',
  'head office holds nothing of this branch that the journal does not know',
  'savings balances at head office moved by what was promised and nothing else',
  'debits equal credits at head office',
  'the chain of entries is whole',
  'pages, references and numbers of the store are whole',
] as const;
export type Question = (typeof QUESTIONS)[number];

export interface Finding {
  readonly question: Question;
  readonly wrong: readonly string[];
}

const SOMEBODY_ELSE = 'bungoma';

/** One posting of a receipt as its paper says it, and the mark under which head office knows it. */
interface PaperLine {
  readonly commandId: string | null;
  readonly amountMinor: number;
  readonly mark: string;
}

function linesOf({ number, body }: JournalReceipt): readonly PaperLine[] {
  if (body.lines === undefined) return [{ commandId: body.commandId, amountMinor: body.amountMinor, mark: number }];
  return body.lines.map(({ commandId, amountMinor }, index) => ({ commandId, amountMinor, mark: `${number}/${index + 1}` }));
}

function same(one: unknown, other: unknown): boolean {
  return canonicalJson(one as Json) === canonicalJson(other as Json);
}

function groupBy<T>(list: readonly T[], keyOf: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

export function compareBooks({ told, journal, headOffice }: Books): readonly Finding[] {
  const wrong = new Map<Question, string[]>(QUESTIONS.map((question) => [question, []]));
  const blame = (question: Question, what: string): void => {
    wrong.get(question)?.push(what);
  };
  const receiptById = new Map(journal.receipts.map((receipt) => [receipt.receiptId, receipt]));
  const commandById = new Map(journal.commands.map((command) => [command.commandId, command]));
  const commandsByForm = groupBy(journal.commands, (command) => command.formId);

  for (const form of told.forms) {
    const commands = commandsByForm.get(form.formId) ?? [];
    const [command] = commands;
    if (commands.length > 1) blame('one form makes one command and one receipt', `form ${form.formId} made ${commands.length} commands`);
    for (const receipt of form.receipts) {
      const kept = receiptById.get(receipt.receiptId);
      if (kept === undefined || !same(kept.body, receipt))
        blame('every receipt that a screen was told of stands in the journal, word for word', receipt.number);
      else if (command?.receiptId !== receipt.receiptId || receipt.amountMinor !== form.amountMinor)
        blame('one form makes one command and one receipt', receipt.number);
    }
    if (form.receipts.length === 0 && form.refusedWith !== null && command !== undefined)
      blame('a form that was refused left nothing behind', form.formId);
  }

  const toldIds = new Set([
    ...told.forms.flatMap((form) => form.receipts.map((receipt) => receipt.receiptId)),
    ...told.resolutions.map((each) => each.receiptId),
  ]);
  const casesOfReceipt = new Set(journal.cases.map((each) => each.resolutionReceiptId));
  for (const receipt of journal.receipts) {
    // A reversal whose answer was lost is shown in its case; a counter receipt must have reached its form.
    if (!toldIds.has(receipt.receiptId) && !casesOfReceipt.has(receipt.receiptId))
      blame('every receipt of the journal was told to its screen', receipt.number);
    const lines = linesOf(receipt);
    for (const { commandId, amountMinor } of lines) {
      const command = commandId === null ? null : commandById.get(commandId);
      if (command !== null && (command?.receiptId !== receipt.receiptId || command.amountMinor !== amountMinor))
        blame('one form makes one command and one receipt', receipt.number);
    }
    if (lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0) !== receipt.body.amountMinor)
      blame('one form makes one command and one receipt', `${receipt.number}: its total is not the sum of its lines`);
  }

  for (const [day, receipts] of groupBy(journal.receipts, (receipt) => `${receipt.deviceCode} ${receipt.businessDate}`)) {
    const sequences = receipts.map((receipt) => receipt.sequence);
    if (sequences.some((sequence, index) => sequence !== index + 1))
      blame('receipt numbers have no gap and no twin per device and business date', day);
    if (new Set(receipts.map((receipt) => receipt.number)).size !== receipts.length)
      blame('receipt numbers have no gap and no twin per device and business date', `${day}: twins`);
  }
  let previousHash = '0'.repeat(64);
  for (const receipt of journal.receipts) {
    if (receipt.body.previousHash !== previousHash) blame('each receipt carries the hash of the one before it', receipt.number);
    previousHash = receipt.body.hash;
  }

  const movementsByReceipt = groupBy(journal.movements, (movement) => movement.receiptId);
  for (const receipt of journal.receipts) {
    const { receiptId, number, body } = receipt;
    const movements = movementsByReceipt.get(receiptId) ?? [];
    const direction = PAPERS_OUT.has(body.kind) ? 'paid' : 'taken';
    const fits = body.cash
      ? same(sumsOf(movements), sumsOf(linesOf(receipt))) && movements.every(({ kind }) => kind === direction)
      : movements.length === 0;
    if (!fits) blame('each cash receipt moved its cash once', number);
  }
  for (const movement of journal.movements)
    if (movement.receiptId === null || !receiptById.has(movement.receiptId))
      blame('each cash receipt moved its cash once', 'a movement without its receipt');
  for (const drawer of journal.drawers) {
    const sum = (kinds: readonly string[]): number =>
      journal.movements
        .filter((movement) => movement.drawerId === drawer.drawerId && kinds.includes(movement.kind))
        .reduce((total, movement) => total + movement.amountMinor, 0);
    const expected = drawer.openingMinor + sum(['taken', 'allocated']) - sum(['paid', 'settled']);
    if (drawer.countedMinor === null || drawer.differenceMinor === null || drawer.countedMinor !== expected + drawer.differenceMinor)
      blame('each drawer: opening + taken - paid = counted - difference', drawer.drawerId);
  }
  for (const view of told.drawersClosed) {
    const kept = journal.drawers.find((drawer) => drawer.drawerId === view.drawerId);
    if (kept?.countedMinor !== view.countedMinor)
      blame('each drawer: opening + taken - paid = counted - difference', `${view.drawerId} was told closed`);
  }
  const printsByReceipt = groupBy(journal.prints, (print) => print.receiptId);
  for (const [receiptId, said] of groupBy(told.prints, (print) => print)) {
    if ((printsByReceipt.get(receiptId)?.length ?? 0) < said.length)
      blame('paper that came out is counted', receiptById.get(receiptId)?.number ?? receiptId);
  }

  compareWithHeadOffice({ told, journal, headOffice }, blame);

  if (journal.brokenEntry !== null) blame('the chain of entries is whole', `entry ${journal.brokenEntry}`);
  for (const damage of journal.damage) blame('pages, references and numbers of the store are whole', damage);
  return QUESTIONS.map((question) => ({ question, wrong: wrong.get(question) ?? [] }));
}

/** Each line moves its own sum: by command where it has one, else by the sums alone. */
function sumsOf(moved: readonly { readonly commandId: string | null; readonly amountMinor: number }[]): Json {
  return moved.map(({ commandId, amountMinor }) => `${commandId ?? ''} ${amountMinor}`).sort();
}

function compareWithHeadOffice({ journal, headOffice }: Books, blame: (question: Question, what: string) => void): void {
  const lineByCommand = new Map(
    journal.receipts.flatMap(linesOf).flatMap((line): [string, PaperLine][] => (line.commandId === null ? [] : [[line.commandId, line]])),
  );
  const standing = headOffice.transactions.filter((transaction) => !transaction.reversed);
  const claimed = new Set<string>();
  const nameOf = (transaction: HeadOfficeTransaction): string => `${transaction.accountKind} ${transaction.transactionId}`;

  function markedAs(command: JournalCommand): HeadOfficeTransaction[] {
    const mark = lineByCommand.get(command.commandId)?.mark ?? null;
    return standing.filter(
      (transaction) => transaction.externalId === command.commandId || (mark !== null && transaction.receiptNumber === mark),
    );
  }

  for (const command of journal.commands) {
    const number = lineByCommand.get(command.commandId)?.mark ?? command.commandId;
    if (command.state !== 'accepted' && command.state !== 'resolved') blame('every command has ended', `${number} is ${command.state}`);
    if (!KINDS_IN_THE_WORLD[command.kind].isCounterMoney) continue;
    const marked = markedAs(command);
    for (const transaction of marked) claimed.add(nameOf(transaction));
    if (command.state === 'accepted') {
      const [only] = marked;
      const fits =
        marked.length === 1 &&
        only?.kind === command.kind &&
        only.amountMinor === command.amountMinor &&
        only.date === command.businessDate &&
        only.accountServerId === journal.serverIdBySubject[command.subject] &&
        only.transactionId === command.serverResourceId;
      if (!fits) blame('an accepted command stands at head office exactly once, as it was recorded', `${number}: ${marked.length} there`);
    } else if (marked.length > 0) {
      blame('a command that ended otherwise stands at head office not at all', `${number} (${command.state}): ${marked.length} there`);
    }
    const resolution = journal.cases.filter((each) => each.commandId === command.commandId).at(-1)?.resolution;
    if (command.state === 'resolved' && resolution === 'recognise') {
      const recognised = standing.find(
        (transaction) =>
          command.subject.startsWith(`${transaction.accountKind}:`) &&
          transaction.transactionId === command.serverResourceId &&
          transaction.accountServerId === journal.serverIdBySubject[command.subject],
      );
      if (recognised?.amountMinor !== command.amountMinor || recognised.kind !== command.kind)
        blame('an accepted command stands at head office exactly once, as it was recorded', `${number}: recognised`);
      else if (claimed.has(nameOf(recognised)))
        blame('an accepted command stands at head office exactly once, as it was recorded', `${number}: recognised what is another's`);
      else claimed.add(nameOf(recognised));
    }
  }

  const suspenseIds = new Set(journal.cases.flatMap((each) => each.suspenseCommandId ?? []));
  for (const command of journal.commands.filter((each) => KINDS_IN_THE_WORLD[each.kind].isPosting)) {
    const lines = headOffice.postings.filter((posting) => posting.referenceNumber === command.commandId && !posting.reversed);
    const once = lines.length === 2 && lines.every((line) => line.amountMinor === command.amountMinor) && lines[0]?.type !== lines[1]?.type;
    if (command.state === 'accepted' && !once)
      blame('suspense is posted once for each case that was suspended', `${command.commandId}: ${lines.length} lines`);
    if (!suspenseIds.has(command.commandId))
      blame('suspense is posted once for each case that was suspended', `${command.commandId}: no case`);
  }
  for (const posting of headOffice.postings) {
    if (posting.referenceNumber === null || !suspenseIds.has(posting.referenceNumber))
      blame('suspense is posted once for each case that was suspended', 'a posting without its case');
  }

  for (const transaction of standing) {
    if (transaction.kind === 'fee' || transaction.createdBy === SOMEBODY_ELSE || claimed.has(nameOf(transaction))) continue;
    blame(
      'head office holds nothing of this branch that the journal does not know',
      `${nameOf(transaction)} ${transaction.receiptNumber ?? ''}`,
    );
  }

  const promised = new Map<number, number>();
  const add = (accountServerId: number, amountMinor: number): void => {
    promised.set(accountServerId, (promised.get(accountServerId) ?? 0) + amountMinor);
  };
  for (const command of journal.commands) {
    const accountServerId = journal.serverIdBySubject[command.subject];
    if (command.state !== 'accepted' || accountServerId === undefined || !command.subject.startsWith('savings:')) continue;
    add(accountServerId, KINDS_IN_THE_WORLD[command.kind].moves * command.amountMinor);
  }
  // What others did stands at head office under their own names; a recognised case is one of those.
  for (const transaction of standing) {
    if (transaction.accountKind !== 'savings' || (transaction.kind !== 'fee' && transaction.createdBy !== SOMEBODY_ELSE)) continue;
    add(transaction.accountServerId, MOVES[transaction.kind] * transaction.amountMinor);
  }
  for (const [id, movedMinor] of Object.entries(headOffice.savingsMoved)) {
    const promisedMinor = promised.get(Number(id)) ?? 0;
    if (movedMinor !== promisedMinor)
      blame(
        'savings balances at head office moved by what was promised and nothing else',
        `account ${id}: ${movedMinor} instead of ${promisedMinor}`,
      );
  }
  if (headOffice.debitsMinor !== headOffice.creditsMinor)
    blame('debits equal credits at head office', `${headOffice.debitsMinor} and ${headOffice.creditsMinor}`);
}
