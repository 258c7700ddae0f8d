// What the branch and its sync need of the vault: files that facts carry, kept by what is in them. A file is on the disk before any row names
// it, and nothing that a row names is ever taken away.

export type ReadFile =
  | { readonly ok: true; readonly content: Uint8Array }
  /** 'changed': something lies there under its name that is not what was kept. */
  | { readonly ok: false; readonly why: 'missing' | 'changed' };

export interface Vault {
  /**
   * Whole and flushed to the disk when this returns; safe to repeat. Answers the lower-case hexadecimal SHA-256 of the content, under which it
   * is read. Throws StoreFault, 'full' where the disk is; then nothing was kept, and nothing kept before is touched.
   */
  keep(content: Uint8Array): string;
  read(sha256: string): ReadFile;
}
