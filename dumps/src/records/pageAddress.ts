/** Addresses of pages on the website. */
import { type JsonWriter, part } from '../json/jsonWriter.ts';

const WEB = 'https://www.discogs.com';
/** Letters, marks, digits, spaces, hyphens and underscores stay; all else is left out, not replaced. */
const LEFT_OUT = /[^\p{L}\p{M}\p{N}\s_-]+/gu;

/** What becomes of an ASCII character at the end of an address. */
const [OMITTED, KEPT, SEPARATOR] = [0, 1, 2];
const ASCII_SLUG = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[\s-]/.test(character)) return SEPARATOR;
  return /\w/.test(character) ? KEPT : OMITTED;
});
const HYPHEN = 45;
const plain = new Uint8Array(1024);

/** The same as `slug` of an ASCII name, in `plain`: its length; -1 for other names, and for longer ones. */
function plainSlug(name: string): number {
  if (name.length > plain.length) return -1;
  let length = 0;
  let isSeparated = false;
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    const kind = ASCII_SLUG[code] ?? -1;
    if (kind === -1) return -1;
    if (kind === SEPARATOR) isSeparated = length > 0;
    if (kind !== KEPT) continue;
    if (isSeparated) plain[length++] = HYPHEN;
    plain[length++] = code;
    isSeparated = false;
  }
  return length;
}

/**
 * `Mr. James Barth & A.D.-Knockin' Boots` → `Mr-James-Barth-AD-Knockin-Boots`, as Discogs writes the end of an address.
 * The rule was found from addresses of pages in the texts of records; the id before it is what the website reads.
 */
function slug(name: string): string {
  const words = name
    .replace(LEFT_OUT, '')
    .replace(/[\s-]+/g, '-')
    .replace(/^-|-$/g, '');
  return encodeURIComponent(words.replace(/\p{Surrogate}/gu, ''));
}

const PAGES = {
  release: part(`${WEB}/release/`),
  master: part(`${WEB}/master/`),
  artist: part(`${WEB}/artist/`),
  label: part(`${WEB}/label/`),
} as const;
const BEFORE_SLUG = part('-');

/** Writes `https://www.discogs.com/release/249504-Rick-Astley-Never-Gonna-Give-You-Up`. */
export function writePageAddress(out: JsonWriter, page: keyof typeof PAGES, id: number, name: string): void {
  out.raw(PAGES[page]);
  out.number(id);
  const length = plainSlug(name);
  const end = length === -1 ? slug(name) : '';
  if (length < 1 && end === '') return;
  out.raw(BEFORE_SLUG);
  if (length === -1) out.text(end);
  else out.copy(plain, 0, length);
}
