// What the code on a receipt says: its number and the beginning of its hash, and nothing about the client.

export function receiptCode({ number, hash }: { readonly number: string; readonly hash: string }): string {
  return `TAWI:${number}:${hash.slice(0, 16)}`;
}
