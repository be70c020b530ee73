/** Addresses of pages on the website. */

const WEB = 'https://www.discogs.com';
/** Letters, marks, digits, spaces, hyphens and underscores stay; all else is left out, not replaced. */
const LEFT_OUT = /[^\p{L}\p{M}\p{N}\s_-]+/gu;

/**
 * `Mr. James Barth & A.D.-Knockin' Boots` → `Mr-James-Barth-AD-Knockin-Boots`, as Discogs writes the end of an address.
 * The rule was found from addresses of pages in the texts of records; the id before it is what the website reads.
 */
export function slug(text: string): string {
  const words = text
    .replace(LEFT_OUT, '')
    .replace(/[\s-]+/g, '-')
    .replace(/^-|-$/g, '');
  return encodeURIComponent(words.replace(/\p{Surrogate}/gu, ''));
}

/** `https://www.discogs.com/release/249504-Rick-Astley-Never-Gonna-Give-You-Up` */
export function pageAddress(
  kind: 'release' | 'master' | 'artist' | 'label',
  id: number,
  name: string,
): string {
  const end = slug(name);
  return end === '' ? `${WEB}/${kind}/${id}` : `${WEB}/${kind}/${id}-${end}`;
}
