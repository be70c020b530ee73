/** Who is who in a generated dump: the same record has the same name in all four files. */
import { Chance, mix } from './chance.ts';
import { Shapes } from './shapes.ts';
import { Words } from './words.ts';

/** The proportions of the dump of October 2026. */
const [ARTISTS, MASTERS, LABELS] = [0.527, 0.128, 0.125];
/** Real ids have gaps. */
const ID_STEP = 3;
export const VARIOUS = 194;
const VARIOUS_SHARE = 0.104;
/** A few artists and labels have most of the releases. */
const POPULARITY = 3;
const [NAME, LABEL, TITLE, MASTER] = [1, 2, 3, 4];

/** An artist's or label's family: a group and its members, a label and its sublabels. */
const FAMILY = 25;

export interface Identity {
  readonly title: string;
  readonly artists: readonly number[];
  /** 0 for none. */
  readonly masterId: number;
  readonly isMain: boolean;
}

/** Sizes, ids and names. */
export class World {
  readonly seed: number;
  readonly releases: number;
  readonly artists: number;
  readonly masters: number;
  readonly labels: number;
  readonly words: Words;
  readonly #releaseShapes = new Shapes('releases');
  readonly #artistShapes = new Shapes('artists');
  readonly #labelShapes = new Shapes('labels');

  constructor(seed: number, releases: number) {
    this.seed = seed;
    this.releases = releases;
    this.artists = Math.max(300, Math.round(releases * ARTISTS));
    this.masters = Math.max(1, Math.round(releases * MASTERS));
    this.labels = Math.max(50, Math.round(releases * LABELS));
    this.words = new Words(new Chance(mix(seed, 0)));
  }

  /** The id of the record at an index. */
  idAt(index: number): number {
    return 1 + index * ID_STEP;
  }

  /** A stream of its own for everything about one record. */
  chance(purpose: number, id: number): Chance {
    return new Chance(mix(mix(this.seed, purpose), id));
  }

  artistName(id: number): string {
    if (id === VARIOUS) return 'Various';
    const chance = this.chance(NAME, id);
    return this.words.title(this.#artistShapes.length('name', chance), chance);
  }

  labelName(id: number): string {
    const chance = this.chance(LABEL, id);
    return this.words.title(this.#labelShapes.length('name', chance), chance);
  }

  /** Any artist, the popular ones more often. */
  anyArtist(chance: Chance): number {
    return this.idAt(Math.floor(this.artists * chance.next() ** POPULARITY));
  }

  anyLabel(chance: Chance): number {
    return this.idAt(Math.floor(this.labels * chance.next() ** POPULARITY));
  }

  /** The ids that belong to the family of a record, where it is the head of one; the ids are those after its own. */
  family(index: number, size: number, total: number): readonly number[] {
    if (index % FAMILY !== 0) return [];
    const members = Math.min(size, FAMILY - 1, total - 1 - index);
    return Array.from({ length: Math.max(0, members) }, (_, member) => this.idAt(index + 1 + member));
  }

  /** The index of the head of the family in which a record may be. */
  headOf(index: number): number {
    return index - (index % FAMILY);
  }

  /** The title and artists of a release; versions of a master share them. */
  identity(index: number): Identity {
    const master = Math.floor((index * this.masters) / this.releases);
    if (!this.#hasMaster(index)) return { ...this.#made(TITLE, index), masterId: 0, isMain: false };
    return {
      ...this.#made(MASTER, master),
      masterId: this.idAt(master),
      isMain: this.mainIndex(master) === index,
    };
  }

  /** The index of a master's main release, its first; undefined for a master without releases. */
  mainIndex(master: number): number | undefined {
    const end = Math.ceil(((master + 1) * this.releases) / this.masters);
    let index = Math.ceil((master * this.releases) / this.masters);
    while (index < end && !this.#hasMaster(index)) index += 1;
    return index < end ? index : undefined;
  }

  #hasMaster(index: number): boolean {
    return this.#releaseShapes.has('master_id', this.chance(MASTER, this.idAt(index)));
  }

  #made(purpose: number, key: number): { title: string; artists: readonly number[] } {
    const chance = this.chance(purpose, key);
    const title = this.words.title(this.#releaseShapes.length('title', chance), chance);
    if (chance.is(VARIOUS_SHARE)) return { title, artists: [VARIOUS] };
    const count = this.#releaseShapes.count('artists/artist', chance);
    return { title, artists: Array.from({ length: count }, () => this.anyArtist(chance)) };
  }
}

/** Purposes of a record's own stream, apart from those above. */
export const PURPOSE = { artist: 5, label: 6, master: 7, release: 8 } as const;
