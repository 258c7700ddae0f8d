// The last number that a PC gave, kept at its row of the device table: whoever else gives numbers under the same code is found out by it.

import type { Answer, Credential, DeviceRow } from '../../ports/headOffice.ts';
import { nonsense } from '../classifyTrouble.ts';
import { DATE_FORMAT } from '../dates.ts';
import { decoding, failed, isGone } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';
import { keyOf } from './enrolDevice.ts';
import { DEVICE_TABLE, NUMBERS_GIVEN } from './tables.ts';

type Device = Readonly<Record<'officeCode' | 'deviceCode', string>> & { readonly officeServerId: number };

/** Null where head office keeps no such row, its table has no place for it, or this person may not read it. */
export async function readDeviceRow(line: Line, device: Device, credential: Credential): Promise<Answer<DeviceRow | null>> {
  const answer = await line.ask({ method: 'GET', url: `/datatables/${DEVICE_TABLE}/${device.officeServerId}` }, credential);
  if (!answer.ok) return isGone(answer.trouble) || answer.trouble.kind === 'refused' ? { ok: true, value: null } : answer;
  if (!Array.isArray(answer.value)) return failed(nonsense(`${DEVICE_TABLE}: not a list`));
  const rows = answer.value as readonly unknown[];
  return decoding(() => {
    const row = rows
      .map((each) => new Members(each, DEVICE_TABLE))
      .find((each) => each.text('device_key') === keyOf(device.officeCode, device.deviceCode));
    if (row === undefined || !(NUMBERS_GIVEN in row.raw)) return null;
    return { rowId: needed(row.id('id'), row, 'id'), numbersGiven: row.text(NUMBERS_GIVEN) };
  });
}

/** False where this person may not. */
export async function tellNumbersGiven(
  line: Line,
  { officeServerId, rowId, numbersGiven }: { readonly officeServerId: number; readonly rowId: number; readonly numbersGiven: string },
  credential: Credential,
): Promise<Answer<boolean>> {
  const url = `/datatables/${DEVICE_TABLE}/${officeServerId}/${rowId}`;
  const answer = await line.ask({ method: 'PUT', url, body: { [NUMBERS_GIVEN]: numbersGiven, ...DATE_FORMAT } }, credential);
  if (!answer.ok) return answer.trouble.kind === 'refused' ? { ok: true, value: false } : answer;
  return { ok: true, value: true };
}
