// A slip of cash, in one transaction with what it moves: who the two people are, whether the vault and the drawers may, the movements, the slip
// with its number, and the entry (I1, I7). What a drawer's holder must not know before their count is not told them by a refusal.

import type { AnswerOf, ParsedInputOf, Refusal, RefusalFacts } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import {
  SLIP_RULES,
  differenceOf,
  isSlipRight,
  slipHash,
  slipNumberOf,
  type CashSlip,
  type SlipDrawer,
} from '../../../shared/domain/cash/cashSlip.ts';
import { isTooMuchForOne } from '../../../shared/domain/cash/drawerLimits.ts';
import { inOrder, sumOfPieces, type Pieces } from '../../../shared/domain/cash/pieces.ts';
import { DOCUMENT_BYTES_MOST, type FileRef } from '../../../shared/domain/files/fileRef.ts';
import { isReason } from '../../../shared/domain/reasons.ts';
import { canonicalJson, type Json } from '../../../shared/kernel/canonicalJson.ts';
import { assertInvariant } from '../../../shared/kernel/assert.ts';
import { AMOUNT_MINOR_MAX, type Currency } from '../../../shared/kernel/money.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { FIRST_HASH, appendEntry } from '../../journal/appendEntry.ts';
import { nextSlipSequence } from '../../journal/paperNumbers.ts';
import { identityOf } from '../../journal/settings.ts';
import type { DayRecord, DrawerRecord, ReadStore, WriteStore } from '../../ports/store.ts';
import { currencyWith } from '../cash/currencies.ts';
import { limitOf, whyNotInto, whyNotOutOf } from '../cash/drawerLimits.ts';
import { piecesOf } from '../cash/drawers.ts';
import { keepFile, lookAtFile, type FileRefusal } from '../clients/keepFile.ts';
import { expectedInDrawer } from '../counter/operationDay.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import { isSamePerson } from '../session/samePerson.ts';
import type { Session } from '../session/sessions.ts';
import { keepsVault } from './keepers.ts';
import { slipTold } from './showVault.ts';

type Method = BranchContract['vault']['makeSlip'];
type Input = ParsedInputOf<Method>;
type Why = Exclude<Extract<AnswerOf<Method>, { ok: false }>['refusal']['code'], `session.${string}`>;
type Refused = Refusal<Why>;

/** `second`: who signed with their password; null where nobody did, which is enough only where a client is the other. */
export function makeSlip(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: Input,
  second: string | null,
): AnswerOf<Method> {
  const photographed = photoOf(parts, input);
  if (!photographed.ok) return photographed;
  const photo = photographed.value;
  return parts.store.write((write) => {
    const used = write.slipOfForm(input.formId);
    if (used !== null)
      // The same slip on another day is another movement of cash, or none: it is never answered with yesterday's.
      return isOf(input, used.body, session.username) && write.openDay()?.businessDate === used.body.businessDate
        ? ok({ ...slipTold(write, used.body, session.username), replayed: true })
        : refuse({ code: 'form.alreadyUsed' as const, facts: recordedSlip(used.body, session.username) });
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const day = write.openDay();
    if (day === null) return refuse({ code: 'businessDay.closed' });
    if (identityOf(write).newCodeSince !== undefined) return refuse({ code: 'device.newCodeNeeded' });
    if ((second === null) !== (SLIP_RULES[input.kind].people === 'holder')) return refuse({ code: 'slip.signersUnfit' });
    const people = [session.username, second] as const;
    const planned = plan(write, day, input, people);
    return planned.ok
      ? ok({ ...slipTold(write, record(write, parts, day, { ...input, photo }, people, planned.value), session.username), replayed: false })
      : refuse(planned.refusal);
  });
}

/** In the vault of files before any row names it; null where none goes along. */
function photoOf({ vault }: BranchParts, { kind, photo }: Input): Result<FileRef | null, FileRefusal | Refusal<'slip.noPhoto'>> {
  if (photo === undefined) return ok(null);
  if (SLIP_RULES[kind].takesPhoto !== true) return refuse({ code: 'slip.noPhoto' });
  const looked = lookAtFile(photo, { bytesMost: DOCUMENT_BYTES_MOST, picturesOnly: true });
  return looked.ok ? ok(keepFile(vault, looked.value)) : looked;
}

