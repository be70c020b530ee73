/** The notation of the matching cases. */
import type { SearchQuery } from '../../../src/broker/search/query.ts';
import type { SearchHit } from '../../../src/broker/search/searchAnswer.ts';

/** One row of the table: what is asked, what Discogs' search shows, what ours makes of it and why. */
export interface MatchingCase {
  readonly artist: string;
  readonly title: string;
  readonly album?: string;
  /** `Title`, `Title | Format, Format` or `Title | Format, Format | year`. */
  readonly hits: readonly string[];
  readonly ours: 'exact' | 'fuzzy' | 'none';
  /** Index of the hit that ours shows; 0 unless told. */
  readonly picks?: number;
  /** One sentence: why ours is right, or what it misses. */
  readonly why: string;
}

/** Cases of one kind, under a heading. */
export interface CaseGroup {
  readonly heading: string;
  readonly cases: readonly MatchingCase[];
}

export const queryOf = ({ artist, title, album }: MatchingCase): SearchQuery => ({ artist, title, album });

/** A hit as Discogs would send it, from its notation. */
export function hitOf(notation: string): SearchHit {
  const [title = '', formats = '', year = ''] = notation.split(' | ');
  const format = formats === '' ? [] : formats.split(', ');
  return { title, year, format, label: [], genre: [], style: [], uri: '', cover_image: '' };
}
