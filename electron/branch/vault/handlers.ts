// The vault, as the contract asks for it.

import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { checkAgreement } from '../session/checkAgreement.ts';
import { setLimit, setNotesTold, showLimits, showNotesTold } from './limits.ts';
import { makeSlip } from './makeSlip.ts';
import { showPhoto, showSlip, showVault } from './showVault.ts';

export function vaultHandlers({ parts, admitted, clockWatch, drawerMoved }: NounParts): Pick<BranchHandlers, 'vault'> {
  return {
    vault: {
      show: (_input, caller) => showVault(parts, admitted(caller)),
      showSlip: (input, caller) => showSlip(parts, admitted(caller), input),
      showPhoto: (input, caller) => showPhoto(parts, admitted(caller), input),
      makeSlip: async (input, caller) => {
        const session = admitted(caller);
        if (input.approval === undefined) return drawerMoved(makeSlip(parts, clockWatch, session, input, null));
        const second = await checkAgreement(parts, input.approval, session, ['vault.keep', 'drawer.open']);
        return second.ok ? drawerMoved(makeSlip(parts, clockWatch, session, input, second.value)) : second;
      },
      showLimits: () => showLimits(parts),
      showNotesTold: () => showNotesTold(parts),
      setNotesTold: (input, caller) => drawerMoved(setNotesTold(parts, admitted(caller), input)),
      setLimit: (input, caller) => drawerMoved(setLimit(parts, admitted(caller), input)),
    },
  };
}
