// Wraps a secret so that a log line, a JSON text or a template cannot leak it. The only way in is `reveal`.

const secrets = new WeakMap<Redacted<unknown>, unknown>();

export class Redacted<T> {
  constructor(secret: T) {
    secrets.set(this, secret);
  }

  toString(): string {
    return '<redacted>';
  }

  toJSON(): string {
    return '<redacted>';
  }
}

export function reveal<T>(redacted: Redacted<T>): T {
  return secrets.get(redacted) as T;
}
