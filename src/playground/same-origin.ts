/**
 * True when a request comes from a page of this very server, or from a program that is no browser. Browsers send
 * `Sec-Fetch-Site` and, with POST, `Origin`; a program sends neither.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('Sec-Fetch-Site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  const origin = request.headers.get('Origin');
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === new URL(request.url).host;
}
