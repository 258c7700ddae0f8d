// What Tawi needs at head office, as the contract asks for it.

import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';
import { changeZone } from './changeZone.ts';
import { changeCountry, changeCurrency, showInstitution } from './institution.ts';
import { closeReadingWindow, listAccounts, prepareHeadOffice, showPreparation } from './prepareHeadOffice.ts';

export function headOfficeHandlers({ parts, admitted }: NounParts): Pick<BranchHandlers, 'headOffice'> {
  return {
    headOffice: {
      showPreparation: (_input, caller) => showPreparation(parts, admitted(caller)),
      prepare: (input, caller) => prepareHeadOffice(parts, admitted(caller), input),
      closeWindow: (input, caller) => closeReadingWindow(parts, admitted(caller), input),
      changeZone: (input, caller) => changeZone(parts, admitted(caller), input),
      showInstitution: () => showInstitution(parts),
      changeCurrency: (input, caller) => changeCurrency(parts, admitted(caller), input),
      changeCountry: (input, caller) => changeCountry(parts, admitted(caller), input),
      listAccounts: () => listAccounts(parts),
    },
  };
}
