// Training: answers only where the branch is a practice branch.

import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { BranchHandlers } from '../branch.ts';
import type { NounParts } from '../nounParts.ts';

export function practiceHandlers({ parts }: NounParts): Pick<BranchHandlers, 'practice'> {
  return {
    practice: {
      show: () => ok({ practice: parts.practice !== null, lineCut: parts.practice?.lineCut() ?? false }),
      setLine: (input) => {
        if (parts.practice === null) return refuse({ code: 'practice.only' });
        parts.practice.setLine(input.cut);
        parts.sync.wake();
        return ok({});
      },
      otherBranchPays: async (input) => {
        if (parts.practice === null) return refuse({ code: 'practice.only' });
        const serverId = parts.store.read((read) => read.serverIdOf('savings', input.savingsId));
        if (serverId === null) return refuse({ code: 'savings.unknown' });
        const code = await parts.practice.otherBranchPays(serverId, input.amountMinor);
        return code === null ? ok({}) : refuse({ code: 'practice.refused', facts: { serverCode: code } });
      },
    },
  };
}
