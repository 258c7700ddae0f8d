// Users, roles and permissions. The own password may always be changed; anything else needs its permission.
import { type Call, has, isInScope, reply, requireRead } from '../call.ts';
import { findUser, passwordDigest, rolesOf, type UserRow } from '../authentication.ts';
import { runCommand } from '../commandLayer.ts';
import { parseObject, readBody } from '../commandBody.ts';
import { notFound, validationError } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { STAFF, staffReply, type StaffRow } from '../reference/staff.ts';
import { type Route, route } from '../router.ts';

function userReply(call: Call, row: UserRow, isWhole: boolean): object {
  const { book } = call.office;
  const office = book.get('SELECT name FROM office WHERE id = ?', row.office_id) as { name: string };
  const selected = rolesOf(call.office, row.id) as { id: number }[];
  const all = (book.all('SELECT * FROM role ORDER BY id') as RoleRow[]).filter((role) => !selected.some((each) => each.id === role.id));
  return {
    id: row.id,
    username: row.username,
    officeId: row.office_id,
    officeName: office.name,
    firstname: row.firstname,
    lastname: row.lastname,
    email: row.email,
    passwordNeverExpires: false,
    ...(isWhole ? { availableRoles: all.map(roleReply) } : {}),
    selectedRoles: selected,
    staff: row.staff_id === null ? undefined : staffOf(call, row.staff_id),
    isSelfServiceUser: false,
  };
}

