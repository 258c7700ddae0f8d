// Which head office a world meets. Databases and versions differ, and a branch must be right with each: the seed draws one.
import { MARIADB_1_10, type Manners } from '../../electron/practice/manners.ts';
import { seeded } from './seed.ts';

/** Half of the worlds count loans as MariaDB does, half as PostgreSQL does. */
export function mannersOf(seed: string): Partial<Manners> {
  const chance = seeded(`manners ${seed}`);
  return { loanTotals: chance.chance(0.5) ? MARIADB_1_10.loanTotals : 'right' };
}
