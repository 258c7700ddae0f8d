// The nonce that the host wrote into the page, so that the few style elements made at run time (the theme, the paper's size) are allowed.
// Browsers hide the attribute from markup; only the property can be read.

export function styleNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  const nonce = meta?.nonce ?? '';
  return nonce === '__CSP_NONCE__' ? '' : nonce;
}
