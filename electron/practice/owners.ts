// Head office asks whoever an account belongs to before it asks the account.
import type { Call } from './call.ts';
import { domainRule } from './errors.ts';

export function requireActiveOwner(call: Call, account: { readonly client_id: number | null; readonly group_id: number | null }): void {
  const { book } = call.office;
  const [kind, id] = account.client_id === null ? (['Group', account.group_id] as const) : (['Client', account.client_id] as const);
  if (id === null) return;
  const owner = book.get(`SELECT status FROM ${kind === 'Group' ? 'client_group' : 'client'} WHERE id = ?`, id) as
    { status: number } | undefined;
  if (owner?.status !== 300)
    throw domainRule(`error.msg.${kind.toLowerCase()}.not.active.exception`, `The ${kind} with id \`${String(id)}\` is not active`, [id]);
}