function isOf(input: Input, slip: CashSlip, username: string): boolean {
  return (
    slip.kind === input.kind &&
    slip.made.username === username &&
    (slip.kind === 'vaultDifference' || slip.piecesBack !== undefined || slip.amountMinor === input.amountMinor) &&
    slip.drawers.length === input.drawerIds.length &&
    slip.drawers.every(({ drawerId }, at) => drawerId === input.drawerIds[at]) &&
    (slip.piecesBack === undefined || (isSame(slip.pieces, input.pieces) && isSame(slip.piecesBack, input.piecesBack))) &&
    (slip.kind !== 'atBank' || slip.count === input.bag)
  );
}

function isSame(one: Pieces | null, other: Pieces | undefined): boolean {
  const told = (each: Pieces): string => canonicalJson(inOrder(each) as unknown as Json);
  return told(one ?? []) === told(other ?? []);
}

/** What was recorded with the form, for the words of the refusal; the sum for whoever made the slip alone. */
function recordedSlip({ number, at, businessDate, made, amountMinor, currency }: CashSlip, viewer: string): RefusalFacts {
  const sum = made.username === viewer ? { amountMinor, currency: currency.code, decimals: currency.decimals } : {};
  return { recordedAt: at, businessDate, slipNumber: number, ...sum };
}

type People = readonly [string, string | null];

interface Planned extends Pick<CashSlip, 'currency' | 'amountMinor' | 'pieces' | 'piecesBack' | 'vaultMinor' | 'expectedMinor' | 'count'> {
  readonly drawers: readonly DrawerRecord[];
}

function plan(write: WriteStore, day: DayRecord, input: Input, people: People): Result<Planned, Refused> {
  const rule = SLIP_RULES[input.kind];
  const drawers = drawersFor(write, day, input);
  if (!drawers.ok) return drawers;
  const misfit = misfitOfPeople(write, rule.people, people, drawers.value);
  if (misfit !== null) return refuse({ code: misfit });
  const bag = input.kind === 'atBank' ? write.bagsOnTheRoad().find(({ number }) => number === input.bag) : undefined;
  if (input.kind === 'atBank' && bag === undefined) return refuse({ code: 'slip.bagUnknown' });
  const code = bag?.currency ?? drawers.value[0]?.currency ?? input.currency ?? identityOf(write).currency.code;
  const currency = currencyWith(write, code);
  if (currency === null) return refuse({ code: 'drawer.noSuchCurrency', facts: { currency: code } });
  if (rule.reasonIs !== null && !isReason(input.reason)) return refuse({ code: 'slip.reasonNeeded' });
  const held = write.vaultSums().find((sum) => sum.currency === code)?.minor ?? null;
  if (input.kind === 'opening' && held !== null) return refuse({ code: 'vault.alreadyOpened' });
  const isOfVault = rule.people === 'keeper' || rule.vault !== 0 || rule.changesWith === 'vault';
  if (input.kind !== 'opening' && isOfVault && held === null) return refuse({ code: 'vault.notOpened' });
  const sum =
    input.kind === 'vaultDifference'
      ? declared(write, code)
      : rule.changesWith === undefined
        ? counted(input, currency, bag?.number ?? null)
        : changed(input, currency);
  if (!sum.ok) return sum;
  const { amountMinor, vaultMinor } = sum.value;
  if (!rule.isCount && amountMinor === 0) return refuse({ code: 'slip.nothingMoved' });
  if (rule.changesWith === 'vault' && (held ?? 0) < amountMinor) return refuse({ code: 'vault.notEnough' });
  const heldAfter = (held ?? 0) + vaultMinor;
  if (heldAfter < 0) return refuse({ code: 'vault.notEnough' });
  if (heldAfter > AMOUNT_MINOR_MAX) return refuse({ code: 'slip.tooMuch' });
  for (const [at, drawer] of drawers.value.entries()) {
    const move = rule.drawers[at] ?? null;
    if (move === 'settled' && expectedOf(write, drawer) < amountMinor) return refuse({ code: 'drawer.notEnoughCash' });
    const stopped = stoppedByLimit(write, drawer, move, input.kind, amountMinor);
    if (stopped !== null) return refuse(stopped);
  }
  const looksInto = rule.isCount && rule.drawers[0] === null ? drawers.value[0] : undefined;
  const expectedMinor =
    looksInto !== undefined ? expectedOf(write, looksInto) : input.kind === 'vaultCount' ? held : (bag?.body.amountMinor ?? null);
  return ok({ ...sum.value, currency, expectedMinor, drawers: drawers.value });
}