/** Sets a password and so ends an expiry; also what the practice control uses. */
export function setPassword(call: Pick<Call, 'office'>, username: string, password: string): void {
  const user = findUser(call.office, username);
  if (user === undefined) throw notFound('error.msg.user.id.invalid', 'User does not exist', [username]);
  call.office.book.run(
    'UPDATE user_account SET password_hash = ?, sign_in_expired = 0, password_outdated = 0 WHERE id = ?',
    passwordDigest(username, password),
    user.id,
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function staffOf(call: Call, id: number): object {
  const row = call.office.book.get(`${STAFF} WHERE s.id = ?`, id) as StaffRow | undefined;
  return row === undefined ? { id } : staffReply(row);
}

function changeUser(call: Call, id: number): HeadOfficeReply {
  const asked = parseObject(call.body);
  const beside = Object.keys(asked).find((name) => name !== 'password' && name !== 'repeatPassword');
  if (id === call.caller.id && beside !== undefined && !has(call.caller, 'UPDATE_USER'))
    throw validationError('not.enough.permission.to.update.fields', 'Current user has no permission to update fields', beside);
  const isOwnPassword = id === call.caller.id && Object.keys(asked).every((name) => name === 'password' || name === 'repeatPassword');
  return runCommand(call, {
    action: 'UPDATE',
    entity: 'USER',
    resourceId: id,
    ...(isOwnPassword ? { permission: null } : {}),
    perform: () => {
      const body = readBody(asked, 'user', ['password', 'repeatPassword', 'firstname', 'lastname', 'officeId', 'roles']);
      const password = textOf(body.raw('password'));
      const repeated = textOf(body.raw('repeatPassword'));
      if (password !== repeated)
        body.reject('repeatPassword', 'not.equal.to.password', 'The parameter `repeatPassword` is not equal to password.', [
          repeated,
          password,
        ]);
      body.check();
      const { book } = call.office;
      const user = book.get('SELECT * FROM user_account WHERE id = ?', id) as UserRow | undefined;
      if (user === undefined) throw notFound('error.msg.user.id.invalid', 'User does not exist', [id]);
      // Neither an empty password nor the same again is refused.
      if (password !== undefined) setPassword(call, user.username, password);
      const officeId = asked['officeId'];
      if (typeof officeId === 'number')
        book.run(
          'UPDATE user_account SET office_id = ?, scope = (SELECT hierarchy FROM office WHERE id = ?) WHERE id = ?',
          officeId,
          officeId,
          id,
        );
      const roles = asked['roles'];
      if (Array.isArray(roles)) {
        book.run('DELETE FROM user_role WHERE user_id = ?', id);
        for (const role of roles as unknown[]) book.run('INSERT INTO user_role (user_id, role_id) VALUES (?, ?)', id, Number(role));
      }
      const changes = password === undefined ? {} : { changes: { passwordEncoded: passwordDigest(user.username, password) } };
      return { officeId: user.office_id, resourceId: id, ...changes };
    },
  });
}

/** Head office keeps the row under another name; here it signs in no more and is in no list, and what it did stays its own. */
function deleteUser(call: Call, id: number): HeadOfficeReply {
  return runCommand(call, {
    action: 'DELETE',
    entity: 'USER',
    resourceId: id,
    perform: () => {
      const { book } = call.office;
      const changed = book.change(
        "UPDATE user_account SET disabled = 1, username = username || '_deleted_' || id WHERE id = ? AND disabled = 0",
        id,
      );
      if (changed === 0) throw notFound('error.msg.user.id.invalid', 'User does not exist', [id]);
      return { resourceId: id };
    },
  });
}

interface RoleRow {
  id: number;
  name: string;
  description: string;
  disabled: number;
}

function findRole(call: Call, id: number): RoleRow {
  const row = call.office.book.get('SELECT * FROM role WHERE id = ?', id) as RoleRow | undefined;
  if (row === undefined) throw notFound('error.msg.role.id.invalid', `Role with identifier ${String(id)} does not exist`, [id]);
  return row;
}

function roleReply(row: RoleRow): object {
  return { id: row.id, name: row.name, description: row.description, disabled: row.disabled === 1 };
}

function rolePermissions(call: Call, id: number): HeadOfficeReply {
  requireRead(call, 'ROLE');
  const role = findRole(call, id);
  const rows = call.office.book.all(
    `SELECT p.grouping_name, p.code, p.entity, p.action, EXISTS (SELECT 1 FROM role_permission r WHERE r.role_id = ? AND r.code = p.code) AS selected FROM permission p ORDER BY p.code`,
    id,
  ) as { grouping_name: string; code: string; entity: string; action: string; selected: number }[];
  return reply({
    ...roleReply(role),
    permissionUsageData: rows.map((row) => ({
      grouping: row.grouping_name,
      code: row.code,
      entityName: row.entity,
      actionName: row.action,
      selected: row.selected === 1,
    })),
  });
}

function changeRole(call: Call, id: number): HeadOfficeReply {
  return runCommand(call, {
    action: 'PERMISSIONS',
    entity: 'ROLE',
    resourceId: id,
    perform: () => {
      const body = readBody(parseObject(call.body), 'role', ['permissions']);
      const asked = body.raw('permissions');
      if (typeof asked !== 'object' || asked === null)
        throw validationError(
          'validation.msg.role.permissions.cannot.be.blank',
          'The parameter `permissions` is mandatory.',
          'permissions',
        );
      const role = findRole(call, id);
      const { book } = call.office;
      for (const [code, isGranted] of Object.entries(asked)) {
        if (book.get('SELECT code FROM permission WHERE code = ?', code) === undefined) {
          throw notFound('error.msg.permission.code.invalid', `Permission with Code ${code} does not exist`, [code]);
        }
        if (isGranted === true || isGranted === 'true')
          book.run('INSERT OR IGNORE INTO role_permission (role_id, code) VALUES (?, ?)', role.id, code);
        else book.run('DELETE FROM role_permission WHERE role_id = ? AND code = ?', role.id, code);
      }
      return { resourceId: role.id, changes: { permissions: asked } };
    },
  });
}

/** Which commands want a checker. */
function changePermissions(call: Call): HeadOfficeReply {
  return runCommand(call, {
    action: 'UPDATE',
    entity: 'PERMISSION',
    perform: () => {
      const body = readBody(parseObject(call.body), 'permissions', ['permissions']);
      const asked = body.raw('permissions');
      if (typeof asked !== 'object' || asked === null)
        body.reject('permissions', 'cannot.be.blank', 'The parameter `permissions` is mandatory.');
      body.check();
      for (const [code, isChecked] of Object.entries(asked as object)) {
        const changed = call.office.book.change('UPDATE permission SET maker_checker = ? WHERE code = ?', isChecked === true ? 1 : 0, code);
        if (changed === 0) throw notFound('error.msg.permission.code.invalid', `Permission with Code ${code} does not exist`, [code]);
      }
      return { changes: { permissions: asked as object } };
    },
  });
}

export const accessRoutes: readonly Route[] = [
  route('GET', 'users/:n', (call, parts) => {
    if (parts.number(0) !== call.caller.id) requireRead(call, 'USER');
    const row = call.office.book.get('SELECT * FROM user_account WHERE id = ?', parts.number(0)) as UserRow | undefined;
    // Any user of any office is told.
    if (row === undefined)
      throw notFound('error.msg.user.id.invalid', `User with ID ${String(parts.number(0))} does not exist`, [parts.number(0)]);
    return reply(userReply(call, row, true));
  }),
  route('GET', 'users', (call) => {
    requireRead(call, 'USER');
    const rows = call.office.book.all(`SELECT * FROM user_account WHERE disabled = 0 ORDER BY username`) as UserRow[];
    return reply(rows.filter((row) => isInScope(call, row.office_id)).map((row) => userReply(call, row, false)));
  }),
  route('PUT', 'users/:n', (call, parts) => changeUser(call, parts.number(0))),
  route('DELETE', 'users/:n', (call, parts) => deleteUser(call, parts.number(0))),
  route('GET', 'roles', (call) => {
    requireRead(call, 'ROLE');
    return reply((call.office.book.all('SELECT * FROM role ORDER BY id') as RoleRow[]).map(roleReply));
  }),
  route('GET', 'roles/:n/permissions', (call, parts) => rolePermissions(call, parts.number(0))),
  route('PUT', 'roles/:n/permissions', (call, parts) => changeRole(call, parts.number(0))),
  route('PUT', 'permissions', changePermissions),
  route('GET', 'users/template', (call) => {
    requireRead(call, 'USER');
    const { book } = call.office;
    const roles = (book.all('SELECT * FROM role ORDER BY id') as RoleRow[]).map(roleReply) as { id: number; name: string }[];
    const offices = book.all('SELECT id, name, hierarchy FROM office ORDER BY id') as { id: number; name: string; hierarchy: string }[];
    const isSelf = (role: { name: string }): boolean => role.name === 'Self Service User';
    return reply({
      allowedOffices: offices.map((row) => ({
        id: row.id,
        name: row.name,
        nameDecorated: '....'.repeat(row.hierarchy.split('.').length - 2) + row.name,
      })),
      availableRoles: roles.filter((role) => !isSelf(role)),
      selfServiceRoles: roles.filter(isSelf),
    });
  }),
  route('GET', 'permissions', (call) => {
    requireRead(call, 'PERMISSION');
    const isCheckable = call.query.get('makerCheckerable') === 'true';
    const rows = call.office.book.all(
      `SELECT grouping_name, code, entity, action, maker_checker FROM permission
       WHERE ? = 0 OR (action NOT LIKE '%READ%' AND action NOT LIKE '%CHECKER%' AND grouping_name <> 'special') ORDER BY code`,
      isCheckable ? 1 : 0,
    ) as {
      grouping_name: string;
      code: string;
      entity: string;
      action: string;
      maker_checker: number;
    }[];
    return reply(
      rows.map((row) => ({
        grouping: row.grouping_name,
        code: row.code,
        entityName: row.entity,
        actionName: row.action,
        selected: isCheckable ? row.maker_checker === 1 : true,
      })),
    );
  }),
];
