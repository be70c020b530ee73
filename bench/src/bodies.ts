/** Bodies as Discogs sends them: a release with links in every credit, ASCII escapes and raw UTF-8 mixed. */

/** Sizes that a search row, a master and a large release have, by the first digit of the release's id. */
export const BODIES = [
  { digit: '1', label: '2 KB', bytes: 2 * 1024 },
  { digit: '2', label: '12 KB', bytes: 12 * 1024 },
  { digit: '3', label: '60 KB', bytes: 60 * 1024 },
] as const;

export type BodyKind = (typeof BODIES)[number];

/** Ids of one kind never repeat within a run, so that no cache of a candidate can answer. */
const IDS_PER_DIGIT = 100_000_000;

/** The `index`-th id of a kind. */
export const releaseId = ({ digit }: BodyKind, index: number): number =>
  Number(digit) * IDS_PER_DIGIT + index;

function credit(index: number): object {
  const id = 100_000 + index;
  return {
    name: index % 5 === 0 ? 'Zo\u00eb Sample' : `Session Player ${index}`,
    anv: '',
    join: '',
    role: 'Guitar, Backing Vocals',
    tracks: `A${index % 9}, B${index % 7}`,
    id,
    resource_url: `https://api.discogs.com/artists/${id}`,
    thumbnail_url: `https://i.discogs.com/thumbnails/rs:fit/h:150/w:150/${id}.jpeg`,
  };
}

function release(credits: number): object {
  return {
    id: 249504,
    status: 'Accepted',
    uri: 'https://www.discogs.com/release/249504-Benchmark',
    resource_url: 'https://api.discogs.com/releases/249504',
    master_url: 'https://api.discogs.com/masters/96559',
    title: 'Music for a Benchmark',
    notes: 'Recorded at 45 \u00b5s; see "https://api.discogs.com/" \u2013 a text, not a link.',
    labels: [{ id: 895, name: 'Sample Records', resource_url: 'https://api.discogs.com/labels/895' }],
    extraartists: Array.from({ length: credits }, (_, index) => credit(index)),
  };
}

/** Discogs writes a space behind colons and commas, and some of its non-ASCII as escapes. */
function asDiscogsWritesIt(value: object): string {
  return JSON.stringify(value, undefined, 1)
    .replace(/\n */g, ' ')
    .replaceAll('\u00eb', '\\u00eb')
    .replaceAll('\u2013', '\\u2013');
}

/** A body of about `bytes` bytes; the same bytes on every call. */
export function discogsBody(bytes: number): Buffer {
  const empty = asDiscogsWritesIt(release(0)).length;
  const each = (asDiscogsWritesIt(release(8)).length - empty) / 8;
  return Buffer.from(asDiscogsWritesIt(release(Math.max(1, Math.round((bytes - empty) / each)))));
}

/** All bodies by the first digit of the id that asks for them. */
export const bodiesByDigit = (): ReadonlyMap<string, Buffer> =>
  new Map(BODIES.map(({ digit, bytes }) => [digit, discogsBody(bytes)]));
