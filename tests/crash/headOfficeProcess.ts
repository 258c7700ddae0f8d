// The practice head office in a process of its own, on a loopback port that stays the same: it can be killed and started again on its file.
// Started by headOfficeSide.ts; it ends when that one does.

import type { HeadOfficeReply, HeadOfficeRequest } from '../../electron/practice/headOfficeHttp.ts';
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

/** One account alone, or many in a batch that writes nothing. */
function readsAccounts({ method, url, body }: HeadOfficeRequest): boolean {
  if (method === 'GET') return /^\/(?:loans|savingsaccounts)\/\d+\?/.test(url);
  return url.startsWith('/batches') && !/"method":"(?:POST|PUT|DELETE)"/.test(body ?? '');
}

let readsToSpoil = 0;
/** An answer that misses an account's currency cannot be read: no amount in it means anything. */
function handle(request: HeadOfficeRequest): HeadOfficeReply {
  const reply = headOffice.handle(request);
  if (readsToSpoil === 0 || reply.status !== 200 || !readsAccounts(request) || !reply.body.includes('currency')) return reply;
  readsToSpoil -= 1;
  return { ...reply, body: reply.body.replaceAll('currency', 'nothing') };
}
const control = {
  ...headOffice.control,
  spoilNextReads: (count: number): void => {
    readsToSpoil = count;
  },
};

const served = await servePractice({ ...headOffice, handle, control }, { port: Number(port), host: '127.0.0.1', controlToken });

process.once('SIGTERM', () => {
  void served.close().then(() => {
    headOffice.close();
    process.exit(0);
  });
});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.send?.({ port: served.port });
