// Gives this PC a device code that no other PC of the office holds, by a row that head office keeps unique. Two PCs with one code would
// write the same receipt numbers (field rules 1.6). A code once given is not given again, even when its PC is gone.

import { nextDeviceCode } from '../../../shared/domain/receipts/deviceCode.ts';
import type { Answer, Credential, HeadOffice, Trouble } from '../../ports/headOffice.ts';
import { nonsense } from '../classifyTrouble.ts';
import { DATE_FORMAT } from '../dates.ts';
import { decoding, failed, isGone } from '../line.ts';
import type { Line } from '../line.ts';
import { Members } from '../members.ts';
import { DEVICE_TABLE } from './tables.ts';

type Request = Parameters<HeadOffice['enrolDevice']>[0];
type Enrolled = { readonly deviceCode: string; readonly registered: boolean } | { readonly taken: true };

interface DeviceRow {
  readonly key: string;
  readonly name: string | null;
  readonly enrolledAt: string | null;
}

const TRIES_MAX = 20;

export async function enrolDevice(line: Line, request: Request, credential: Credential): Promise<Answer<Enrolled>> {
  const url = `/datatables/${DEVICE_TABLE}/${request.officeServerId}`;
  let lastTrouble: Trouble = nonsense(`${DEVICE_TABLE}: no code was free`);
  const refusedCodes = new Set<string>();
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const rows = await readRows(line, url, credential);
    if (!rows.ok) return rows;
    if (rows.value === null) return { ok: true, value: { deviceCode: request.wantedCode ?? request.provisionalCode, registered: false } };

    const mine = rows.value.find((row) => isMine(row, request));
    if (mine !== undefined) return { ok: true, value: { deviceCode: mine.key.slice(request.officeCode.length + 1), registered: true } };
    const held = new Set([...rows.value.map((row) => row.key), ...refusedCodes]);
    const code = request.wantedCode ?? nextCode(held, request.officeCode);
    if (code === null) return failed(lastTrouble);
    const key = keyOf(request.officeCode, code);
    if (held.has(key)) return { ok: true, value: { taken: true } };

    const answer = await line.ask(
      {
        method: 'POST',
        url,
        body: { device_key: key, device_name: request.deviceName, enrolled_at: request.enrolledAtText, ...DATE_FORMAT },
      },
      credential,
    );
    if (answer.ok) return { ok: true, value: { deviceCode: code, registered: true } };
    // A lost answer is not repeated here: the next call finds the row and knows it for its own.
    if (answer.trouble.kind !== 'refused' || !isUniqueViolation(answer.trouble.code)) return answer;
    lastTrouble = answer.trouble;
    refusedCodes.add(key);
  }
  return failed(lastTrouble);
}

/** Null where head office has no such table, or none that this person may read: an office's own people are refused what is not there. */
async function readRows(line: Line, url: string, credential: Credential): Promise<Answer<readonly DeviceRow[] | null>> {
  const answer = await line.ask({ method: 'GET', url }, credential);
  if (!answer.ok) return isGone(answer.trouble) || isForbidden(answer.trouble) ? { ok: true, value: null } : answer;
  if (!Array.isArray(answer.value)) return failed(nonsense(`${DEVICE_TABLE}: not a list`));
  const list = answer.value as readonly unknown[];
  return decoding(() =>
    list.flatMap((each) => {
      const row = new Members(each, DEVICE_TABLE);
      const key = row.text('device_key');
      return key === null ? [] : [{ key, name: row.text('device_name'), enrolledAt: row.text('enrolled_at') }];
    }),
  );
}

/** What head office keeps apart: one row for each code of an office. */
export function keyOf(officeCode: string, deviceCode: string): string {
  return `${officeCode}-${deviceCode}`;
}

function isMine(row: DeviceRow, request: Request): boolean {
  const asked = request.wantedCode === null || row.key === keyOf(request.officeCode, request.wantedCode);
  return (
    asked &&
    row.key.startsWith(`${request.officeCode}-`) &&
    row.name === request.deviceName.trim() &&
    row.enrolledAt === request.enrolledAtText
  );
}

function nextCode(held: ReadonlySet<string>, officeCode: string): string | null {
  const keys = [...held].filter((key) => key.startsWith(`${officeCode}-`));
  return nextDeviceCode(keys.map((key) => Number(key.slice(officeCode.length + 1))));
}

function isForbidden(trouble: Trouble): boolean {
  return trouble.kind === 'refused' && trouble.status === 403;
}

function isUniqueViolation(code: string): boolean {
  return /duplicate|data\.integrity|unique|already\.exists/.test(code);
}
