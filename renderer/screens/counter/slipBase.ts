// The part of an unissued slip that is the same for every form: whose branch, which day, who serves. Before posting it has no number, no
// time and no hash; those are born in the branch.

import type { ComputedRef } from 'vue';
import { computed } from 'vue';
import { dayOfInstant, useFormat } from '../../app/format.ts';
import { useOpenDrawerStore } from '../../stores/openDrawer.ts';
import { useSessionStore } from '../../stores/session.ts';

export interface SlipBase {
  readonly number: null;
  readonly recordedAt: null;
  readonly hash: null;
  readonly institution: string;
  readonly officeName: string;
  readonly practice: boolean;
  readonly businessDate: string;
  readonly clockDoubt: boolean;
  readonly servedBy: string;
  readonly deviceCode: string;
}

export function useSlipBase(): ComputedRef<SlipBase> {
  const session = useSessionStore();
  const drawer = useOpenDrawerStore();
  const format = useFormat();
  return computed(() => {
    const branch = session.start?.branch;
    return {
      number: null,
      recordedAt: null,
      hash: null,
      institution: branch?.institution ?? '',
      officeName: branch?.officeName ?? '',
      practice: branch?.practice ?? false,
      businessDate: drawer.drawer?.businessDate ?? session.start?.businessDate ?? dayOfInstant(session.start?.now ?? 0, format.zone.value),
      clockDoubt: false,
      servedBy: session.mine?.staff.displayName ?? '',
      deviceCode: branch?.deviceCode ?? '',
    };
  });
}
