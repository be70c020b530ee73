/** A title as it is compared. Pure. */
import type { WithoutGuests } from './guestPhrases.ts';
import { cutTitleCompanions, cutTitleGuests } from './guests.ts';
import { guestNames } from './names.ts';
import { normalize } from './normalize.ts';
import { tidy } from './rawText.ts';
import { mayNameVersion, showOwnVersion } from './versions.ts';
import { sameWords } from './words.ts';

/** One way to read a title. */
export interface TitleReading {
  /** Normalized; several for parallel titles (`A = B`). */
  readonly names: readonly string[];
  /** Normalized names. */
  readonly guests: readonly string[];
  /** Guests that the other title has to name as well: `Handle (With Care)` may be a title as it stands. */
  readonly needed: readonly string[];
}

/** A parsed title of a track or record: every way to read it, as it stands first. */
export interface TrackTitle {
  readonly readings: readonly TitleReading[];
  /** As it was typed, without guests, and only the first of parallel titles. */
  readonly plain: string;
}

/** What shops add to a track that is no remix. Every other version is part of the title. */
const ORIGINAL_MIX = /(?<=[^ ])[ -]original mix$/u;
const ORIGINAL_MIX_TYPED = /(?<=\S)(?:\s?-\s?|\s?[([{]\s?|\s)original mix\s?[)\]}]?$/iu;
/** What shops add to the name of a record that is no album. */
const SHOP_SUFFIX = /(?<=\S)(?:\s-\s+(?:single|ep)|\s[([](?:single|ep)[)\]])\s*$/iu;
const EP = /(?<=[^ ]) e-?p$/u;
const EP_TYPED = /(?<=\S)\se\.?p\.?$/iu;
/** Titles that name nothing: one artist may have many of them. */
const NAMELESS = /^(?:untitled|no title|unknown|unknown title|(?:track|untitled) \d+)$/u;
/** Beside `E = MC²` and `1 + 1 = 2`. */
const HAS_WORD = /\p{L}{2}|\p{Lo}/u;
/** `You + Me = Us`. */
const FORMULA = /\s[+×÷]\s/u;
/** So that no key of the cache doubles; no title with companions is longer. */
const MAX_COMPANIONS_UNITS = 120;

/** Discogs writes a title in two languages as `A = B`. Where only one of them names a version, both may mean it. */
function parallels(text: string): string[] {
  const titles = text.split(/\s=\s/u);
  if (titles.length === 1) return titles;
  const areTitles =
    !FORMULA.test(text) &&
    titles.every((title) => HAS_WORD.test(title)) &&
    showOwnVersion(titles).every(Boolean);
  return areTitles ? titles : [text];
}

function parse(text: string, named: (name: string) => string): TrackTitle {
  const featured = cutTitleGuests(tidy(text));
  const companions = text.length > MAX_COMPANIONS_UNITS ? undefined : cutTitleCompanions(featured.main);
  const readingOf = ({ main, guests }: WithoutGuests, needed: readonly string[]): TitleReading => ({
    names: parallels(main).map((title) => named(normalize(title).replace(ORIGINAL_MIX, ''))),
    guests: guests.flatMap(guestNames),
    needed: needed.flatMap(guestNames),
  });
  const readings = [readingOf(featured, [])];
  if (companions) {
    const { main, guests, isSure } = companions;
    readings.push(readingOf({ main, guests: [...featured.guests, ...guests] }, isSure ? [] : guests));
  }
  const { main } = companions?.isSure ? companions : featured;
  return { readings, plain: (parallels(main)[0] ?? main).replace(ORIGINAL_MIX_TYPED, '').trim() };
}

/** Parses the title of a track. */
export const parseTitle = (text: string): TrackTitle => parse(text, (name) => name);

/** Parses the name of a record; the record `X EP` is named after its track X. */
export function parseRelease(text: string): TrackTitle {
  const { readings, plain } = parse(tidy(text).replace(SHOP_SUFFIX, ''), (name) => name.replace(EP, ''));
  return { readings, plain: plain.replace(EP_TYPED, '') };
}

/** True for Untitled and the like. */
export const isNameless = ({ readings }: TrackTitle): boolean =>
  readings.some(({ names }) => names.some((name) => NAMELESS.test(name)));

const within = (inner: readonly string[], outer: readonly string[]): boolean =>
  inner.every((name) => outer.some((other) => sameWords(name, other)));

/** A list of guests may be missing or shorter, not different; and it must be the same where a name may hold a version. */
function guestsAgree(a: readonly string[], b: readonly string[]): boolean {
  const [ab, ba] = [within(a, b), within(b, a)];
  return [...a, ...b].some(mayNameVersion) ? ab && ba : ab || ba;
}

/** Of parallel titles, one side may leave some out. */
export const sameTitles = (a: TitleReading, b: TitleReading): boolean =>
  within(a.names, b.names) || within(b.names, a.names);

/** Whether two titles, with the guests of their artists, are of one recording. */
export function sameTrack(
  one: TrackTitle,
  itsGuests: readonly string[],
  other: TrackTitle,
  othersGuests: readonly string[],
): boolean {
  return one.readings.some((a) =>
    other.readings.some((b) => {
      const [guestsOfA, guestsOfB] = [
        [...itsGuests, ...a.guests],
        [...othersGuests, ...b.guests],
      ];
      return (
        sameTitles(a, b) &&
        guestsAgree(guestsOfA, guestsOfB) &&
        within(a.needed, guestsOfB) &&
        within(b.needed, guestsOfA)
      );
    }),
  );
}
