/** The key by which the name of an artist or a label is found. Import and look-up make it the same way. */
import { fold } from '../lib/fold.ts';

/** Discogs' number of one of several artists of a name: `Nirvana (2)`. */
const NAMESAKE = / \(\d+\)$/;
const MAX_CHARS = 200;

/**
 * Letters and digits of the folded name. A name without any (`!!!`) keeps its signs. Empty for a name of white space only,
 * which finds nothing.
 */
export function nameKey(name: string): string {
  const folded = fold(name).replace(NAMESAKE, '');
  const letters = folded.replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
  return (letters === '' ? folded.replaceAll(' ', '') : letters).slice(0, MAX_CHARS);
}
