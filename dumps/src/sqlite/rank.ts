/** How well a record that has all words fits a search: whole names before longer ones. Pure. */
import { type CatalogueSearch, nameKey, type RecordKind } from '@discogs-agent/core/catalogue';

/** What a record is known by. */
export interface RankedTexts {
  readonly kind: RecordKind;
  readonly artist: string;
  readonly title: string;
}

const WHOLE = 8;
const BEGINNING = 2;
/** Of records that fit equally well, those that stand for many come first. */
const KINDS: Readonly<Record<RecordKind, number>> = { artists: 0.4, masters: 0.3, labels: 0.2, releases: 0 };

function likeness(wanted: string, text: string): number {
  if (wanted === '' || text === '') return 0;
  if (wanted === text) return WHOLE;
  return text.startsWith(wanted) || wanted.startsWith(text) ? BEGINNING : 0;
}

/** Gives a function of the search, which is folded once. The higher the better. */
export function ranking(search: CatalogueSearch): (texts: RankedTexts) => number {
  const [q, wantedArtist, wantedTitle, label] = [search.q, search.artist, search.title, search.label].map(
    (text) => nameKey(text ?? ''),
  );
  return ({ kind, artist, title }) => {
    const [artistKey, titleKey] = [nameKey(artist), nameKey(title)];
    const free = Math.max(
      likeness(q ?? '', titleKey),
      likeness(q ?? '', artistKey),
      q !== '' && (q === artistKey + titleKey || q === titleKey + artistKey) ? 2 * WHOLE : 0,
    );
    return (
      KINDS[kind] +
      free +
      likeness(wantedArtist ?? '', artistKey) +
      likeness(wantedTitle ?? '', titleKey) +
      likeness(kind === 'labels' ? (label ?? '') : '', titleKey)
    );
  };
}
