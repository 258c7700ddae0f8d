// Whoever connects a PC is asked once whether it serves the office that head office names, and says yes.

import type { Refusal } from '../../shared/contract/define.ts';

/** `ask`: connectHeadOffice, with the office that is agreed to once it was named. */
export async function agreeToOffice<A>(
  ask: (agreed: { readonly office?: number }) => Promise<A>,
  refusalOf: (answer: A) => Pick<Refusal, 'code' | 'facts'> | null,
): Promise<A> {
  const first = await ask({});
  const refusal = refusalOf(first);
  return refusal?.code === 'branch.officeUnconfirmed' ? ask({ office: Number(refusal.facts?.['office']) }) : first;
}
