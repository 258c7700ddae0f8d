// A note on a client is a fact without money: told to head office once, whatever becomes of the request or its answer.

import type { RecordFact } from '../../../shared/contract/shapes.ts';
import { rowsOf, textOf } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];

export async function notes(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier } = institution.people;
  const account = await stage.takeSavings('plain');
  const { clientId } = await stage.savingsView(pc, account);
  if (clientId === null) throw new Error('the account has no client');
  const shown = async (commandId: string): Promise<RecordFact | null> =>
    (await pc.get(cashier, 'clients.show', { clientId })).notes.find((each) => each.commandId === commandId) ?? null;
  for (const fault of FAULTS) {
    if (fault !== null) pc.line.arm(fault);
    const text = `Seen on market day, ${fault ?? 'a good line'}`;
    const { commandId } = await pc.get(cashier, 'clients.addNote', { formId: newForm(), clientId, text });
    await pc.until(cashier, async () => (await shown(commandId))?.standing === 'confirmed');
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    const standing = (await shown(commandId))?.standing ?? 'not shown';
    const there = rowsOf(await stage.api.get(`/clients/${String(account.clientServerId)}/notes`));
    const mine = there.filter((row) => textOf(row['note']).includes(commandId));
    stage.check(`${fault ?? 'a good line'}: the note stands there once, with its words`, [
      ...wrongUnless(standing === 'confirmed', `it is ${standing}`),
      ...wrongUnless(mine.length === 1, `it stands ${String(mine.length)} times at head office`),
      ...wrongUnless(
        mine.every((row) => textOf(row['note']).startsWith(text)),
        'other words',
      ),
      ...wrongUnless(struck, 'the fault did not strike'),
    ]);
  }
}
