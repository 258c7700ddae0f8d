// Which slips somebody may make, in the order in which a screen offers them. The branch decides again.

import type { vault } from '../../../shared/contract/vault.ts';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { SLIP_RULES, type SlipKind } from '../../../shared/domain/cash/cashSlip.ts';

export type VaultShown = OutputOf<(typeof vault)['show']>;

export function slipKindsFor({ keeps, vaults, drawers, onTheRoad }: VaultShown): readonly SlipKind[] {
  const isOpened = vaults.some(({ opened }) => opened);
  const mine = drawers.filter((drawer) => drawer.mine);
  const reaches = keeps ? drawers : mine;
  const differs = vaults.some(({ lastCount }) => lastCount !== null && lastCount.differenceMinor !== 0 && !lastCount.declared);
  const hasColleague = drawers.some(({ currency, mine: isMine }) => !isMine && mine.some((own) => own.currency.code === currency.code));
  const offered: readonly (readonly [SlipKind, boolean])[] = [
    ['vaultDifference', keeps && differs],
    ['opening', keeps && vaults.some(({ opened }) => !opened)],
    ['toDrawer', isOpened && reaches.length > 0],
    ['toVault', isOpened && reaches.length > 0],
    ['handOver', hasColleague],
    ['vaultCount', keeps && isOpened],
    ['drawerCount', keeps && drawers.some((drawer) => !drawer.mine)],
    ['pettyOut', reaches.length > 0],
    ['pettyIn', reaches.length > 0],
    ['toBank', keeps && isOpened],
    ['atBank', onTheRoad.length > 0],
    ['fromBank', keeps && isOpened],
    ['changeVault', isOpened && reaches.length > 0],
    ['changeDrawers', hasColleague],
    ['changeClient', mine.length > 0],
  ];
  return offered.flatMap(([kind, may]) => (may ? [kind] : []));
}

type Signer = VaultShown['signers'][number];

/** Who may sign beside whoever makes it: another holder, or, where the maker does not keep the vault, a keeper. */
export function signersFor(
  kind: SlipKind,
  { keeps, drawers, signers }: VaultShown,
  holder: string | null,
  otherHolder: string | null,
): readonly Signer[] {
  const { people } = SLIP_RULES[kind];
  if (people === 'holder') return [];
  if (people === 'holders') return signers.filter(({ username }) => username === otherHolder);
  const isOthers = holder !== null && !drawers.some(({ username, mine }) => mine && username === holder);
  if (isOthers) return signers.filter(({ username }) => username === holder);
  return keeps ? signers : signers.filter((each) => each.keeps);
}