type Sum = Pick<Planned, 'amountMinor' | 'pieces' | 'piecesBack' | 'vaultMinor' | 'count'>;

/** `count`: the slip that it answers. */
function counted(input: Input, currency: Currency, count: string | null): Result<Sum, Refused> {
  const { amountMinor } = input;
  const pieces = piecesOf(input.pieces, currency, amountMinor);
  if (!pieces.ok) return pieces;
  return ok({ amountMinor, pieces: pieces.value, vaultMinor: (SLIP_RULES[input.kind].vault ?? 0) * amountMinor, count });
}

/**
 * Notes for notes. Whether the drawer can hold as much is not asked: nothing moves, and an answer would tell, sum by sum, what must lie in it
 * (ADR 0035).
 */
function changed({ pieces: given, piecesBack: got }: Input, currency: Currency): Result<Sum, Refused> {
  if (given === undefined || got === undefined) return refuse({ code: 'slip.piecesNeeded' });
  const amountMinor = sumOfPieces(given);
  if (sumOfPieces(got) !== amountMinor) return refuse({ code: 'slip.sumsDiffer' });
  if (amountMinor > AMOUNT_MINOR_MAX) return refuse({ code: 'slip.tooMuch' });
  const [pieces, piecesBack] = [piecesOf(given, currency, amountMinor), piecesOf(got, currency, amountMinor)];
  if (!pieces.ok) return pieces;
  if (!piecesBack.ok) return piecesBack;
  if (pieces.value === null || piecesBack.value === null) return refuse({ code: 'slip.piecesNeeded' });
  if (isSame(pieces.value, piecesBack.value)) return refuse({ code: 'slip.nothingMoved' });
  return ok({ amountMinor, pieces: pieces.value, piecesBack: piecesBack.value, vaultMinor: 0, count: null });
}

/** What the last count of the vault found, once. */
function declared(read: ReadStore, currency: string): Result<Sum, Refused> {
  const count = read.lastSlipOf('vaultCount', currency);
  const differenceMinor = count === null ? 0 : (differenceOf(count.body) ?? 0);
  if (count === null || differenceMinor === 0 || read.lastSlipOf('vaultDifference', currency)?.body.count === count.number)
    return refuse({ code: 'vault.nothingToDeclare' });
  return ok({ amountMinor: Math.abs(differenceMinor), pieces: null, vaultMinor: differenceMinor, count: count.number });
}

function expectedOf(read: ReadStore, drawer: DrawerRecord): number {
  return expectedInDrawer(drawer, read.drawerTotals(drawer.drawerId));
}

/** What goes into a drawer is asked of its most, what is spent from it of its least; to the vault and to a colleague it always gives. */
function stoppedByLimit(
  read: ReadStore,
  drawer: DrawerRecord,
  move: SlipDrawer['move'],
  kind: Input['kind'],
  amountMinor: number,
): Refused | null {
  if (kind === 'pettyOut') return whyNotOutOf(read, drawer, 'house');
  if (move !== 'allocated') return null;
  if (isTooMuchForOne(limitOf(read, drawer.currency), amountMinor)) return { code: 'drawer.tooMuchForOne' };
  return whyNotInto(read, drawer, 'house');
}

