// What lies in the vault by our own slips, the drawers that it may give to or take from, who may sign, and the slips of the day.

import type { AnswerOf, OutputOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { differenceOf, type CashSlip } from '../../../shared/domain/cash/cashSlip.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { ReadStore } from '../../ports/store.ts';
import { shownFile } from '../clients/keepFile.ts';
import { currenciesOf, currencyNamed } from '../cash/currencies.ts';
import { isDrawerTold } from '../cash/drawerView.ts';
import type { BranchParts } from '../parts.ts';
import { isSamePerson } from '../session/samePerson.ts';
import type { Session } from '../session/sessions.ts';
import { whoMay } from '../session/whoMay.ts';
import { keepsVault } from './keepers.ts';

type Vault = BranchContract['vault'];
type SlipTold = OutputOf<Vault['showSlip']>;

export function showVault({ store }: BranchParts, { username }: Session): AnswerOf<Vault['show']> {
  return store.read((read) => {
    const day = read.openDay();
    const keeps = keepsVault(read, username);
    const sums = read.vaultSums();
    const codes = new Set([...currenciesOf(read).map(({ code }) => code), ...sums.map(({ currency }) => currency)]);
    const keepers = new Set(whoMay(read, 'vault.keep', username).map((staff) => staff.username));
    const signers = [...whoMay(read, 'drawer.open', username), ...whoMay(read, 'vault.keep', username)];
    return ok({
      businessDate: day?.businessDate ?? null,
      keeps,
      vaults: [...codes].map((code) => {
        const sum = sums.find(({ currency }) => currency === code);
        return {
          currency: currencyNamed(read, code),
          opened: sum !== undefined,
          expectedMinor: keeps ? (sum?.minor ?? null) : null,
          lastCount: keeps ? lastCountOf(read, code) : null,
        };
      }),
      drawers:
        day === null
          ? []
          : read
              .drawersOf(day.businessDate)
              .filter(({ drawerId, closedAt }) => closedAt === null && read.drawerCounts(drawerId).length === 0)
              .map((drawer) => ({
                drawerId: drawer.drawerId,
                name: drawer.name,
                heldBy: read.staff(drawer.username)?.displayName ?? drawer.username,
                username: drawer.username,
                mine: isSamePerson(read, drawer.username, username),
                currency: currencyNamed(read, drawer.currency),
              })),
      signers: [...new Map(signers.map((staff) => [staff.username, staff])).values()].map((staff) => ({
        username: staff.username,
        displayName: staff.displayName,
        role: staff.role,
        keeps: keepers.has(staff.username),
      })),
      onTheRoad: keeps ? read.bagsOnTheRoad().map(({ body }) => bagOf(body)) : [],
      slips:
        day === null
          ? []
          : read
              .slipsOf(day.businessDate)
              .filter(({ body }) => isToldOf(read, body, username))
              .map(({ body }) => slipTold(read, body, username))
              .reverse(),
    });
  });
}

export function showSlip(
  { store }: BranchParts,
  { username }: Session,
  { number }: ParsedInputOf<Vault['showSlip']>,
): AnswerOf<Vault['showSlip']> {
  return store.read((read) => {
    const slip = read.slip(number);
    return slip === null || !isToldOf(read, slip.body, username)
      ? refuse({ code: 'slip.unknown' })
      : ok(slipTold(read, slip.body, username));
  });
}

/** Told like the slip that names it. */
export function showPhoto(
  { store, vault }: BranchParts,
  { username }: Session,
  { number }: ParsedInputOf<Vault['showPhoto']>,
): AnswerOf<Vault['showPhoto']> {
  const slip = store.read((read) => {
    const found = read.slip(number);
    return found !== null && isToldOf(read, found.body, username) ? found.body : null;
  });
  if (slip === null) return refuse({ code: 'slip.unknown' });
  if (slip.photo === undefined) return refuse({ code: 'file.unknown' });
  const file = shownFile(vault, slip.photo.sha256);
  return file === null ? refuse({ code: 'file.lost' }) : ok(file);
}

function lastCountOf(read: ReadStore, currency: string) {
  const count = read.lastSlipOf('vaultCount', currency);
  if (count === null) return null;
  const { number, businessDate, at, amountMinor } = count.body;
  return {
    number,
    businessDate,
    at,
    countedMinor: amountMinor,
    differenceMinor: differenceOf(count.body) ?? 0,
    declared: read.lastSlipOf('vaultDifference', currency)?.body.count === number,
  };
}

function bagOf({ number, businessDate, at, currency, amountMinor, reason }: CashSlip) {
  return { number, businessDate, at, currency, amountMinor, seal: reason };
}

/** A keeper is told of every slip, others of those that they made, signed or held a drawer of. */
function isToldOf(read: ReadStore, { made, signed, drawers }: CashSlip, viewer: string): boolean {
  const holders = drawers.flatMap(({ drawerId }) => read.drawer(drawerId)?.username ?? []);
  return (
    keepsVault(read, viewer) ||
    [made.username, ...(signed === null ? [] : [signed.username]), ...holders].some((one) => isSamePerson(read, one, viewer))
  );
}

/** A surprise count does not tell a drawer's holder what they still have to count blind. */
export function slipTold(read: ReadStore, slip: CashSlip, viewer: string): SlipTold {
  const isBlind = slip.drawers.some(({ drawerId }) => {
    const drawer = read.drawer(drawerId);
    return drawer !== null && !isDrawerTold(read, drawer, viewer);
  });
  return {
    ...slip,
    pieces: slip.pieces?.slice() ?? null,
    piecesBack: slip.piecesBack?.slice(),
    drawers: slip.drawers.slice(),
    expectedMinor: isBlind ? null : slip.expectedMinor,
    prints: read.slipPrints(slip.number).length,
  };
}
