/**
 * Measures real dump files and prints what the generator is made from:
 * `node dumps/src/generate/measureFrequencies.ts <folder> > dumps/src/generate/frequencies.json`, then `npm run format`.
 * Only vocabulary (genres, roles, formats) is kept of the texts, and of everything else numbers.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordKind } from '@discogs-agent/core/catalogue';
import { parseDumpFileName } from '../dumpFile.ts';
import { knownNames, knownPaths } from '../records/knownShapes.ts';
import { gunzip } from '../xml/gunzip.ts';
import { nameNumber } from '../xml/nameNumbers.ts';
import { Names } from '../xml/names.ts';
import { RecordReader } from '../xml/readRecord.ts';
import { type Element, NONE, RecordTree } from '../xml/recordTree.ts';
import { RecordSplitter } from '../xml/splitRecords.ts';
import { type Frequencies, type Spread, spreadOf } from './frequencies.ts';

const VALUES_MAX = 60;
const VOCABULARY =
  /(genre|style|country|role|join|data_quality|entity_type|entity_type_name|description|@type|format@name|format@qty)$/;
/** Numbers and addresses, whose lengths say nothing. */
const FIXED =
  /(^|[/@])(id|uri|uri150|width|height|src|embed|status|year|main_release|master_id|is_main_release|resource_url)$/;
const FREE_TEXT = /video\/description$|identifier@description$/;

/** Collects numbers of one kind of records. */
class Measurement {
  readonly #counts = new Map<string, number[]>();
  readonly #lengths = new Map<string, number[]>();
  readonly #values = new Map<string, Map<string, number>>();
  readonly #children = new Map<string, string[]>();

  constructor(kind: RecordKind) {
    for (const path of knownPaths(kind)) {
      if (path.includes('@')) continue;
      const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      this.#children.set(parent, [...(this.#children.get(parent) ?? []), path]);
    }
  }

  add(tree: RecordTree, element: Element = tree.root, path = ''): void {
    for (const name of tree.attributeNames(element))
      this.#text(`${path}@${name}`, tree.attribute(element, nameNumber(name)) ?? '');
    if (tree.firstChild(element) === NONE && path !== '') this.#text(path, tree.text(element));
    for (const childPath of this.#children.get(path) ?? []) {
      const name = childPath.slice(childPath.lastIndexOf('/') + 1);
      let count = 0;
      for (let child = tree.firstChild(element); child !== NONE; child = tree.next(child)) {
        if (tree.name(child) !== name) continue;
        count += 1;
        this.add(tree, child, childPath);
      }
      push(this.#counts, childPath, count);
    }
  }

  result(): Frequencies {
    const vocabulary = new Map(
      [...this.#values]
        .filter(([, counts]) => counts.size > 1)
        .map(([path, counts]) => {
          const sorted = [...counts].sort((a, b) => b[1] - a[1]);
          return [path, sorted.slice(0, VALUES_MAX)] as const;
        }),
    );
    const counts = spreads(this.#counts, ({ none, deciles }) => none > 0 || deciles.at(-1) !== 1);
    const lengths = spreads(
      this.#lengths,
      ({ none }, path) => none < 1 && !vocabulary.has(path) && !FIXED.test(path),
    );
    const values = Object.fromEntries(
      [...vocabulary].map(([path, rows]) => [path, rows.map(([value]) => value)]),
    );
    const weights = Object.fromEntries(
      [...vocabulary].map(([path, rows]) => [path, rows.map(([, count]) => count)]),
    );
    return { counts, lengths, values, weights };
  }

  #text(path: string, text: string): void {
    push(this.#lengths, path, text.length);
    if (!VOCABULARY.test(path) || FREE_TEXT.test(path)) return;
    const counts = this.#values.get(path) ?? new Map<string, number>();
    counts.set(text, (counts.get(text) ?? 0) + 1);
    this.#values.set(path, counts);
  }
}

function spreads(
  map: ReadonlyMap<string, readonly number[]>,
  isKept: (spread: Spread, path: string) => boolean,
): Record<string, Spread> {
  const all = [...map].map(([path, values]) => [path, spreadOf(values)] as const);
  return Object.fromEntries(all.filter(([path, spread]) => isKept(spread, path)));
}

function push(map: Map<string, number[]>, path: string, value: number): void {
  const values = map.get(path);
  if (values === undefined) map.set(path, [value]);
  else values.push(value);
}

async function measure(path: string, kind: RecordKind): Promise<Frequencies> {
  const tree = new RecordTree();
  const reader = new RecordReader(new Names(knownNames(kind)), tree);
  const measurement = new Measurement(kind);
  const splitter = new RecordSplitter(
    kind,
    1 << 24,
    (bytes, start, end) => {
      reader.read(bytes, start, end);
      measurement.add(tree);
    },
    (problem) => console.error(problem),
  );
  for await (const { bytes } of gunzip(path)) splitter.push(bytes);
  return measurement.result();
}

const [folder = '.'] = process.argv.slice(2);
const result: Record<string, Frequencies> = {};
for (const file of (await readdir(folder)).sort()) {
  const name = parseDumpFileName(file);
  if (name !== undefined) result[name.kind] = await measure(join(folder, file), name.kind);
}
console.log(JSON.stringify(result));
