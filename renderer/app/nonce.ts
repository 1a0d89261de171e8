declare global {
  var __webpack_nonce__: string | undefined;
}

/** The nonce that the host wrote into the page; styles that libraries insert while running must carry it. */
export function cspNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  globalThis.__webpack_nonce__ = nonce;
  return nonce;
}
