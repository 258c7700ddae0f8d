// Centers: groups that meet at one place.
import { type Call, reply, requireRead } from '../call.ts';
import { parseObject, readBody } from '../commandBody.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { domainRule, unsupportedCommand } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { type Route, route } from '../router.ts';
import { generateSheet, groupsOfCenter } from './collectionSheets.ts';
import { activate, close, findGroup, readIds, register, update, visibleGroup } from './groupBook.ts';
import { listGroups } from './groupLists.ts';
import { centerReply, groupReply, LEVEL_CENTER, LEVEL_GROUP } from './groupReplies.ts';
import { saveSheet } from './sheetSaving.ts';

function changeGroups(call: Call, id: number, isJoining: boolean): CommandResult {
  const members = readIds(readBody(parseObject(call.body), 'group', ['groupMembers']), 'groupMembers', true);
  const center = findGroup(call, id, LEVEL_CENTER);
  for (const member of members) {
    const group = findGroup(call, member, LEVEL_GROUP);
    if (isJoining && group.office_id !== center.office_id) {
      throw domainRule(
        'error.msg.group.attach.to.center.invalid.office',
        `Group with identifier ${String(member)} must have the same office as center.`,
        [String(member), center.office_id],
      );
    }
    if (!isJoining && group.parent_id !== id) {
      throw domainRule(
        'error.msg.center.group.not.in.center',
        `Group with identifier ${String(member)} is not in Center with identifier ${String(id)}`,
        [member, id],
      );
    }
    call.office.book.run('UPDATE client_group SET parent_id = ? WHERE id = ?', isJoining ? id : null, member);
  }
  // Who leaves is told under the name of another list.
  const changes = { [isJoining ? 'groupMembers' : 'clientMembers']: members.map(String) };
  return { officeId: center.office_id, groupId: id, resourceId: id, changes };
}

type Deed = readonly [action: string, perform: (call: Call, id: number) => CommandResult];

const DEEDS: Readonly<Record<string, Deed>> = {
  activate: ['ACTIVATE', (call, id) => activate(call, id, LEVEL_CENTER)],
  close: ['CLOSE', (call, id) => close(call, id, LEVEL_CENTER)],
  associateGroups: ['ASSOCIATEGROUPS', (call, id) => changeGroups(call, id, true)],
  disassociateGroups: ['DISASSOCIATEGROUPS', (call, id) => changeGroups(call, id, false)],
  saveCollectionSheet: ['SAVECOLLECTIONSHEET', saveSheet],
};

function command(call: Call, id: number): HeadOfficeReply {
  const asked = call.query.get('command');
  if (asked === 'generateCollectionSheet') {
    requireRead(call, 'CENTER');
    return reply(generateSheet(call, groupsOfCenter(call, findGroup(call, id, LEVEL_CENTER).id)));
  }
  const deed = asked !== null && Object.hasOwn(DEEDS, asked) ? DEEDS[asked] : undefined;
  if (deed === undefined) throw unsupportedCommand(asked, ['activate', 'generateCollectionSheet', 'saveCollectionSheet', 'close']);
  return runCommand(call, { action: deed[0], entity: 'CENTER', groupId: id, resourceId: id, perform: () => deed[1](call, id) });
}

export const centerRoutes: readonly Route[] = [
  route('GET', 'centers', (call) => listGroups(call, LEVEL_CENTER)),
  route('POST', 'centers', (call) => runCommand(call, { action: 'CREATE', entity: 'CENTER', perform: () => register(call, LEVEL_CENTER) })),
  route('GET', 'centers/:n', (call, parts) => {
    requireRead(call, 'CENTER');
    const center = visibleGroup(call, parts.number(0), LEVEL_CENTER);
    // The association 'all' does not bring the groups; only their own name does.
    const wants = (call.query.get('associations') ?? '').split(',').includes('groupMembers');
    return reply({
      ...centerReply(call, center),
      groupMembers: wants ? groupsOfCenter(call, center.id).map((group) => groupReply(call, group)) : undefined,
    });
  }),
  route('POST', 'centers/:n', (call, parts) => command(call, parts.number(0))),
  route('PUT', 'centers/:n', (call, parts) =>
    runCommand(call, {
      action: 'UPDATE',
      entity: 'CENTER',
      resourceId: parts.number(0),
      perform: () => update(call, parts.number(0), LEVEL_CENTER),
    }),
  ),
];
