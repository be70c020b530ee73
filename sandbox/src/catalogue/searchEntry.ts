/** What each kind of row can be found by. */
import { artistNames, displayTitle, mainRelease } from '../compose/parts.ts';
import { ARTIST_LIST, LABEL_LIST, MASTER_LIST, RELEASES } from './catalogue.ts';
import type { Artist, Label, Master, Release } from './model.ts';

export type Found =
  | { readonly type: 'release'; readonly release: Release }
  | { readonly type: 'master'; readonly master: Master }
  | { readonly type: 'artist'; readonly artist: Artist }
  | { readonly type: 'label'; readonly label: Label };

/** Parameter of `/database/search` → the texts it is compared with. Artist and label rows have a title only. */
export type SearchTexts = Readonly<Record<string, readonly string[]>>;

export interface SearchEntry {
  readonly found: Found;
  readonly texts: SearchTexts;
  /** Everything `q` looks at. */
  readonly all: string;
}

function recordTexts(releases: readonly Release[], main: Release): SearchTexts {
  const every = (texts: (release: Release) => readonly string[]): string[] => [
    ...new Set(releases.flatMap(texts)),
  ];
  const tracks = main.tracklist.flatMap((track) => [track, ...(track.sub_tracks ?? [])]);
  return {
    title: [displayTitle(main)],
    release_title: [main.title],
    artist: [
      artistNames(main.artists),
      ...tracks.flatMap(({ artist }) => (artist === undefined ? [] : [artist.name])),
    ],
    anv: main.extraartists.flatMap(({ anv }) => (anv === '' ? [] : [anv])),
    credit: main.extraartists.map(({ name }) => name),
    label: every(({ labels, companies }) => [...labels, ...companies].map(({ name }) => name)),
    catno: every(({ labels }) => labels.map(({ catno }) => catno)),
    genre: main.genres,
    style: main.styles,
    country: every(({ country }) => [country]),
    year: every(({ year }) => [String(year)]),
    format: every(({ format }) => [format.name, ...(format.descriptions ?? [])]),
    barcode: every(({ identifiers }) => identifiers.map(({ value }) => value)),
    track: tracks.map(({ title }) => title),
    submitter: ['crate_digger'],
    contributor: ['crate_digger'],
  };
}

const Q_LOOKS_AT = ['title', 'artist', 'label', 'catno', 'track'];
const entry = (found: Found, texts: SearchTexts): SearchEntry => ({
  found,
  texts,
  all: Q_LOOKS_AT.flatMap((name) => texts[name] ?? []).join(' '),
});

/** Masters before releases before artists and labels. */
export const SEARCH_ENTRIES: readonly SearchEntry[] = [
  ...MASTER_LIST.map((master) =>
    entry({ type: 'master', master }, recordTexts(master.versions, mainRelease(master))),
  ),
  ...RELEASES.map((release) => entry({ type: 'release', release }, recordTexts([release], release))),
  ...ARTIST_LIST.map((artist) =>
    entry({ type: 'artist', artist }, { title: [artist.name, ...artist.namevariations] }),
  ),
  ...LABEL_LIST.map((label) => entry({ type: 'label', label }, { title: [label.name] })),
];
