/** What the title of a hit proves about the track that a caller looks for. Pure. */
import { type Credit, isNobody, parseCredit, sameArtist } from './credit.ts';
import { guestsAgree } from './guests.ts';
import { isNameless, parseRelease, type TrackTitle } from './trackTitle.ts';
import type { Wanted } from './wanted.ts';
import { containsWords, sameWords } from './words.ts';

/** Higher ranks are closer; hits of one rank are told apart by their score. */
export interface Evidence {
  readonly rank: number;
  /** Artist and track are both shown, and nothing speaks against them. */
  readonly exact: boolean;
  /** Discogs' number of the artist, see `Credit`. */
  readonly number: string;
}

/** No title is longer; one that is would only cost time. */
const MAX_TITLE_UNITS = 1000;
const MAX_READINGS = 6;

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
const parts = (text: string): string[] => text.split(/\s\/\s/u);

/** The record as a whole, then each of its parts. */
const releasesOf = (text: string): TrackTitle[] => [...new Set([text, ...parts(text)])].map(parseRelease);

type Closeness = 'same' | 'contained' | 'none';

/** By artist, then record. The right title under a joint credit is nearer than another record of the right artist. */
const RANKS: Readonly<Record<Closeness, Readonly<Record<Closeness, number>>>> = {
  same: { same: 8, contained: 6, none: 5 },
  contained: { same: 7, contained: 4, none: 3 },
  none: { same: 2, contained: 1, none: 0 },
};

function artistCloseness(wanted: Credit, found: Credit): Closeness {
  if (sameArtist(wanted, found)) return 'same';
  return containsWords(found.words, wanted.words) ? 'contained' : 'none';
}

function releaseCloseness({ title, album }: Wanted, releases: readonly TrackTitle[]): Closeness {
  const sought = album ?? title;
  if (releases.some(({ words }) => sameWords(words, sought.words))) return 'same';
  const near = releases.some(
    ({ words }) => containsWords(words, sought.words) || containsWords(words, title.words),
  );
  return near ? 'contained' : 'none';
}

/** Whether this artist with this title is what is wanted. */
function shows({ artist, title }: Wanted, credit: Credit, shown: TrackTitle): boolean {
  return (
    sameArtist(artist, credit) &&
    sameWords(title.words, shown.words) &&
    guestsAgree(`${artist.guests} ${title.guests}`, `${credit.guests} ${shown.guests}`)
  );
}

/** The credit under which the hit shows the track: of the whole record, or of one share of a split. */
function shownBy(wanted: Wanted, artist: string, release: string): Credit | undefined {
  const whole = parseCredit(artist);
  if (releasesOf(release).some((shown) => shows(wanted, whole, shown))) return whole;
  const [artists, titles] = [parts(artist).map(parseCredit), parts(release).map(parseRelease)];
  if (artists.length < 2 || artists.length !== titles.length) return undefined;
  return artists.find((credit, index) => {
    const title = titles[index];
    return title !== undefined && shows(wanted, credit, title);
  });
}

function judge(wanted: Wanted, artist: string, release: string): Evidence {
  const credit = parseCredit(artist);
  const releases = releasesOf(release);
  const { album } = wanted;
  const named = !isNobody(wanted.artist) && !isNameless(wanted.title);
  const rightRecord = !album || releases.some(({ words }) => sameWords(words, album.words));
  const shown = named && rightRecord ? shownBy(wanted, artist, release) : undefined;
  return {
    rank: RANKS[artistCloseness(wanted.artist, credit)][releaseCloseness(wanted, releases)],
    exact: shown !== undefined,
    number: (shown ?? credit).number,
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