/** As many as the kind names, open on this day, not counted for their close, each once, and of one currency. */
function drawersFor(read: ReadStore, day: DayRecord, { kind, drawerIds }: Input): Result<readonly DrawerRecord[], Refused> {
  const wanted = SLIP_RULES[kind].drawers.length;
  if (drawerIds.length !== wanted || new Set(drawerIds).size !== wanted) return refuse({ code: 'slip.drawersUnfit' });
  const drawers: DrawerRecord[] = [];
  for (const drawerId of drawerIds) {
    const drawer = read.drawer(drawerId);
    if (drawer === null || drawer.closedAt !== null || drawer.businessDate !== day.businessDate) return refuse({ code: 'drawer.notOpen' });
    if (read.drawerCounts(drawerId).length > 0) return refuse({ code: 'drawer.counted' });
    if (drawers.some(({ currency }) => currency !== drawer.currency))
      return refuse({ code: 'drawer.otherCurrency', facts: { currency: drawer.currency } });
    drawers.push(drawer);
  }
  return ok(drawers);
}

function misfitOfPeople(
  read: ReadStore,
  wanted: (typeof SLIP_RULES)[keyof typeof SLIP_RULES]['people'],
  both: People,
  drawers: readonly DrawerRecord[],
): 'vault.keeperNeeded' | 'vault.holderNeeded' | null {
  const people = both.filter((each) => each !== null);
  const isKeepers = wanted === 'keeper' || wanted === 'keeperAndHolder';
  if (isKeepers && !people.some((username) => keepsVault(read, username))) return 'vault.keeperNeeded';
  const holds = (drawer: DrawerRecord): boolean => people.some((username) => isSamePerson(read, drawer.username, username));
  return drawers.every(holds) ? null : 'vault.holderNeeded';
}

function record(
  write: WriteStore,
  parts: BranchParts,
  { businessDate }: DayRecord,
  { formId, kind, reason, photo }: Omit<Input, 'photo'> & { readonly photo: FileRef | null },
  [maker, second]: People,
  { drawers, ...planned }: Planned,
): CashSlip {
  const { officeCode, deviceCode, institution, officeName, practice, zone } = identityOf(write);
  const at = parts.clock.now();
  const nameOf = (username: string): string => write.staff(username)?.displayName ?? username;
  const sequence = nextSlipSequence(write);
  const moved = drawers.map(({ drawerId, name, username }, place): SlipDrawer => ({
    drawerId,
    name,
    heldBy: nameOf(username),
    move: SLIP_RULES[kind].drawers[place] ?? null,
  }));
  const unsealed: CashSlip = {
    ...planned,
    number: slipNumberOf(officeCode, deviceCode, sequence),
    kind,
    formId,
    institution,
    officeName,
    deviceCode,
    practice,
    zone,
    businessDate,
    at,
    drawers: moved,
    reason,
    made: { username: maker, name: nameOf(maker) },
    signed: second === null ? null : { username: second, name: nameOf(second) },
    ...(photo === null ? {} : { photo }),
    after: write.lastMovement(),
    previousHash: write.lastSlip()?.hash ?? FIRST_HASH,
    hash: '',
  };
  assertInvariant(isSlipRight(unsealed), 'I7', 'a slip does to the vault and to its drawers what its kind does');
  const slip: CashSlip = { ...unsealed, hash: slipHash(unsealed, (text) => parts.digest.sha256(text)) };
  const { number, hash, vaultMinor, amountMinor, currency } = slip;
  write.insertSlip({ sequence, number, formId, kind, businessDate, currency: currency.code, vaultMinor, body: slip, hash });
  for (const { drawerId, move } of moved)
    if (move !== null)
      write.insertMovement({
        movementId: parts.ids.newId(),
        drawerId,
        kind: move,
        amountMinor,
        currency: currency.code,
        commandId: null,
        receiptId: null,
        at,
        slip: number,
      });
  appendEntry(write, parts.digest, {
    what: 'cash.slip',
    by: maker,
    businessDate,
    at,
    body: { slip: number, slipHash: hash, kind, amountMinor, currency: currency.code, ...(second === null ? {} : { signedBy: second }) },
  });
  return slip;
}
