// Plain Chromium knows no schemes of our own, so app://branch/x travels as https://branch.app.invalid/x, a name that leads nowhere on any
// network. Everything the program sees is translated back.

const SUFFIX = '.invalid';

export class Schemes {
  readonly #privileged = new Set<string>();

  register(scheme: string): void {
    this.#privileged.add(scheme);
  }

  /** What Chromium is told. */
  outward(address: string): string {
    const { protocol, host, pathname, search, hash } = new URL(address);
    const scheme = protocol.slice(0, -1);
    return this.#privileged.has(scheme) ? `https://${host}.${scheme}${SUFFIX}${pathname}${search}${hash}` : address;
  }

  /** What the program is told. */
  inward(address: string): string {
    if (!URL.canParse(address)) return address;
    const { protocol, hostname, pathname, search, hash } = new URL(address);
    const [host, scheme, ...rest] = hostname.split('.');
    if (
      protocol !== 'https:' ||
      host === undefined ||
      scheme === undefined ||
      `.${rest.join('.')}` !== SUFFIX ||
      !this.#privileged.has(scheme)
    )
      return address;
    return `${scheme}://${host}${pathname}${search}${hash}`;
  }

  originOf(address: string): string {
    const inward = this.inward(address);
    if (!URL.canParse(inward)) return 'null';
    const { protocol, host, origin } = new URL(inward);
    return this.#privileged.has(protocol.slice(0, -1)) ? `${protocol}//${host}` : origin;
  }
}
