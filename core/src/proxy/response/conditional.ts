/** Conditional requests: Discogs sends no ETag, so the gateway makes its own over the bytes it sends. */

/**
 * True when `If-None-Match` names `etag`. Weak comparison, as the RFC asks for GET and HEAD.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}
