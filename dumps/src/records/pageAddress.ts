/** Addresses of pages on the website. */
import { ascii, type JsonWriter } from '../json/jsonWriter.ts';

const WEB = 'https://www.discogs.com';
/** Letters, marks, digits, spaces, hyphens and underscores stay; all else is left out, not replaced. */
const LEFT_OUT = /[^\p{L}\p{M}\p{N}\s_-]+/gu;

/** Most names, for which the two slow steps can be left out. */
const PLAIN = /^[\w\s-]*$/;

/**
 * `Mr. James Barth & A.D.-Knockin' Boots` → `Mr-James-Barth-AD-Knockin-Boots`, as Discogs writes the end of an address.
 * The rule was found from addresses of pages in the texts of records; the id before it is what the website reads.
 */
export function slug(text: string): string {
  const isPlain = PLAIN.test(text);
  const words = (isPlain ? text : text.replace(LEFT_OUT, '')).replace(/[\s-]+/g, '-').replace(/^-|-$/g, '');
  return isPlain ? words : encodeURIComponent(words.replace(/\p{Surrogate}/gu, ''));
}

const PAGES = {
  release: ascii(`${WEB}/release/`),
  master: ascii(`${WEB}/master/`),
  artist: ascii(`${WEB}/artist/`),
  label: ascii(`${WEB}/label/`),
} as const;
const HYPHEN = ascii('-');

/** Writes `https://www.discogs.com/release/249504-Rick-Astley-Never-Gonna-Give-You-Up`. */
export function writePageAddress(out: JsonWriter, page: keyof typeof PAGES, id: number, name: string): void {
  const end = slug(name);
  out.raw(PAGES[page]);
  out.number(id);
  if (end === '') return;
  out.raw(HYPHEN);
  out.text(end);
}
