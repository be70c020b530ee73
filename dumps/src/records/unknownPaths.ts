/** Counts elements and attributes of which this version knows nothing. */
import type { RecordKind } from '@discogs-agent/core/catalogue';
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { knownPaths } from './knownShapes.ts';

/** How often each unknown path came up: `release/tracklist/track/lyrics`. */
export type UnknownPaths = ReadonlyMap<string, number>;

/** More paths than this are the mark of another kind of file. */
const PATHS_MAX = 500;

/** One for each file. Text beside children counts as `path/#text`. */
export class UnknownPathCounter {
  readonly #record: string;
  readonly #known: ReadonlySet<string>;
  #counts = new Map<string, number>();

  constructor(kind: RecordKind) {
    this.#record = kind.slice(0, -1);
    this.#known = knownPaths(kind);
  }

  /** Walks through the whole record. */
  add(tree: RecordTree): void {
    this.#walk(tree, tree.root, '');
  }

  /** The counts since the last call. */
  take(): UnknownPaths {
    const counts = this.#counts;
    this.#counts = new Map();
    return counts;
  }

  #walk(tree: RecordTree, element: Element, path: string): void {
    if (tree.isMixed(element)) this.#count(`${path}/#text`);
    for (const name of tree.attributeNames(element)) {
      if (!this.#known.has(`${path}@${name}`)) this.#count(`${path}@${name}`);
    }
    for (let child = tree.firstChild(element); child !== NONE; child = tree.next(child)) {
      const childPath = path === '' ? tree.name(child) : `${path}/${tree.name(child)}`;
      if (this.#known.has(childPath)) this.#walk(tree, child, childPath);
      else this.#count(childPath);
    }
  }

  #count(path: string): void {
    const full = `${this.#record}${/^[@/]/.test(path) ? '' : '/'}${path}`;
    const count = this.#counts.get(full);
    if (count !== undefined || this.#counts.size < PATHS_MAX) this.#counts.set(full, (count ?? 0) + 1);
  }
}
