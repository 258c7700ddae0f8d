// Books as a first start leaves them, before anything is in them. The whole schema costs more than everything a short world does afterwards,
// so it is made once and copied; tests of the store make it on a disk, step by step, and cut it everywhere.
import Database, { type Database as Handle } from 'better-sqlite3';
import { migrate } from '../../electron/store/migrate.ts';

let image: Buffer | undefined;

export function emptyBooks(): Handle {
  if (image === undefined) {
    const database = new Database(':memory:');
    migrate(database);
    image = database.serialize();
    database.close();
  }
  return new Database(image);
}
