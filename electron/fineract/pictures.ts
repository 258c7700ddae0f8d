// A client's picture as head office gives it out: in the lines of a letter, as base64 (contract 6.4), whatever kind of picture it is.

import type { Answer, Credential } from '../ports/headOffice.ts';
import { classifyTrouble, nonsense } from './classifyTrouble.ts';
import { failed, isGone, query } from './line.ts';
import type { Line } from './line.ts';

const DATA_URL = /^data:image\/[a-z+.-]+;base64,([A-Za-z0-9+/=\s]*)$/;
/** The row of a picture whose file is not there any more. */
const FILE_GONE = 'error.msg.document.save';

export async function readPicture(
  line: Line,
  clientServerId: number,
  sideMost: number | null,
  credential: Credential,
): Promise<Answer<Uint8Array | null>> {
  const sides = sideMost === null ? {} : { maxWidth: sideMost, maxHeight: sideMost };
  const reply = await line.send({ method: 'GET', url: query(`/clients/${String(clientServerId)}/images`, sides) }, credential);
  if (reply.kind !== 'answered' || reply.status !== 200) {
    const trouble = classifyTrouble(reply);
    const isAbsent = isGone(trouble) || (trouble.kind === 'refused' && trouble.code === FILE_GONE);
    return isAbsent ? { ok: true, value: null } : failed(trouble);
  }
  const text = DATA_URL.exec(reply.body)?.[1];
  if (text === undefined) return failed(nonsense('a picture that is none'));
  line.heard(reply);
  return { ok: true, value: Buffer.from(text, 'base64') };
}
