// What a screen hands over as a file: looked at, and laid into the vault before any row names it. Its name is never asked for, so none can lead
// anywhere.

import { typeOfContent, type FileFault, type FileRef } from '../../../shared/domain/files/fileRef.ts';
import { fromBase64, toBase64 } from '../../../shared/kernel/base64.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { Vault } from '../../ports/vault.ts';

export interface FileLooks {
  readonly bytesMost: number;
  readonly picturesOnly: boolean;
}

export interface LookedAt {
  readonly content: Uint8Array;
  readonly type: FileRef['type'];
}

export type FileRefusal = { readonly code: FileFault; readonly facts?: { readonly most: number; readonly bytes: number } };

export function lookAtFile(text: string, { bytesMost, picturesOnly }: FileLooks): Result<LookedAt, FileRefusal> {
  const content = fromBase64(text);
  if (content === null) return refuse({ code: 'file.notKnown' });
  const looked = typeOfContent(content, bytesMost);
  if ('fault' in looked)
    return refuse({ code: looked.fault, ...(looked.fault === 'file.tooBig' ? { facts: { most: bytesMost, bytes: content.length } } : {}) });
  if (picturesOnly && looked.type === 'application/pdf') return refuse({ code: 'file.notKnown' });
  return ok({ content, type: looked.type });
}

/** On the disk when this returns. Throws StoreFault where the disk is full; then nothing is recorded. */
export function keepFile(vault: Vault, { content, type }: LookedAt): FileRef {
  return { sha256: vault.keep(content), bytes: content.length, type };
}

export interface ShownFile {
  readonly type: FileRef['type'];
  readonly content: string;
}

/** Null where the vault cannot give it any more. */
export function shownFile(vault: Vault, sha256: string): ShownFile | null {
  const kept = vault.read(sha256);
  if (!kept.ok) return null;
  const looked = typeOfContent(kept.content, Number.MAX_SAFE_INTEGER);
  return 'fault' in looked ? null : { type: looked.type, content: toBase64(kept.content) };
}
