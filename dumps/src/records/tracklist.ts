/** The tracklist of a release. */
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { creditRows, creditsJson } from './credits.ts';
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
    position: tree.child(track, 'position'),
    title: tree.child(track, 'title'),
    duration: tree.child(track, 'duration'),
    artists: tree.child(track, 'artists'),
    extraartists: tree.child(track, 'extraartists'),
    subTracks: tree.child(track, 'sub_tracks'),
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

/** Reads tracklists; collects titles of tracks and the parts of artists in them. */
export class TracklistReader {
  readonly #tree: RecordTree;
  readonly #credits: ReleaseCredits;
  readonly titles: string[] = [];

  constructor(tree: RecordTree, credits: ReleaseCredits) {
    this.#tree = tree;
    this.#credits = credits;
  }

  /** The `track` elements of a `tracklist` or `sub_tracks` element, as the API writes them. */
  json(parent: Element): string {
    const tree = this.#tree;
    let json = '';
    for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
      if (tree.name(child) === 'track') json += (json === '' ? '[' : ',') + this.#track(child);
    }
    return json === '' ? '[]' : `${json}]`;
  }

  #track(track: Element): string {
    const tree = this.#tree;
    const parts = trackParts(tree, track);
    const type = typeOf(tree, parts);
    if (type !== 'heading') this.titles.push(tree.text(parts.title));
    return (
      `{"position":"${tree.escaped(parts.position)}","type_":"${type}"${this.#artists(parts)}` +
      `,"title":"${tree.escaped(parts.title)}"${this.#extraArtists(parts)},"duration":"${tree.escaped(parts.duration)}"` +
      `${parts.subTracks === NONE ? '' : `,"sub_tracks":${this.json(parts.subTracks)}`}}`
    );
  }

  #artists({ artists, title }: TrackParts): string {
    if (artists === NONE) return '';
    const rows = creditRows(this.#tree, artists);
    for (const { id } of rows) this.#credits.addTrackArtist(id, this.#tree.text(title));
    return `,"artists":${creditsJson(this.#tree, rows)}`;
  }

  #extraArtists({ extraartists, title }: TrackParts): string {
    if (extraartists === NONE) return '';
    const tree = this.#tree;
    const rows = creditRows(tree, extraartists);
    for (const { id, role } of rows) {
      for (const name of rolesOf(tree.text(role))) this.#credits.add(id, name, tree.text(title));
    }
    return `,"extraartists":${creditsJson(tree, rows)}`;
  }
}
