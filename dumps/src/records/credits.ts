/** Artists of releases, masters and tracks. */
import { type JsonWriter, part } from '../json/jsonWriter.ts';
import { N } from '../xml/nameNumbers.ts';
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { COMMA, END_LIST, END_OBJECT, NOTHING, QUOTE, START_LIST, writeIdAndUrl } from './json.ts';

const NAME = part('{"name":"');
const ANV = part('","anv":"');
const JOIN = part('","join":"');
const ROLE = part('","role":"');
const TRACKS = part('","tracks":"');

/** One `artist` element; its texts are read where they are needed. */
export interface CreditRow {
  /** 0 for an artist without a page. */
  readonly id: number;
  readonly name: Element;
  readonly anv: Element;
  readonly join: Element;
  readonly role: Element;
  readonly tracks: Element;
}

function creditRow(tree: RecordTree, artist: Element): CreditRow {
  return {
    id: tree.integer(tree.child(artist, N.id)),
    name: tree.child(artist, N.name),
    anv: tree.child(artist, N.anv),
    join: tree.child(artist, N.join),
    role: tree.child(artist, N.role),
    tracks: tree.child(artist, N.tracks),
  };
}

/** The `artist` elements of an `artists` or `extraartists` element; none for `NONE`. */
export function creditRows(tree: RecordTree, parent: Element): readonly CreditRow[] {
  const rows: CreditRow[] = [];
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    if (tree.nameNumber(child) === N.artist) rows.push(creditRow(tree, child));
  }
  return rows;
}

/** Writes them as the API does. */
export function writeCredits(out: JsonWriter, tree: RecordTree, rows: readonly CreditRow[]): void {
  let lead = NOTHING;
  out.raw(START_LIST);
  for (const { id, name, anv, join, role, tracks } of rows) {
    out.raw(lead);
    out.raw(NAME);
    tree.writeText(out, name);
    out.raw(ANV);
    tree.writeText(out, anv);
    out.raw(JOIN);
    tree.writeText(out, join);
    out.raw(ROLE);
    tree.writeText(out, role);
    out.raw(TRACKS);
    tree.writeText(out, tracks);
    out.raw(QUOTE);
    writeIdAndUrl(out, id, 'artists');
    out.raw(END_OBJECT);
    lead = COMMA;
  }
  out.raw(END_LIST);
}

/** Joins names: a comma stands at the word before it, everything else has a space on both sides. */
function joined(tree: RecordTree, rows: readonly CreditRow[], nameOf: (row: CreditRow) => string): string {
  const first = rows[0];
  if (rows.length === 1 && first !== undefined) return nameOf(first);
  let text = '';
  rows.forEach((row, index) => {
    text += nameOf(row);
    if (index + 1 === rows.length) return;
    const join = tree.text(row.join).trim();
    text += join === '' ? ' ' : join.startsWith(',') ? `${join} ` : ` ${join} `;
  });
  return text;
}

/** `Max Reich & Johannes Foufas` as printed: lists and addresses of pages use the name variation. */
export const displayedArtists = (tree: RecordTree, rows: readonly CreditRow[]): string =>
  joined(tree, rows, ({ name, anv }) => tree.text(tree.isEmpty(anv) ? name : anv));

/** `Solitaire (12)` → `Solitaire`; `The Smiths` → `Smiths, The`. */
function sortName(name: string): string {
  const plain = name.endsWith(')') ? name.replace(/ \(\d+\)$/, '') : name;
  return plain.startsWith('The ') && plain.length > 4 ? `${plain.slice(4)}, The` : plain;
}

/** Approximate: Discogs keeps a sort name of each artist, which no dump has. */
export const artistsSort = (tree: RecordTree, rows: readonly CreditRow[]): string =>
  joined(tree, rows, ({ name }) => sortName(tree.text(name)));

/** Names and name variations, for search. */
export function searchNames(tree: RecordTree, rows: readonly CreditRow[]): string[] {
  const names: string[] = [];
  for (const { name, anv } of rows) {
    names.push(tree.text(name));
    if (!tree.isEmpty(anv)) names.push(tree.text(anv));
  }
  return names;
}
