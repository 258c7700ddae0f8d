// The practice head office in a process of its own, on a loopback port that stays the same: it can be killed and started again on its file.
// Started by headOfficeSide.ts; it ends when that one does.

import { createPracticeHeadOffice } from '../../electron/practice/createPracticeHeadOffice.ts';
import { servePractice } from '../../electron/practice/servePractice.ts';

const [file = '', port = '0', controlToken = '', clients = '24', seed = '1'] = process.argv.slice(2);

const headOffice = createPracticeHeadOffice({
  file,
  now: () => Date.now(),
  clients: Number(clients),
  seed: Number(seed),
  zone: 'Africa/Nairobi',
});
const served = await servePractice(headOffice, { port: Number(port), host: '127.0.0.1', controlToken });

process.once('SIGTERM', () => {
  void served.close().then(() => {
    headOffice.close();
    process.exit(0);
  });
});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.send?.({ port: served.port });
