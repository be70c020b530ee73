/** Conditional requests: answered here over the whole answer, with an ETag of the gateway's own. */
import type { Call } from '../../lib/call.ts';

/**
 * True when `If-None-Match` names `etag`. Weak comparison, as the RFC asks for GET and HEAD.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}

/** Absent or nonsense on either side: not known to be unchanged. */
const isUnchangedSince = (ifModifiedSince = '', lastModified = ''): boolean =>
  Date.parse(lastModified) <= Date.parse(ifModifiedSince);

/**
 * True when the caller has this answer already. `If-None-Match` is the more exact, and decides where both are sent.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 */
export function isNotModified(
  { header }: Pick<Call, 'header'>,
  { etag, lastModified }: { readonly etag: string; readonly lastModified: string | undefined },
): boolean {
  const ifNoneMatch = header('if-none-match');
  if (ifNoneMatch !== undefined) return matchesEtag(ifNoneMatch, etag);
  return isUnchangedSince(header('if-modified-since'), lastModified);
}
