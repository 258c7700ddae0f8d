// The administrator's screen "Prepare head office": shows what Tawi needs there, creates it through the API, and checks it. Without it Tawi
// works in the weaker mode, with the receipt number as the only marker, and says so (contract 4.2).

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { keepReference } from '../../journal/keepReference.ts';
import { readSetting, saveSetting } from '../../journal/settings.ts';
import type { Answer, Credential, PreparationItem, ReferenceRow, Trouble } from '../../ports/headOffice.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import type { BranchParts } from '../parts.ts';
import { ownCredential } from '../session/ownCredential.ts';
import type { Session } from '../session/sessions.ts';
import { openWindow, shutWindow, windowItem } from './readingWindow.ts';
import { suspenseAccountsIn } from './suspenseAccounts.ts';

type HeadOfficeMethods = BranchContract['headOffice'];

export async function showPreparation(parts: BranchParts, session: Session): Promise<AnswerOf<HeadOfficeMethods['showPreparation']>> {
  const credential = ownCredential(parts, session.username);
  if (credential === null) return refuse({ code: 'headOffice.signInNeeded' });
  const answer = await parts.headOffice.checkPreparation(credential);
  if (!answer.ok) return refuse({ code: codeOf(answer.trouble) });
  const window = await windowItem(parts, credential);
  if (!window.ok) return refuse({ code: codeOf(window.trouble) });
  const activities = await readActivities(parts, credential);
  const checkedAt = parts.clock.now();
  parts.store.write((write) => {
    // So that this PC knows at once whether transfers are possible, and not when the list is next read.
    if (activities.ok) keepReference(write, 'financialActivities', activities.value, checkedAt, 'again');
    saveSetting(write, 'preparation', { markers: answer.value.markers, checkedAt });
  });
  const suspenseAccountId = parts.store.read((read) => readSetting(read, 'suspenseAccounts'))?.suspenseGlAccountId ?? null;
  return ok({
    mode: answer.value.markers,
    checkedAt,
    suspenseAccountId,
    items: [...answer.value.items, window.value].map((item) =>
      item.key === 'suspenseAccount' ? suspenseItem(parts, item, suspenseAccountId) : { ...item },
    ),
  });
}

/** The account that this PC posts to, whatever else has such a name; where none is chosen and several could be meant, it is missing here. */
function suspenseItem(parts: BranchParts, item: PreparationItem, chosenId: number | null): PreparationItem {
  const rows = parts.store.read((read) => read.reference('glAccounts'));
  const chosen = rows.find((row) => row.serverId === chosenId);
  if (chosen !== undefined)
    return { ...item, state: 'present', name: `${String(chosen.body['glCode'] ?? '')} ${chosen.name}`.trim(), detail: null };
  return item.state === 'present' && suspenseAccountsIn(rows, undefined) === null ? { ...item, state: 'missing', name: '' } : { ...item };
}

export async function prepareHeadOffice(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<HeadOfficeMethods['prepare']>,
): Promise<AnswerOf<HeadOfficeMethods['prepare']>> {
  const credential = ownCredential(parts, session.username);
  if (credential === null) return refuse({ code: 'headOffice.signInNeeded' });
  const created = await parts.headOffice.prepare(credential, { transferGlAccountId: input.transferAccountId });
  if (!created.ok) return refuseTrouble(created.trouble);
  const opened = input.window === true ? await openWindow(parts, credential) : { ok: true as const, value: [] };
  if (!opened.ok) return refuseTrouble(opened.trouble);
  const checked = await parts.headOffice.checkPreparation(credential);
  const accounts = await parts.headOffice.pullReference('glAccounts', credential);
  const activities = await readActivities(parts, credential);
  const at = parts.clock.now();
  const mode = checked.ok ? checked.value.markers : 'unknown';
  parts.store.write((write) => {
    if (checked.ok) saveSetting(write, 'preparation', { markers: checked.value.markers, checkedAt: at });
    if (accounts.ok) keepReference(write, 'glAccounts', accounts.value, at);
    if (activities.ok) keepReference(write, 'financialActivities', activities.value, at, 'again');
    const suspense = suspenseAccountsIn(write.reference('glAccounts'), input.suspenseAccountId);
    if (suspense !== null) saveSetting(write, 'suspenseAccounts', suspense);
    appendEntry(write, parts.digest, {
      what: 'headOffice.prepared',
      by: session.username,
      businessDate: currentBusinessDate(write, parts.clock),
      at,
      body: { created: [...created.value, ...opened.value], mode },
    });
  });
  parts.events.tell({ what: 'sync.changed' });
  // What could not be done before, such as registering this PC's code, is done now and not at the next round.
  parts.sync.wake();
  return ok({ created: [...created.value, ...opened.value], mode });
}

export async function closeReadingWindow(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<HeadOfficeMethods['closeWindow']>,
): Promise<AnswerOf<HeadOfficeMethods['closeWindow']>> {
  const credential = ownCredential(parts, session.username);
  if (credential === null) return refuse({ code: 'headOffice.signInNeeded' });
  const removed = await shutWindow(parts, credential, input.removeReports);
  if (!removed.ok) return refuseTrouble(removed.trouble);
  const at = parts.clock.now();
  parts.store.write((write) => {
    appendEntry(write, parts.digest, {
      what: 'headOffice.windowClosed',
      by: session.username,
      businessDate: currentBusinessDate(write, parts.clock),
      at,
      body: { removed: [...removed.value] },
    });
  });
  parts.events.tell({ what: 'sync.changed' });
  return ok({ removed: [...removed.value] });
}

/** That there are none is taken from head office only when it says so twice. */
async function readActivities(parts: BranchParts, credential: Credential): Promise<Answer<readonly ReferenceRow[]>> {
  const answer = await parts.headOffice.pullReference('financialActivities', credential);
  return answer.ok && answer.value.length === 0 ? parts.headOffice.pullReference('financialActivities', credential) : answer;
}

function refuseTrouble(trouble: Trouble) {
  return refuse({
    code: trouble.kind === 'refused' ? ('headOffice.refused' as const) : codeOf(trouble),
    facts: trouble.kind === 'refused' ? { serverCode: trouble.code } : {},
  });
}

export function listAccounts(parts: BranchParts): AnswerOf<HeadOfficeMethods['listAccounts']> {
  return ok(
    parts.store.read((read) =>
      read.reference('glAccounts').map((row) => ({
        glAccountId: row.serverId,
        name: row.name,
        glCode: String(row.body['glCode'] ?? ''),
        type: String(row.body['type'] ?? ''),
      })),
    ),
  );
}

function codeOf(trouble: Trouble): 'headOffice.unreachable' | 'headOffice.signInNeeded' {
  return trouble.kind === 'signInNeeded' ? 'headOffice.signInNeeded' : 'headOffice.unreachable';
}
