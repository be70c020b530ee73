/** The parts of artists in a release, under the names that the lists of an artist's releases give them. */
import type { Credit } from './preparedRecord.ts';

/** Longer lists of tracks are cut at a whole title. */
const TRACK_INFO_MAX = 500;
/** Texts of roles repeat: a few thousand make up nearly all. */
const CACHED_ROLES_MAX = 20_000;

/** Discogs counts a featured artist's releases among appearances, not credits; all other roles keep their names. */
const APPEARANCE = 'Featuring';

const cachedRoles = new Map<string, readonly string[]>();

/** `Music By [All Tracks By], Producer` → `Music By`, `Producer`. Commas inside brackets separate nothing. */
function splitRoles(text: string): readonly string[] {
  const roles = text
    .replace(/\[[^\]]*\]?/g, '')
    .split(',')
    .map((role) => role.trim())
    .filter((role) => role !== '');
  return roles.map((role) => (role === APPEARANCE ? 'Appearance' : role));
}

/** The roles of a credit. */
export function rolesOf(text: string): readonly string[] {
  const cached = cachedRoles.get(text);
  if (cached !== undefined) return cached;
  if (cachedRoles.size >= CACHED_ROLES_MAX) cachedRoles.clear();
  const roles = splitRoles(text);
  cachedRoles.set(text, roles);
  return roles;
}

interface Row extends Credit {
  trackinfo: string;
}

/** Collects credits: one for each artist and role. */
export class ReleaseCredits {
  readonly #rows: Row[] = [];
  readonly #byArtist = new Map<number, Row[]>();
  readonly #main = new Set<number>();

  /** A main artist of the release. */
  addMain(artistId: number, role: 'Main' | 'UnofficialRelease'): void {
    this.#main.add(artistId);
    this.add(artistId, role, '');
  }

  /** An artist of one track, who is named for the release only where it is not a main artist of it. */
  addTrackArtist(artistId: number, title: string): void {
    if (!this.#main.has(artistId)) this.add(artistId, 'TrackAppearance', title);
  }

  /** `trackinfo` is empty for a part in the whole release, which then stands for all tracks. */
  add(artistId: number, role: string, trackinfo: string): void {
    if (artistId === 0) return;
    const rows = this.#byArtist.get(artistId);
    const row = rows?.find((candidate) => candidate.role === role);
    if (row === undefined)
      this.#append(rows, { artistId, role, trackinfo: trackinfo.slice(0, TRACK_INFO_MAX) });
    else if (row.trackinfo === '' || trackinfo === '') row.trackinfo = '';
    else if (row.trackinfo.length + trackinfo.length < TRACK_INFO_MAX) row.trackinfo += `, ${trackinfo}`;
  }

  #append(ofArtist: Row[] | undefined, row: Row): void {
    this.#rows.push(row);
    if (ofArtist === undefined) this.#byArtist.set(row.artistId, [row]);
    else ofArtist.push(row);
  }

  /** In the order in which they were added. */
  all(): readonly Credit[] {
    return this.#rows;
  }
}
