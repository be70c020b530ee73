/** The words that Discogs is asked for: a query without what its database has no words for. Pure. */
import type { SearchQuery } from './query.ts';
import type { Wanted } from './wanted.ts';

/** Editions and remasters are releases of the same name at Discogs; a remix or a concert has a name of its own. */
const EDITION = String.raw`(?:(?:super|\d{1,3}(?:st|nd|rd|th))\s)?(?:deluxe|expanded|special|limited|collector['’]?s|anniversary|bonus\stracks?|explicit|clean)(?:\s(?:deluxe|expanded|remastered|anniversary))?`;
const REMASTER = String.raw`(?:(?:digital(?:ly)?|(?:19|20)\d\d)\s){0,2}remaster(?:ed)?(?:\s(?:edition|version|(?:19|20)\d\d))?`;
/** `2015 - Remaster`, `Mono / Remastered`, `2011 Stereo Remaster`. */
const CHANNELS = String.raw`(?:(?:mono|stereo|(?:19|20)\d\d)\s(?:[-/;]\s)?){1,2}${REMASTER}`;
const DISC = String.raw`(?:cd|dis[ck])\s?(?:\d{1,2}|one|two|three|four)(?:\s?(?:of|/)\s?\d{1,2})?`;
/** What shops say of a track that is no other version. */
const SHOP = String.raw`(?:album|lp)\sversion|(?:explicit|clean)(?:\sversion)?|bonus\strack`;

/** At the end of a text and not all of it; a label that is also a word (`Special`) only in brackets or behind a dash. */
const labelled = (label: string, open: string): RegExp =>
  new RegExp(
    String.raw`(?<=\S)(?:\s?[([{]\s?(?:${label})\s?[)\]}]|\s-\s(?:${label})|[\s,:]\s?(?:${open}))$`,
    'iu',
  );

const OF_TITLE = labelled(`${CHANNELS}|${REMASTER}|${SHOP}`, REMASTER);
const OF_ALBUM = labelled(
  String.raw`${EDITION}(?:\s(?:edition|version|reissue))?|${REMASTER}|${DISC}`,
  String.raw`${EDITION}\s(?:edition|version|reissue)|${REMASTER}|${DISC}`,
);

function without(label: RegExp, text: string): string {
  const rest = text.replace(label, '').trim();
  return rest === text ? text : without(label, rest);
}

/** What stands in the parameters of a search, as the caller typed it. */
export const askedWords = ({ artist, title, album }: Wanted): SearchQuery => ({
  artist: artist.plain,
  title: without(OF_TITLE, title.plain),
  album: album && without(OF_ALBUM, album.plain),
});
