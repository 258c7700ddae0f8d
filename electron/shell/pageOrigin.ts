// Where the page lives in the desktop program: a protocol of its own, so that it has a real origin and no way to the file system.

export const PAGE_SCHEME = 'app';
export const PAGE_HOST = 'branch';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://${PAGE_HOST}`;
export const PAGE_ADDRESS = `${PAGE_ORIGIN}/index.html`;

/** Same page, other hash: the router moves about like this. */
export function isOurAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return protocol === `${PAGE_SCHEME}:` && host === PAGE_HOST;
}
