// Local ids are identity: UUIDv7 made here, and for what we create also the external id at head office. A server id is something we learn
// later; it is always a number, and every name that holds one says `serverId`, so that no foreign key ever holds the wrong one.

declare const localBrand: unique symbol;
export type LocalId = string & { readonly [localBrand]?: true };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isLocalId(value: unknown): value is LocalId {
  return typeof value === 'string' && UUID.test(value);
}
