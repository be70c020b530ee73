/**
 * The forms in which Discogs writes longer texts: profiles and notes as HTML, without markup, or with its own markup.
 * @see https://www.discogs.com/developers#page:home,header:home-versioning-and-media-types
 */

const TEXT_FORMAT = /^application\/vnd\.discogs\.v2\.(?:html|plaintext|discogs)\+json$/;
/** The form that Discogs chooses by itself, so an answer in it is the same as one to `application/json`. */
export const MARKUP = 'application/vnd.discogs.v2.discogs+json';

/** `q=0` means: not this one. */
const REFUSED = /;\s*q=0(?:\.0*)?\s*(?:;|$)/i;

/**
 * The media type of Discogs that an `Accept` header asks for first, in lower case. Undefined for everything else, which
 * is answered as JSON and shares the cache entries of JSON.
 */
export function textFormat(accept: string | undefined): string | undefined {
  if (accept === undefined || !/vnd\.discogs/i.test(accept)) return undefined;
  for (const range of accept.split(',')) {
    const [type = ''] = range.split(';', 1);
    const name = type.trim().toLowerCase();
    if (TEXT_FORMAT.test(name) && !REFUSED.test(range)) return name;
  }
  return undefined;
}
