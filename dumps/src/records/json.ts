/** JSON written as text: cheaper than building objects, and members come in the order in which they are written. */
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';

export const API = 'https://api.discogs.com';

/** `,"name":value`; nothing where there is no value. */
export const member = (name: string, value: string | number | undefined): string =>
  value === undefined ? '' : `,"${name}":${value}`;

/** `,"name":"text"`, of a text as it stands between the quotes; nothing for an empty one. */
export const textMember = (name: string, escaped: string): string =>
  escaped === '' ? '' : `,"${name}":"${escaped}"`;

/** The text of an element as a JSON string; undefined where the element is missing or empty. */
export const textUnlessEmpty = (tree: RecordTree, element: Element): string | undefined =>
  tree.isEmpty(element) ? undefined : `"${tree.escaped(element)}"`;

/** A list of rows; undefined for an empty one: missing data is a missing member. */
export const listUnlessEmpty = (rows: readonly string[]): string | undefined =>
  rows.length === 0 ? undefined : `[${rows.join(',')}]`;

/** `,"id":1,"resource_url":"…"`; nothing for 0, by which dumps mean that there is no page. */
export const idAndUrl = (id: number, path: 'artists' | 'labels'): string =>
  id === 0 ? '' : `,"id":${id},"resource_url":"${API}/${path}/${id}"`;

/** A row of aliases, members, groups, sublabels, or a parent label. */
export const reference = (id: number, escapedName: string, path: 'artists' | 'labels'): string =>
  `{"id":${id},"name":"${escapedName}","resource_url":"${API}/${path}/${id}"}`;

/** The texts of all children that have one, as JSON strings. */
export function textsOf(tree: RecordTree, parent: Element): string[] {
  const texts: string[] = [];
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    if (!tree.isEmpty(child)) texts.push(`"${tree.escaped(child)}"`);
  }
  return texts;
}

/** The same as plain strings. */
export function plainTextsOf(tree: RecordTree, parent: Element): string[] {
  const texts: string[] = [];
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    if (!tree.isEmpty(child)) texts.push(tree.text(child));
  }
  return texts;
}
