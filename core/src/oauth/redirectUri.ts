/** Addresses to which codes are sent: which ones a client may name, and whether one is that of a request. */

const MAX_CHARS = 1024;
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** Schemes that browsers handle themselves; a code must lead to an app. */
const NO_APP =
  /^(?:https?|wss?|ftp|file|data|blob|javascript|vbscript|about|view-source|filesystem|intent|mailto|tel):$/;
const PRINTABLE = /^[\x21-\x7e]+$/;
/** A person judges an app by its host; no real name has other signs. */
const HOST = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])$/;

const isLoopback = (url: URL): boolean => url.protocol === 'http:' && LOOPBACK.has(url.hostname);

/**
 * https anywhere, http on this computer, or the scheme of an app. No fragment, no user, no backslash, which readers of
 * addresses disagree about.
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7
 */
export function isRedirectUri(text: string): boolean {
  if (text.length > MAX_CHARS || !PRINTABLE.test(text) || text.includes('\\') || !URL.canParse(text))
    return false;
  const url = new URL(text);
  if (text.includes('#') || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return HOST.test(url.hostname);
  return isLoopback(url) || !NO_APP.test(url.protocol);
}

/** The address without its port, for a program on this computer, which takes the port that is free. */
function withoutLoopbackPort(text: string): string | undefined {
  const url = new URL(text);
  if (!isLoopback(url)) return undefined;
  return text.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::\d{1,5})?(?=[/?]|$)/, '$1');
}

/**
 * Whether `given` is one of `allowed`: character for character, but for the port of a loopback address.
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export function matchesRedirectUri(given: string, allowed: readonly string[]): boolean {
  if (!isRedirectUri(given)) return false;
  if (allowed.includes(given)) return true;
  const portless = withoutLoopbackPort(given);
  return (
    portless !== undefined &&
    allowed.some((uri) => isRedirectUri(uri) && withoutLoopbackPort(uri) === portless)
  );
}

/** The origin, the scheme of an app, or this computer: what a person can judge. */
export function redirectPlace(uri: string): string {
  const url = new URL(uri);
  if (isLoopback(url)) return `a program on this computer (${url.hostname})`;
  return url.protocol === 'https:' ? url.host : `an app on this device (${url.protocol})`;
}

/**
 * For `form-action`, to which Chromium holds the redirect behind a form and each one after that: apps go on from their
 * callback to other hosts (`chat.openai.com` to `chatgpt.com`), so that a host alone would leave the user on our page.
 * It has no syntax for IPv6.
 */
export function formTargets(uri: string): readonly string[] {
  const { protocol, hostname } = new URL(uri);
  const isListed = protocol === 'https:' || (protocol === 'http:' && !hostname.startsWith('['));
  return ['https:', 'http://127.0.0.1:*', 'http://localhost:*', ...(isListed ? [] : [protocol])];
}

/** The address with the members of an answer, everything else as it was. */
export function withAnswer(uri: string, members: Readonly<Record<string, string | undefined>>): string {
  const present = Object.entries(members).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const query = new URLSearchParams(present).toString();
  return `${uri}${uri.includes('?') ? '&' : '?'}${query}`;
}
