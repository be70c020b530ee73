/** What a record says of others, as rows of words: who writes them fills in its position, which only the writer knows. */
import { artistPart, identifierKey, keyHash, nameKey } from '@discogs-agent/core/catalogue';
import type { MasterFacts, NameFacts, ReleaseFacts } from '../records/preparedRecord.ts';
import { LISTS, type ListName, NAMESPACES, type Namespace } from './format.ts';
import type { ReleaseTexts } from './releaseTexts.ts';

/** Each has a sorter of its own. */
export type SorterName = ListName | Namespace;
export const SORTER_NAMES: readonly SorterName[] = [...LISTS, ...NAMESPACES];
const NUMBERS = new Map(SORTER_NAMES.map((name, index) => [name, index]));

/** A row: number of the sorter, key, two words whose meaning depends on the sorter. */
export const ROW_WORDS = 4;

const YEAR_BITS = 14;
const MAX_YEAR = (1 << YEAR_BITS) - 1;

let words = new Uint32Array(1 << 12);
let used = 0;

function addRow(sorter: SorterName, key: number, first: number, second: number): void {
  if (used === words.length) {
    const larger = new Uint32Array(words.length * 2);
    larger.set(words);
    words = larger;
  }
  words[used] = NUMBERS.get(sorter) ?? 0;
  words[used + 1] = key;
  words[used + 2] = first;
  words[used + 3] = second;
  used += ROW_WORDS;
}

/** A copy of the rows; the next record begins. */
function takeRows(): Uint32Array {
  const rows = words.slice(0, used);
  used = 0;
  return rows;
}

/** `1999-03-00` → 19990300, `1999` → 19990000. Without a date: behind all others. */
function releasedNumber(released: string): number {
  const number = Number(released.replaceAll('-', '').padEnd(8, '0').slice(0, 8));
  return Number.isInteger(number) && number > 0 ? number : 0xffffffff;
}

/** Part, year, detail: sorted as a number, this is the order of an artist's list. */
const artistOrder = (role: string, year: number, detail: number): number =>
  ((artistPart(role) << 30) | (Math.min(Math.max(year, 0), MAX_YEAR) << 16) | detail) >>> 0;

function addKeys(namespace: Namespace, keys: readonly string[]): void {
  for (const key of new Set(keys)) {
    if (key === '') continue;
    const { high, low } = keyHash(namespace, key);
    addRow(namespace, high, low, 0);
  }
}

export function releaseLinks(facts: ReleaseFacts, texts: ReleaseTexts): Uint32Array {
  const { summary, credits, labels, barcodes, catnos, matrices } = facts;
  for (const credit of credits) {
    const order = artistOrder(credit.role, summary.year, texts.creditNumber(credit));
    addRow('artist_releases', credit.artistId, order, summary.masterId);
  }
  for (const { labelId, catno } of labels) addRow('label_releases', labelId, texts.catnoNumber(catno), 0);
  if (summary.masterId > 0) addRow('master_versions', summary.masterId, releasedNumber(summary.released), 0);
  for (const [identifier, values] of [
    ['barcode', barcodes],
    ['catno', catnos],
    ['matrix', matrices],
  ] as const) {
    addKeys(
      identifier,
      values.map((value) => identifierKey(identifier, value)),
    );
  }
  return takeRows();
}

/** Artists of a master. */
export function masterLinks(id: number, { summary, artistIds }: MasterFacts): Uint32Array {
  const order = artistOrder('Main', summary.year, 0);
  for (const artistId of artistIds) addRow('artist_releases', artistId, order, id);
  return takeRows();
}

export function nameLinks(kind: 'artists' | 'labels', { name, variations }: NameFacts): Uint32Array {
  addKeys(kind, [name, ...variations].map(nameKey));
  return takeRows();
}
