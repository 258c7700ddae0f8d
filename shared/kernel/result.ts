// A call that can be refused answers with plain data, so the answer survives IPC, HTTP and a log without losing its shape.
// Nothing here throws: a thrown error means a fault (a bug, a full disk), never a refusal.

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Refused<E> {
  readonly ok: false;
  readonly refusal: E;
}

export type Result<T, E> = Ok<T> | Refused<E>;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function refuse<E>(refusal: E): Refused<E> {
  return { ok: false, refusal };
}
