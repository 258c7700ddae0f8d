// A kind of command is known by its chapters: shared/domain/commands/kinds, and the tables of the head office, the page and the tests. Whoever
// compares a kind with a name elsewhere writes a rule where nobody looks for it when the next kind comes.
import { describe, expect, test } from 'vitest';
import { COMMAND_KINDS } from '../../shared/domain/commands/kinds/allKinds.ts';
import { projectFiles, textOf } from './projectFiles.ts';

const CHAPTERS = ['shared/domain/commands/kinds/', 'electron/fineract/commands/', 'tests/world/kindsInTheWorld.ts'];
/** A migration is frozen as it was written. */
const FROZEN = 'electron/store/migrations/';

const NAME = `["'\`](?:${COMMAND_KINDS.join('|')})["'\`]`;
/** Names of kinds and other words, one after the other. */
const LIST = `\\[[^\\][(){};=]*${NAME}[^\\][(){};=]*\\](?:\\s+as const)?`;
const COMPARED = new RegExp(
  [
    `[!=]==?\\s*${NAME}`,
    `${NAME}\\s*[!=]==?`,
    `\\bcase\\s+${NAME}`,
    // Looked for among names that are written there.
    `${LIST}\\s*\\)?\\.(?:includes|indexOf|some|find)\\(`,
    `\\bnew Set(?:<[^>]*>)?\\(\\s*${LIST}`,
    `\\.(?:startsWith|endsWith)\\(\\s*${NAME}`,
    // In SQL.
    `\\bkind\\s*(?:=|<>|!=|IN\\s*\\()\\s*${NAME}`,
  ].join('|'),
  'gi',
);

/** A comparison may be broken over several lines. */
function comparisonsIn(text: string): string[] {
  return [...text.matchAll(COMPARED)].map(([found]) => found.replace(/\s+/g, ' '));
}

const sources = projectFiles.filter(
  (path) => /^(?:shared|electron|renderer|tests)\/.*\.(?:ts|vue)$/.test(path) && path !== 'tests/tidy/kinds.test.ts',
);

test.each([
  `if (command.kind === 'savingsDeposit') return;`,
  `if ('loanRepayment' !== kind) return;`,
  `    case 'suspensePosting':`,
  `WHERE kind = 'savingsWithdrawal' AND x`,
  `c.kind IN ('savingsWithdrawal', 'moneyReturned')`,
  `kind ===\n  'clientNote'`,
  `['clientNote', other].includes(kind)`,
  `(['clientNote', 'x'] as const).includes(kind)`,
  `const NOTES = new Set<string>([\n  'clientNote',\n]);`,
])('the measure knows a comparison: %s', (line) => {
  expect(comparisonsIn(line)).toHaveLength(1);
});

test.each([
  `payload: { kind: 'loanRepayment', loanId }`,
  `const TABLE = { savingsDeposit: 1 }`,
  `expect(item.kind).toBe('savingsDeposit')`,
  `test.each(['clientNote', 'loanDecision'])`,
])('and lets pass what is none: %s', (line) => {
  expect(comparisonsIn(line)).toEqual([]);
});

/** Where a kind is made, asked for or typed. */
const MADE = new RegExp(`\\bkind: (?:z\\.literal\\(\\s*)?(?:${NAME}\\s*\\|\\s*)*${NAME}`, 'g');
/** What receipts are called, and what else has the same name as a kind: head office's own word, a form's draft. */
const NAMED = [
  'shared/contract/shapes.ts',
  'shared/domain/records.ts',
  'electron/practice/clients/identifierRoutes.ts',
  'renderer/screens/groups/RegisterGroup.vue',
  'renderer/screens/groups/RegisterCenter.vue',
];
/** Tables over all kinds or all receipts, which do not compile when one is missing, and the counter's of what a line of a basket asks for. */
const TABLES = [
  'shared/domain/receipts/undoes.ts',
  'shared/domain/receipts/paysOut.ts',
  'shared/domain/receipts/receiptCode.ts',
  'electron/branch/counter/handlers.ts',
  'renderer/app/kinds.ts',
];
const KEY = new RegExp(`(?:^|[\\s{,(])(?:${COMMAND_KINDS.join('|')}):`, 'gm');

/** A name that stands for a rule without being compared: in a list, as a key, in a pattern. */
function strayNamesIn(text: string): string[] {
  const left = text.replaceAll(MADE, '');
  return [...left.matchAll(new RegExp(NAME, 'g')), ...left.matchAll(KEY)].map(([found]) => found.trim());
}

test.each([`const NOTES = ['clientNote', 'x'];`, `const IS = { clientNote: true };`, `Object.is(kind, 'clientNote')`])(
  'the measure knows a rule that compares nothing: %s',
  (line) => {
    expect(strayNamesIn(line)).toHaveLength(1);
  },
);

test('in the house a name of a kind stands only where one is made, and in tables over all of them', () => {
  const found = sources
    .filter((path) => !path.startsWith('tests/') && ![...CHAPTERS, FROZEN, ...NAMED, ...TABLES].some((room) => path.startsWith(room)))
    .flatMap((path) => strayNamesIn(textOf(path)).map((name) => `${path}: ${name}`));
  expect(found).toEqual([]);
});

describe('no kind is compared with a name', () => {
  test('outside its chapters', () => {
    const found = sources
      .filter((path) => ![...CHAPTERS, FROZEN].some((room) => path.startsWith(room)))
      .flatMap((path) => comparisonsIn(textOf(path)).map((line) => `${path}: ${line}`));
    expect(found).toEqual([]);
  });

  test('and the chapter of a kind does not know another one', () => {
    const chapters = sources.filter((path) => path.startsWith('shared/domain/commands/kinds/'));
    const strange = chapters.flatMap((path) => {
      const own = path.slice(path.lastIndexOf('/') + 1, -3);
      return comparisonsIn(textOf(path))
        .filter((line) => !line.includes(`'${own}'`))
        .map((line) => `${path}: ${line}`);
    });
    expect(strange).toEqual([]);
  });
});

test('every kind has a chapter of its own name', () => {
  const chapters = new Set(sources.filter((path) => path.startsWith('shared/domain/commands/kinds/')));
  expect(COMMAND_KINDS.filter((name) => !chapters.has(`shared/domain/commands/kinds/${name}.ts`))).toEqual([]);
});
