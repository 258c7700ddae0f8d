// Every receipt proves itself, whatever happened to the PC since: its code says what the receipt says, signed by a key that the books brought by an entry.
// Only what an earlier program gave has no signature, and nothing given after it lacks one. A copy, or a void, has the code of the original.

import type { Database } from 'better-sqlite3';
import type { Receipt } from '../../../shared/domain/records.ts';
import type { PaperTray } from '../../world/paperTray.ts';
import { readProof } from '../../world/readProof.ts';
import { holds } from './brokenPromise.ts';
import { cameOutOf } from './paperChecker.ts';
import { rows } from './rows.ts';

const PROMISE = 'a receipt proves itself';

interface Key {
  readonly officeCode: string;
  readonly deviceCode: string;
  readonly publicKey: string;
}

export interface SignatureChecker {
  check(database: Database): void;
}

export function createSignatureChecker(name: string): SignatureChecker {
  /** Each is reckoned once: that it never changes since is looked at elsewhere. */
  const seen = new Set<string>();
  return {
    check(database) {
      const keys = rows<{ body: string }>(database, `SELECT body FROM journal_entries WHERE what = 'signature.key'`).map(
        ({ body }) => JSON.parse(body) as Key,
      );
      let isSigned = false;
      for (const { body } of rows<{ body: string }>(database, 'SELECT body FROM journal_receipts ORDER BY position')) {
        const receipt = JSON.parse(body) as Receipt;
        const { number, proof, hash, currency, amountMinor, deviceCode } = receipt;
        holds(proof !== undefined || !isSigned, PROMISE, `${name}: ${number} has no signature, and one before it has`);
        isSigned ||= proof !== undefined;
        if (proof === undefined || seen.has(hash + proof)) continue;
        seen.add(hash + proof);
        const { members, isBy } = readProof(proof);
        const [tawi, version, ofNumber, ofCurrency, amount, kind, mark] = members;
        const says =
          tawi === 'TAWI' &&
          version === '1' &&
          ofNumber === number &&
          ofCurrency === `${currency.code}${String(currency.decimals)}` &&
          amount === String(amountMinor) &&
          kind?.length === 2 &&
          mark?.toLowerCase() === hash.slice(0, 16) &&
          members.length === 7;
        holds(says, PROMISE, `${name}: the code of ${number} says ${members.join(' ')}`);
        const officeCode = number.split('-')[0];
        const isGood = keys.some((key) => key.officeCode === officeCode && key.deviceCode === deviceCode && isBy(key.publicKey));
        holds(isGood, PROMISE, `${name}: nobody's key fits the signature of ${number}`);
      }
    },
  };
}

/** Dot by dot: whatever was printed later is told by the same code. */
export function checkCodesOnPaper(name: string, tray: PaperTray): void {
  const codes = new Map<string, string>();
  cameOutOf(tray).forEach(({ number }, at) => {
    const picture = tray.papers[at]?.paper.pictures.at(-1);
    if (number === '' || picture === undefined) return;
    // The same printer draws the same code in the same place; one of another width draws it elsewhere.
    const dots = `${String(picture.width)} ${Buffer.from(picture.gray).toString('base64')}`;
    const known = codes.get(`${number} ${String(picture.width)}`) ?? dots;
    holds(known === dots, PROMISE, `${name}: two papers of ${number} carry different codes`);
    codes.set(`${number} ${String(picture.width)}`, known);
  });
}
