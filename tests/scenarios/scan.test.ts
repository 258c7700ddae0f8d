// What a scanned code names, by this branch's own papers and by head office's numbers.

import { expect, test } from 'vitest';
import { rows } from '../simulation/checkers/rows.ts';
import { play } from './scene.ts';

test('a receipt by its number or its square, a PC by its label, whatever has the number by the number', () =>
  play({}, async (scene) => {
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 });
    await scene.deposit(scene.achieng, scene.savings(0), 120_000);
    const scanned = async (...codes: string[]) => (await scene.get(scene.achieng, 'clients.scan', { codes })).found;
    const { lines } = await scene.get(scene.achieng, 'receipts.list', {});
    const receipt = lines[0]?.receipt;
    const hash = receipt?.hash ?? '';
    const number = receipt?.number ?? '';
    expect(await scanned(number.toLowerCase())).toEqual([{ kind: 'receipt', receiptId: receipt?.receiptId, number }]);
    expect(await scanned(receipt?.proof ?? '')).toMatchObject([{ kind: 'receipt', number }]);
    // What is not simply one of ours is looked at before anything is opened.
    for (const code of [`TAWI:${number}:${hash.slice(0, 16)}`, `TAWI:${number}:${'0'.repeat(16)}`, 'TAWI:2:AAAA'])
      expect(await scanned(code)).toEqual([{ kind: 'paper', code }]);
    const [office, device] = number.split('-');
    expect(await scanned(`${office ?? ''}-${device ?? ''}`)).toMatchObject([{ kind: 'device', mine: true }]);
    expect(await scanned(`${office ?? ''}-88`)).toMatchObject([{ kind: 'device', mine: false }]);

    const [client] = rows<{ clientId: string; accountNo: string }>(
      scene.pc.database(),
      'SELECT client_id AS clientId, account_no AS accountNo FROM replica_clients ORDER BY server_id LIMIT 1',
    );
    const accountNo = client?.accountNo ?? '';
    expect((await scanned(accountNo))[0]).toMatchObject({ kind: 'client', clientId: client?.clientId, number: accountNo });
    // The second reading of a scanner on another keyboard, and the check digit's leading zero of some barcodes.
    expect((await scanned('àààààààà&', accountNo))[0]).toMatchObject({ clientId: client?.clientId });
    expect((await scanned(`0${accountNo}`))[0]).toMatchObject({ clientId: client?.clientId });
    // A short number must be written as it is.
    expect(await scanned(accountNo.replace(/^0+/, ''))).toEqual([]);

    for (const [kind, table, id] of [
      ['loan', 'replica_loans', 'loan_id'],
      ['savings', 'replica_savings', 'savings_id'],
      ['group', 'replica_groups', 'group_id'],
    ] as const) {
      const [one] = rows<{ id: string; accountNo: string }>(
        scene.pc.database(),
        `SELECT ${id} AS id, account_no AS accountNo FROM ${table} WHERE gone = 0 ORDER BY server_id DESC LIMIT 1`,
      );
      if (one === undefined) continue;
      expect((await scanned(one.accountNo)).map((found) => found.kind)).toContain(kind);
    }
    expect(await scanned('4006381333931')).toEqual([]);
  }));
