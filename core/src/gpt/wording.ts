/** Parts of a record as a person would say them. Pure. */
import { type Members, number, object, objects, positive, text, texts } from '../lib/looseJson.ts';

const WEB = 'https://www.discogs.com';
/** Discogs numbers artists and labels of the same name. */
const NUMBERED = / \(\d+\)$/;

/** The page of a record, for attribution. Discogs leads on from it to the address with the title. */
export const webAddress = (kind: string, id: unknown): string => {
  const known = positive(id);
  return known === undefined ? '' : `${WEB}/${kind}/${known}`;
};

/** `Nirvana (2)` is shown as `Nirvana`. */
export const cleanName = (name: unknown): string => text(name).replace(NUMBERED, '');

/** Discogs joins with a word or a comma; a comma has no blank before it. */
function join(artists: readonly Members[], nameOf: (artist: Members) => string): string {
  return artists
    .map((artist, index) => {
      const name = nameOf(artist);
      if (index === artists.length - 1) return name;
      const word = text(artist['join']) || ',';
      return word === ',' ? `${name}, ` : `${name} ${word} `;
    })
    .join('');
}

/** Artists as one text, by the names of their pages. */
export const artistsText = (value: unknown): string => join(objects(value), ({ name }) => cleanName(name));

/** As the sleeve names them; empty where that is the same. */
export function creditedAs(value: unknown): string {
  const artists = objects(value);
  if (!artists.some(({ anv }) => text(anv) !== '')) return '';
  return join(artists, ({ name, anv }) => text(anv) || cleanName(name));
}

/** `2×Vinyl, LP, Album (Blue)`. */
function formatText({ name, qty, descriptions, text: free }: Members): string {
  const count = number(qty) ?? 1;
  const parts = [`${count > 1 ? `${count}×` : ''}${text(name)}`, ...texts(descriptions)].filter(Boolean);
  const note = text(free);
  return note === '' ? parts.join(', ') : `${parts.join(', ')} (${note})`;
}

/** All formats of a record as one text. */
export const formatsText = (value: unknown): string =>
  objects(value).map(formatText).filter(Boolean).join('; ');

/** `RCA PB 41447`: label and catalogue number. */
export const labelsText = (value: unknown): string => {
  const labels = objects(value).map(({ name, catno }) => {
    const catalogueNumber = text(catno);
    return [cleanName(name), catalogueNumber.toLowerCase() === 'none' ? '' : catalogueNumber]
      .filter(Boolean)
      .join(' ');
  });
  return [...new Set(labels.filter(Boolean))].join('; ');
};

/** `A1 Never Gonna Give You Up 3:32`, with the artist where a track has its own. */
function trackLine(track: Members): string {
  const title = text(track['title']);
  if (text(track['type_']) === 'heading') return `[${title}]`;
  const artist = artistsText(track['artists']);
  const parts = [
    text(track['position']),
    artist === '' ? title : `${artist} – ${title}`,
    text(track['duration']),
  ];
  return parts.filter(Boolean).join(' ');
}

/** One line for each track; parts of a track follow it. */
export const tracklist = (value: unknown): readonly string[] =>
  objects(value).flatMap((track) => [trackLine(track), ...objects(track['sub_tracks']).map(trackLine)]);

const creditLine = ({ name, anv, role, tracks }: Members, track = tracks): string => {
  const where = text(track) === '' ? '' : ` (${text(track)})`;
  return `${text(role)}: ${text(anv) || cleanName(name)}${where}`;
};

/** `Design: Me Company`; behind those of the record stand those of its tracks, with their position. */
export const creditLines = (credits: unknown, tracks: unknown): readonly string[] => [
  ...objects(credits).map((credit) => creditLine(credit)),
  ...objects(tracks)
    .flatMap((track) => [track, ...objects(track['sub_tracks'])])
    .flatMap(({ extraartists, position, title }) =>
      objects(extraartists).map((credit) => creditLine(credit, text(position) || title)),
    ),
];

/** `21.34 USD` from `{value, currency}`; empty without a number. */
export function priceText(price: unknown): string {
  // Discogs writes `curr_abbr` beside an original price.
  const { value, currency, curr_abbr } = object(price);
  const amount = number(value);
  return amount === undefined ? '' : `${amount.toFixed(2)} ${text(currency) || text(curr_abbr)}`.trim();
}

/** Markup is left out; so many characters are read for one that is shown. */
const READ_PER_SHOWN = 10;

/** Discogs' own markup as plain text: `[a=Name]`, `[url=…]text[/url]`, `[b]…[/b]`; numbers of records stay readable. */
export function plainText(value: unknown, maxChars: number): string {
  const whole = text(value);
  // Anybody may write these texts: no pattern may look far ahead from each place of a long one.
  const head = whole.slice(0, maxChars * READ_PER_SHOWN);
  const plain = head
    .replace(/\[url=[^\]]{0,500}\]/gi, '')
    .replace(/\[(?:a|l|m|r|g)=([^\]]{1,200})\]/gi, (_, name: string) => cleanName(name))
    .replace(/\[([amrlg])(\d+)\]/gi, (_, kind: string, id: string) =>
      `${KINDS[kind.toLowerCase()] ?? ''} ${id}`.trim(),
    )
    .replace(/\[\/?[a-z]+\]/gi, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, ' / ')
    .trim();
  const isWhole = plain.length <= maxChars && head.length === whole.length;
  return isWhole ? plain : `${plain.slice(0, maxChars - 1).trimEnd()}…`;
}

const KINDS: Readonly<Record<string, string>> = {
  a: 'artist',
  l: 'label',
  m: 'master',
  r: 'release',
  g: 'guideline',
};

/** The values of identifiers of one type. */
export const identifiers = (value: unknown, type: string): readonly string[] =>
  objects(value)
    .filter((item) => text(item['type']) === type)
    .map((item) => text(item['value']))
    .filter(Boolean);

/** Identifiers as lines: `Matrix / Runout: PB 41447 A (Side A)`. */
export const identifierLines = (value: unknown): readonly string[] =>
  objects(value).map(({ type, value: own, description }) => {
    const note = text(description);
    return `${text(type)}: ${text(own)}${note === '' ? '' : ` (${note})`}`;
  });

/** Videos as title and address. */
export const videoLines = (value: unknown): readonly string[] =>
  objects(value).map(({ title, uri }) => `${text(title)} ${text(uri)}`.trim());

/** True where a flag is true or a count is above zero. */
export const isSet = (value: unknown): boolean => value === true || (number(value) ?? 0) > 0;

/** The addresses of pictures, large ones. */
export const imageAddresses = (value: unknown): readonly string[] =>
  objects(value)
    .map(({ uri }) => text(uri))
    .filter(Boolean);
