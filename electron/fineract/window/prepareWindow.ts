// Our prepared reports at head office, and who may run them. Whoever may run a report can forge its parameters and read other offices' rows
// (head office pastes them into the statement), so nobody of the staff gets the right: one role holds it, and one user per PC holds that role
// and nothing else. Everything here is safe to repeat; a report of a newer Tawi is left alone.

import type { Redacted } from '../../../shared/kernel/redacted.ts';
import { reveal } from '../../../shared/kernel/redacted.ts';
import type { Answer, Credential } from '../../ports/headOffice.ts';
import type { ReadingUser, ReadingUserWanted, WindowState } from '../../ports/window.ts';
import { nonsense } from '../classifyTrouble.ts';
import { decoding, failed, isGone } from '../line.ts';
import type { Line, LineRequest } from '../line.ts';
import { Members, needed } from '../members.ts';
import { ALL_REPORTS, descriptionOf, REPORTS_VERSION, rightOf, versionIn } from './reports.ts';
import type { Report } from './reports.ts';

/** Persisted at every head office. */
export const READING_ROLE = 'Tawi reading';
const ROLE_TEXT = 'Runs the prepared reports of Tawi. Each PC of a branch has one user of its own with this role and no other.';
const RIGHTS: readonly string[] = ALL_REPORTS.map(rightOf);

interface FoundReport {
  readonly report: Report;
  readonly id: number | null;
  readonly state: WindowState['reports'];
}

export async function checkWindow(line: Line, credential: Credential): Promise<Answer<WindowState>> {
  const found = await findReports(line, credential);
  if (!found.ok) return found.trouble.kind === 'refused' ? { ok: true, value: { reports: 'unknown', detail: found.trouble.code } } : found;
  const of = (state: WindowState['reports']): readonly string[] =>
    found.value.filter((each) => each.state === state).map((each) => each.report.name);
  for (const state of ['missing', 'outdated', 'newer'] as const) {
    const names = of(state);
    if (names.length > 0) return { ok: true, value: { reports: state, detail: names.join(', ') } };
  }
  return { ok: true, value: { reports: 'present', detail: null } };
}

/** Creates the reports that are missing and brings older ones up to this Tawi's; answers their names. */
export async function prepareReports(line: Line, credential: Credential): Promise<Answer<readonly string[]>> {
  const found = await findReports(line, credential);
  if (!found.ok) return found;
  const changed: string[] = [];
  for (const { report, id, state } of found.value) {
    if (state !== 'missing' && state !== 'outdated') continue;
    const text = { description: descriptionOf(REPORTS_VERSION), reportSql: report.sql };
    const answer = await line.ask(
      id === null
        ? {
            method: 'POST',
            url: '/reports',
            body: { reportName: report.name, reportType: 'Table', reportCategory: 'Tawi', useReport: true, ...text },
          }
        : { method: 'PUT', url: `/reports/${id}`, body: text },
      credential,
    );
    if (!answer.ok) {
      // Somebody else may have been quicker, or an answer was lost on an earlier try: what counts is that it stands.
      const after = await findReports(line, credential);
      if (!after.ok || after.value.find((each) => each.report === report)?.state !== 'present') return answer;
    }
    changed.push(report.name);
  }
  return { ok: true, value: changed };
}

/**
 * One user for this PC, in its office, with our role alone; an existing one gets the new password, and its old one is worth nothing from then
 * on. `password` must be fresh and long.
 */
export async function prepareReadingUser(line: Line, wanted: ReadingUserWanted, credential: Credential): Promise<Answer<ReadingUser>> {
  const role = await prepareRole(line, credential);
  if (!role.ok) return role;
  const password = reveal(wanted.password);
  const secret = { password, repeatPassword: password };
  const before = await findUser(line, wanted.username, credential);
  if (!before.ok) return before;
  if (before.value !== null) {
    const { userServerId } = before.value;
    const body = { ...secret, officeId: wanted.officeServerId, roles: [role.value] };
    const answer = await line.ask({ method: 'PUT', url: `/users/${userServerId}`, body }, credential);
    return answer.ok ? { ok: true, value: { userServerId, created: false } } : answer;
  }
  const answer = await line.ask(
    {
      method: 'POST',
      url: '/users',
      body: {
        username: wanted.username,
        firstname: 'Tawi',
        lastname: wanted.deviceName,
        officeId: wanted.officeServerId,
        roles: [role.value],
        sendPasswordToEmail: false,
        passwordNeverExpires: true,
        ...secret,
      },
    },
    credential,
  );
  if (!answer.ok) return answer;
  return decoding(() => {
    const created = new Members(answer.value, 'user');
    return { userServerId: needed(created.id('resourceId'), created, 'resourceId'), created: true };
  });
}

/** A user changes its own password without any other right. */
export async function changeOwnPassword(
  line: Line,
  userServerId: number,
  next: Redacted<string>,
  credential: Credential,
): Promise<Answer<null>> {
  const password = reveal(next);
  const answer = await line.ask({ method: 'PUT', url: `/users/${userServerId}`, body: { password, repeatPassword: password } }, credential);
  return answer.ok ? { ok: true, value: null } : answer;
}

