/** Points Discogs' links back at the gateway: in JSON on its bytes, without decoding or parsing them, and in `Link`. */
import { scanJson } from '../lib/scanJson.ts';

const encoder = new TextEncoder();

/** Under which origins Discogs' links may appear that are rewritten: both of the real one, and the configured upstream. */
export function linkOrigins({
  rewriteUpstreamUrls,
  discogsApiBaseUrl,
}: {
  readonly rewriteUpstreamUrls: boolean;
  readonly discogsApiBaseUrl: string;
}): readonly string[] {
  const origins = ['https://api.discogs.com', 'http://api.discogs.com', discogsApiBaseUrl];
  return rewriteUpstreamUrls ? [...new Set(origins)] : [];
}

/**
 * What the links of `origins` begin with, for `scanJson`. One origin may be the beginning of another, with a path for
 * example; the longer one is meant.
 */
export const linkPrefixes = (origins: readonly string[]): readonly Uint8Array[] =>
  origins.toSorted((a, b) => b.length - a.length).map((origin) => encoder.encode(`${origin}/`));

/** The beginning of a string in JSON that continues behind the slash of an origin. */
const linkStart = (baseUrl: string): Uint8Array => encoder.encode(`${JSON.stringify(baseUrl).slice(0, -1)}/`);

/** A body's links: pairs of offsets, of the opening quote and behind the slash after the origin. */
export interface Links {
  readonly offsets: Uint32Array;
  /** Bytes between the offsets of all pairs. */
  readonly bytes: number;
}

/** Takes what `scanJson` found. */
export function toLinks(offsets: Uint32Array): Links {
  let bytes = 0;
  for (let index = 0; index < offsets.length; index += 2) {
    bytes += (offsets[index + 1] ?? 0) - (offsets[index] ?? 0);
  }
  return { offsets, bytes };
}

const lengthWith = (body: Uint8Array, { offsets, bytes }: Links, start: Uint8Array): number =>
  body.length - bytes + (offsets.length / 2) * start.length;

/** Bytes of what `withLinks` makes. */
export const lengthWithLinks = (body: Uint8Array, links: Links, baseUrl: string): number =>
  lengthWith(body, links, linkStart(baseUrl));

/** Below this a loop is faster than a view and a call. */
const SHORT_BYTES = 128;

/** Copies a range of `from` to `at` in `to`, and returns the offset behind it. */
function copy(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): number {
  const length = end - start;
  if (length > SHORT_BYTES) to.set(from.subarray(start, end), at);
  else for (let index = 0; index < length; index += 1) to[at + index] = from[start + index] ?? 0;
  return at + length;
}

/** A copy of the body whose links begin with `baseUrl`; `body` itself where it has none. */
export function withLinks(body: Uint8Array, links: Links, baseUrl: string): Uint8Array {
  const { offsets } = links;
  if (offsets.length === 0) return body;
  const start = linkStart(baseUrl);
  const out = new Uint8Array(lengthWith(body, links, start));
  let read = 0;
  let written = 0;
  for (let index = 0; index < offsets.length; index += 2) {
    written = copy(body, read, offsets[index] ?? 0, out, written);
    written = copy(start, 0, start.length, out, written);
    read = offsets[index + 1] ?? 0;
  }
  copy(body, read, body.length, out, written);
  return out;
}

/**
 * The body with every string value that starts with one of `origins` and a slash starting with `baseUrl` instead. Equal to
 * parsing, replacing and serialising again, for JSON that writes a slash as `/` or `\/` and escapes nothing else in its
 * addresses, as Discogs does; all other bytes stay as they are. Returns `body` itself where nothing changes, and where it is
 * not JSON.
 */
export function rewriteLinks(body: Uint8Array, origins: readonly string[], baseUrl: string): Uint8Array {
  const offsets = scanJson(body, linkPrefixes(origins));
  return offsets ? withLinks(body, toLinks(offsets), baseUrl) : body;
}

/** The same for one address, as in `Location`. One without a host is of Discogs, too. */
export function rewriteAddress(value: string, origins: readonly string[], base: string): string {
  if (origins.length > 0 && /^\/(?!\/)/.test(value)) return base + value;
  const origin = origins.toSorted((a, b) => b.length - a.length).find((one) => value.startsWith(`${one}/`));
  return origin === undefined ? value : base + value.slice(origin.length);
}

/**
 * The same for a `Link` header.
 * @see https://www.rfc-editor.org/rfc/rfc8288#section-3
 */
export function rewriteLinkHeader(value: string, origins: readonly string[], base: string): string {
  return origins.reduce((link, origin) => link.replaceAll(`<${origin}/`, `<${base}/`), value);
}
