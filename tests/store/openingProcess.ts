// Run as a process of its own by opening.test.ts, as a person without rights: opens the store, writes once and says what came of it.

import { StoreFault } from '../../electron/ports/store.ts';
import { openStore } from '../../electron/store/openStore.ts';

const [file = ''] = process.argv.slice(2);
try {
  const store = openStore({ file, key: new Uint8Array(32).fill(7), now: () => 0, ownerName: 'nobody' });
  store.write((write) => write.saveSetting('policy', 1));
  process.stdout.write('written\n');
} catch (error) {
  process.stdout.write(`${error instanceof StoreFault ? error.kind : String(error)}\n`);
}