/** Takes the right away from this PC: its user is deleted. Gone already is as good. */
export async function revokeReadingUser(line: Line, username: string, credential: Credential): Promise<Answer<boolean>> {
  const user = await findUser(line, username, credential);
  if (!user.ok) return user;
  if (user.value === null) return { ok: true, value: false };
  return deleted(line, `/users/${user.value.userServerId}`, credential);
}

/** Removes every report of ours from head office, and with them the rights on them; the branch reads the API's way from then on. */
export async function removeReports(line: Line, credential: Credential): Promise<Answer<readonly string[]>> {
  const found = await findReports(line, credential);
  if (!found.ok) return found;
  const removed: string[] = [];
  for (const { report, id } of found.value) {
    if (id === null) continue;
    const answer = await deleted(line, `/reports/${id}`, credential);
    if (!answer.ok) return answer;
    removed.push(report.name);
  }
  return { ok: true, value: removed };
}

async function deleted(line: Line, url: string, credential: Credential): Promise<Answer<boolean>> {
  const answer = await line.ask({ method: 'DELETE', url }, credential);
  if (answer.ok) return { ok: true, value: true };
  return isGone(answer.trouble) ? { ok: true, value: false } : answer;
}

async function findReports(line: Line, credential: Credential): Promise<Answer<readonly FoundReport[]>> {
  const list = await askList(line, { method: 'GET', url: '/reports' }, 'reports', credential);
  if (!list.ok) return list;
  const found: FoundReport[] = [];
  for (const report of ALL_REPORTS) {
    const row = list.value.find((each) => each.text('reportName') === report.name);
    const id = row?.id('id') ?? null;
    const version = versionIn(row?.text('description') ?? null);
    if (id === null) found.push({ report, id, state: 'missing' });
    else if (version !== null && version > REPORTS_VERSION) found.push({ report, id, state: 'newer' });
    else {
      // The list does not carry the statement.
      const whole = await line.ask({ method: 'GET', url: `/reports/${id}` }, credential);
      if (!whole.ok) return whole;
      const sql = decoding(() => new Members(whole.value, report.name).raw['reportSql']);
      if (!sql.ok) return sql;
      found.push({ report, id, state: sql.value === report.sql && version === REPORTS_VERSION ? 'present' : 'outdated' });
    }
  }
  return { ok: true, value: found };
}

/** Our role with exactly our rights; answers its id. */
async function prepareRole(line: Line, credential: Credential): Promise<Answer<number>> {
  const find = async (): Promise<Answer<number | null>> => {
    const roles = await askList(line, { method: 'GET', url: '/roles' }, 'roles', credential);
    return roles.ok ? { ok: true, value: roles.value.find((role) => role.text('name') === READING_ROLE)?.id('id') ?? null } : roles;
  };
  let role = await find();
  if (!role.ok) return role;
  if (role.value === null) {
    const answer = await line.ask({ method: 'POST', url: '/roles', body: { name: READING_ROLE, description: ROLE_TEXT } }, credential);
    role = await find();
    if (!role.ok) return role;
    if (role.value === null) return answer.ok ? failed(nonsense('roles: ours')) : answer;
  }
  const roleId = role.value;
  const rights = await line.ask({ method: 'GET', url: `/roles/${roleId}/permissions` }, credential);
  if (!rights.ok) return rights;
  const held = decoding(
    () =>
      new Set(
        new Members(rights.value, READING_ROLE)
          .children('permissionUsageData')
          .filter((each) => each.flag('selected'))
          .map((each) => needed(each.text('code'), each, 'code')),
      ),
  );
  if (!held.ok) return held;
  const wanted = new Set(RIGHTS);
  const changes = [
    ...RIGHTS.filter((code) => !held.value.has(code)).map((code) => [code, true] as const),
    ...[...held.value].filter((code) => !wanted.has(code)).map((code) => [code, false] as const),
  ];
  if (changes.length === 0) return { ok: true, value: roleId };
  const body = { permissions: Object.fromEntries(changes) };
  const answer = await line.ask({ method: 'PUT', url: `/roles/${roleId}/permissions`, body }, credential);
  return answer.ok ? { ok: true, value: roleId } : answer;
}

async function findUser(line: Line, username: string, credential: Credential): Promise<Answer<{ readonly userServerId: number } | null>> {
  const users = await askList(line, { method: 'GET', url: '/users' }, 'users', credential);
  if (!users.ok) return users;
  const id = users.value.find((user) => user.text('username')?.toLowerCase() === username.toLowerCase())?.id('id') ?? null;
  return { ok: true, value: id === null ? null : { userServerId: id } };
}

async function askList(line: Line, request: LineRequest, what: string, credential: Credential): Promise<Answer<readonly Members[]>> {
  const answer = await line.ask(request, credential);
  if (!answer.ok) return answer;
  if (!Array.isArray(answer.value)) return failed(nonsense(`${what}: not a list`));
  const list = answer.value as readonly unknown[];
  return decoding(() => list.map((each) => new Members(each, what)));
}
