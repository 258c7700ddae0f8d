// The faster way of reading, as an administrator makes it, sees it and takes it away again: prepared reports at head office, and one user of
// this PC's own that may run them and nothing else. Staff get no right on them, because whoever may run a report can read other offices.

import { freshPassword } from '../../journal/freshPassword.ts';
import { identityOf, readSetting, saveSetting, type KeptWindow } from '../../journal/settings.ts';
import type { Answer, Credential, PreparationItem } from '../../ports/headOffice.ts';
import type { BranchParts } from '../parts.ts';

/** One user per PC, so that a PC that is lost can be shut out alone. */
function readerNameOf(parts: BranchParts): string {
  const identity = parts.store.read(identityOf);
  return `tawi.${identity.officeCode}-${identity.deviceCode}`;
}

/** Shown beside what must be there; this need not. */
export async function windowItem(parts: BranchParts, credential: Credential): Promise<Answer<PreparationItem>> {
  const { window } = parts.headOffice;
  const state = await window.check(credential);
  if (!state.ok) return state;
  const kept = parts.store.read((read) => readSetting(read, 'window'));
  const detail = [
    `${kept?.username ?? readerNameOf(parts)}: ${window.plan.role}`,
    ...(kept?.difference == null ? [] : [kept.difference]),
    ...(state.value.reports === 'present' || state.value.detail === null ? [] : [`${state.value.reports}: ${state.value.detail}`]),
  ];
  return {
    ok: true,
    value: {
      key: 'readingWindow',
      state: stateOf(state.value.reports, kept),
      name: window.plan.reports.join(', '),
      why: 'preparation.readingWindow',
      detail: detail.join('; '),
    },
  };
}

function stateOf(reports: string, kept: KeptWindow | null): PreparationItem['state'] {
  if (kept?.proof === 'different' || reports === 'outdated') return 'wrong';
  if (reports === 'unknown') return kept?.proof === 'equal' ? 'present' : kept?.proof === 'wanted' ? 'comparing' : 'unknown';
  if (reports === 'missing' || kept?.sealedPassword == null) return 'missing';
  return kept.proof === 'equal' ? 'present' : 'comparing';
}

/** Safe to repeat: reports are brought up to this Tawi's, the user gets a new password, and both ways are compared anew. */
export async function openWindow(parts: BranchParts, credential: Credential): Promise<Answer<readonly string[]>> {
  const { window } = parts.headOffice;
  const made = await window.prepare(credential);
  if (!made.ok) return made;
  const identity = parts.store.read(identityOf);
  const username = readerNameOf(parts);
  const password = freshPassword(parts);
  const sealed = parts.seals.seal(password);
  const before = parts.store.read((read) => readSetting(read, 'window'));
  const pending: KeptWindow = {
    userServerId: null,
    sealedPassword: null,
    changedAt: parts.clock.now(),
    provedAt: null,
    cursors: null,
    ...before,
    username,
    // Kept before it is sent: if the answer is lost, one of the two signs in.
    sealedNext: sealed,
    proof: 'wanted',
    difference: null,
  };
  parts.store.write((write) => {
    saveSetting(write, 'window', pending);
  });
  const user = await window.prepareReader(
    { username, deviceName: `${identity.officeCode}-${identity.deviceCode}`, officeServerId: identity.officeServerId, password },
    credential,
  );
  if (!user.ok) return user;
  parts.store.write((write) => {
    saveSetting(write, 'window', {
      ...pending,
      userServerId: user.value.userServerId,
      sealedPassword: sealed,
      sealedNext: null,
      changedAt: parts.clock.now(),
    });
  });
  parts.sync.wake();
  return { ok: true, value: [...made.value, ...(user.value.created ? [username] : [])] };
}

/** First this PC's own right, then the reports, which other PCs may still use: the administrator says whether they go as well. */
export async function shutWindow(parts: BranchParts, credential: Credential, removeReports: boolean): Promise<Answer<readonly string[]>> {
  const { window } = parts.headOffice;
  const kept = parts.store.read((read) => readSetting(read, 'window'));
  // From now on the API's way reads, whatever becomes of the rest.
  parts.store.write((write) => {
    saveSetting(write, 'window', null);
  });
  const username = kept?.username ?? readerNameOf(parts);
  const revoked = await window.revokeReader(username, credential);
  if (!revoked.ok) return revoked;
  const removed = removeReports ? await window.remove(credential) : { ok: true as const, value: [] };
  if (!removed.ok) return removed;
  return { ok: true, value: [...(revoked.value ? [username] : []), ...removed.value] };
}
