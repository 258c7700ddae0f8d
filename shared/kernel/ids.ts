// Local ids are identity: UUIDv7 made here, and for what we create also the external id at head office. A server id is something we
// learn later and is always a number from head office. The two are different types so that no foreign key ever holds the wrong one.

declare const localBrand: unique symbol;
export type LocalId = string & { readonly [localBrand]?: true };

declare const serverBrand: unique symbol;
export type ServerId = number & { readonly [serverBrand]?: true };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isLocalId(value: unknown): value is LocalId {
  return typeof value === 'string' && UUID.test(value);
}
