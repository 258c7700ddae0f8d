// The vault, as the contract asks for it.

import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { makeSlip } from './makeSlip.ts';
import { showSlip, showVault } from './showVault.ts';

export function vaultHandlers({ parts, admitted, clockWatch, drawerMoved }: NounParts): Pick<BranchHandlers, 'vault'> {
  return {
    vault: {
      show: (_input, caller) => showVault(parts, admitted(caller)),
      showSlip: (input, caller) => showSlip(parts, admitted(caller), input),
      makeSlip: async (input, caller) => drawerMoved(await makeSlip(parts, clockWatch, admitted(caller), input)),
    },
  };
}
