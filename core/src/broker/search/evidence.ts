/** What the title of a hit proves about the track that a caller looks for. Pure. */
import { type Credit, isNobody, parseCredit, sameArtist } from './credit.ts';
import { namesIn } from './names.ts';
import { isNameless, parseRelease, sameTitles, sameTrack, type TrackTitle } from './trackTitle.ts';
import { showOwnVersion } from './versions.ts';
import type { Wanted } from './wanted.ts';
import { containsWords } from './words.ts';

/** Higher ranks are closer; hits of one rank are told apart by their score. */
export interface Evidence {
  readonly rank: number;
  /** Artist and track are both shown, and nothing speaks against them. */
  readonly exact: boolean;
  /** Discogs' numbers of the artist, see `Credit`. */
  readonly number: string;
}

/** No title is longer; one that is would only cost time. */
const MAX_TITLE_UNITS = 1000;
const MAX_READINGS = 6;
const MAX_PARTS = 12;

/** Discogs writes `Artist - Release`; both may contain ` - ` themselves, so every reading is tried. */
function readings(title: string): (readonly [artist: string, release: string])[] {
  if (title.length > MAX_TITLE_UNITS) return [];
  const pieces = title.split(' - ');
  return pieces.slice(1, 1 + MAX_READINGS).map((_, index) => {
    const cut = index + 1;
    return [pieces.slice(0, cut).join(' - '), pieces.slice(cut).join(' - ')];
  });
}

/** The two sides of a single or the shares of a split: `Blue Monday / The Beach`. */
function parts(text: string): string[] {
  const all = text.split(/\s\/\s/u);
  return all.length > MAX_PARTS ? [text] : all;
}

/** The sides of a record; undefined for one that may be of a version that another side names for all. */
function sidesOf(release: string): (TrackTitle | undefined)[] {
  const sides = parts(release);
  const areClear = showOwnVersion(sides);
  return sides.map((side, index) => (areClear[index] ? parseRelease(side) : undefined));
}

/** A record, as the hit names it. */
interface Release {
  readonly sides: readonly (TrackTitle | undefined)[];
  /** The record as a whole, then its sides. */
  readonly titles: readonly TrackTitle[];
}

function parseHit(release: string): Release {
  const sides = sidesOf(release);
  const isOne = sides.length === 1;
  return {
    sides,
    titles: [parseRelease(release), ...(isOne ? [] : sides.filter((side) => side !== undefined))],
  };
}

type Closeness = 'same' | 'contained' | 'none';

/** By artist, then record. The right title under a joint credit is nearer than another record of the right artist. */
const RANKS: Readonly<Record<Closeness, Readonly<Record<Closeness, number>>>> = {
  same: { same: 8, contained: 6, none: 5 },
  contained: { same: 7, contained: 4, none: 3 },
  none: { same: 2, contained: 1, none: 0 },
};

const joinedWords = ({ name }: Credit): string => namesIn(name).join(' & ');

function artistCloseness(wanted: Credit, found: Credit): Closeness {
  if (sameArtist(wanted, found)) return 'same';
  return containsWords(joinedWords(found), joinedWords(wanted)) ? 'contained' : 'none';
}

const sameRecord = (one: TrackTitle, other: TrackTitle): boolean =>
  one.readings.some((a) => other.readings.some((b) => sameTitles(a, b)));

const holds = (record: TrackTitle, sought: TrackTitle): boolean =>
  sought.readings.some(({ names }) =>
    names.some((name) =>
      record.readings.some((reading) => reading.names.some((text) => containsWords(text, name))),
    ),
  );

function releaseCloseness({ title, album }: Wanted, { titles }: Release): Closeness {
  if (titles.some((record) => sameRecord(record, album ?? title))) return 'same';
  const near = titles.some((record) => (album && holds(record, album)) || holds(record, title));
  return near ? 'contained' : 'none';
}

/** The credit under which the hit shows the track: of the whole record, or of one share of a split. */
function shownBy(
  { artist, title }: Wanted,
  credit: Credit,
  names: string,
  release: Release,
): Credit | undefined {
  const shows = (by: Credit, shown: TrackTitle): boolean =>
    sameArtist(artist, by) && sameTrack(title, artist.guests, shown, by.guests);
  if (release.titles.some((shown) => shows(credit, shown))) return credit;
  const credits = parts(names).map(parseCredit);
  if (credits.length < 2 || credits.length !== release.sides.length) return undefined;
  return credits.find((by, index) => {
    const shown = release.sides[index];
    return shown !== undefined && shows(by, shown);
  });
}

function judge(wanted: Wanted, names: string, text: string): Evidence {
  const credit = parseCredit(names);
  const release = parseHit(text);
  const { artist, title, album } = wanted;
  const isNamed = !isNobody(artist) && !isNameless(title);
  const isRightRecord =
    !album || release.titles.some((record) => sameTrack(album, artist.guests, record, credit.guests));
  const shown = isNamed && isRightRecord ? shownBy(wanted, credit, names, release) : undefined;
  return {
    rank: RANKS[artistCloseness(artist, credit)][releaseCloseness(wanted, release)],
    exact: shown !== undefined,
    number: (shown ?? credit).numbers.join(' & '),
  };
}

const closer = (a: Evidence, b: Evidence): Evidence =>
  (a.exact === b.exact ? b.rank > a.rank : b.exact) ? b : a;

/** Judges a hit by its title, the only place where Discogs' search names artist and record. */
export function evidenceOf(wanted: Wanted, title: string): Evidence {
  const nothing: Evidence = { rank: 0, exact: false, number: '' };
  return readings(title)
    .map(([artist, release]) => judge(wanted, artist, release))
    .reduce(closer, nothing);
}
