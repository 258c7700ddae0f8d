// Which head office a world meets. Databases and versions differ, and a branch must be right with each: the seed draws one.
import { MARIADB_1_10, type Manners } from '../../electron/practice/manners.ts';
import { seeded } from './seed.ts';

/** Each manner for itself: that of a 1.10.1 on MariaDB, or the one that other databases and versions are said to have. */
export function mannersOf(seed: string): Partial<Manners> {
  const chance = seeded(`manners ${seed}`);
  return {
    loanTotals: chance.chance(0.5) ? MARIADB_1_10.loanTotals : 'right',
    savingsInBatch: chance.chance(0.5) ? MARIADB_1_10.savingsInBatch : 'whole',
    audits: chance.chance(0.5) ? MARIADB_1_10.audits : 'whole',
    feeRow: chance.chance(0.5) ? MARIADB_1_10.feeRow : 'behind',
  };
}
