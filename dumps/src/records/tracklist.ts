/** The tracklist of a release. */
import { type JsonWriter, part } from '../json/jsonWriter.ts';
import { N } from '../xml/nameNumbers.ts';
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { creditRows, writeCredits } from './credits.ts';
import { COMMA, END_LIST, END_OBJECT, NOTHING, QUOTE, START_LIST } from './json.ts';
import { type ReleaseCredits, rolesOf } from './releaseCredits.ts';

interface TrackParts {
  readonly position: Element;
  readonly title: Element;
  readonly duration: Element;
  readonly artists: Element;
  readonly extraartists: Element;
  readonly subTracks: Element;
}

function trackParts(tree: RecordTree, track: Element): TrackParts {
  return {
    position: tree.child(track, N.position),
    title: tree.child(track, N.title),
    duration: tree.child(track, N.duration),
    artists: tree.child(track, N.artists),
    extraartists: tree.child(track, N.extraartists),
    subTracks: tree.child(track, N.sub_tracks),
  };
}

/**
 * Headings and index tracks have an empty position, and only sub-tracks tell them apart. A row without a position that
 * has a duration or artists is a track whose position is not known.
 */
function typeOf(tree: RecordTree, parts: TrackParts): 'track' | 'heading' | 'index' {
  if (parts.subTracks !== NONE) return 'index';
  const isBare = tree.isEmpty(parts.duration) && parts.artists === NONE && parts.extraartists === NONE;
  return tree.isEmpty(parts.position) && isBare ? 'heading' : 'track';
}

const POSITION = part('{"position":"');
const TYPE = {
  track: part('","type_":"track"'),
  heading: part('","type_":"heading"'),
  index: part('","type_":"index"'),
} as const;
const ARTISTS = part(',"artists":');
const TITLE = part(',"title":"');
const EXTRA_ARTISTS = part(',"extraartists":');
const DURATION = part(',"duration":"');
const SUB_TRACKS = part(',"sub_tracks":');

/** Writes tracklists as the API does; collects titles of tracks and the parts of artists in them. */
export class TracklistReader {
  readonly #out: JsonWriter;
  readonly #tree: RecordTree;
  readonly #credits: ReleaseCredits;
  readonly titles: string[] = [];

  constructor(out: JsonWriter, tree: RecordTree, credits: ReleaseCredits) {
    this.#out = out;
    this.#tree = tree;
    this.#credits = credits;
  }

  /** The `track` elements of a `tracklist` or `sub_tracks` element. */
  write(parent: Element): void {
    const tree = this.#tree;
    let lead = NOTHING;
    this.#out.raw(START_LIST);
    for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
      if (tree.nameNumber(child) !== N.track) continue;
      this.#out.raw(lead);
      this.#writeTrack(child);
      lead = COMMA;
    }
    this.#out.raw(END_LIST);
  }

  #writeTrack(track: Element): void {
    const [out, tree] = [this.#out, this.#tree];
    const parts = trackParts(tree, track);
    const type = typeOf(tree, parts);
    const title = tree.text(parts.title);
    if (type !== 'heading') this.titles.push(title);
    out.raw(POSITION);
    tree.writeText(out, parts.position);
    out.raw(TYPE[type]);
    this.#writeArtists(parts.artists, title);
    out.raw(TITLE);
    tree.writeText(out, parts.title);
    out.raw(QUOTE);
    this.#writeExtraArtists(parts.extraartists, title);
    out.raw(DURATION);
    tree.writeText(out, parts.duration);
    out.raw(QUOTE);
    if (parts.subTracks !== NONE) {
      out.raw(SUB_TRACKS);
      this.write(parts.subTracks);
    }
    out.raw(END_OBJECT);
  }

  #writeArtists(artists: Element, title: string): void {
    if (artists === NONE) return;
    const rows = creditRows(this.#tree, artists);
    for (const { id } of rows) this.#credits.addTrackArtist(id, title);
    this.#out.raw(ARTISTS);
    writeCredits(this.#out, this.#tree, rows);
  }

  #writeExtraArtists(extraartists: Element, title: string): void {
    if (extraartists === NONE) return;
    const rows = creditRows(this.#tree, extraartists);
    for (const { id, role } of rows) {
      for (const name of rolesOf(this.#tree.text(role))) this.#credits.add(id, name, title);
    }
    this.#out.raw(EXTRA_ARTISTS);
    writeCredits(this.#out, this.#tree, rows);
  }
}
