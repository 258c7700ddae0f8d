// Practice as an empty tenant on a port of this computer, so that the suite walks it exactly as it walks a real one.

import { randomBytes } from 'node:crypto';
import { PRACTICE_PASSWORD } from '../../../electron/practice/authentication.ts';
import { createPracticeHeadOffice } from '../../../electron/practice/createPracticeHeadOffice.ts';
import { servePractice } from '../../../electron/practice/servePractice.ts';
import { FIRST_ADMINISTRATOR } from '../../../electron/practice/seed/seedEmptyTenant.ts';
import type { ApiPerson } from './api.ts';

export interface PracticeTenant {
  readonly address: string;
  readonly tenant: string;
  readonly administrator: ApiPerson;
  close(): Promise<void>;
}

export async function openPracticeTenant(zone: string): Promise<PracticeTenant> {
  const headOffice = createPracticeHeadOffice({ file: ':memory:', now: () => Date.now(), zone, tenant: 'empty' });
  const served = await servePractice(headOffice, { port: 0, host: '127.0.0.1', controlToken: randomBytes(16).toString('hex') });
  return {
    address: `http://127.0.0.1:${String(served.port)}`,
    tenant: 'default',
    administrator: { username: FIRST_ADMINISTRATOR, password: PRACTICE_PASSWORD },
    async close() {
      await served.close();
      headOffice.close();
    },
  };
}
