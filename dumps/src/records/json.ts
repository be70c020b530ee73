/** The API's JSON, written member by member in its order: cheaper than building objects. */
import { type JsonWriter, type Part, part } from '../json/jsonWriter.ts';
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';

export const API = 'https://api.discogs.com';

export const [QUOTE, COMMA, NOTHING] = [part('"'), part(','), part('')];
export const [START_LIST, END_LIST, END_OBJECT] = [part('['), part(']'), part('}')];
const END_TEXT_OBJECT = part('"}');

/** `,"name":"`: what stands before a text. */
export const beforeText = (name: string): Part => part(`,"${name}":"`);
/** `,"name":[`: what stands before the first row of a list. */
export const beforeRows = (name: string): Part => part(`,"${name}":[`);

/** A member whose value is the text of an element; none for an empty one: missing data is a missing member. */
export function writeTextMember(out: JsonWriter, tree: RecordTree, before: Part, element: Element): void {
  if (tree.isEmpty(element)) return;
  out.raw(before);
  tree.writeText(out, element);
  out.raw(QUOTE);
}

/** The same of an attribute. */
export function writeAttributeMember(
  out: JsonWriter,
  tree: RecordTree,
  before: Part,
  element: Element,
  name: number,
): void {
  if (!tree.hasAttribute(element, name)) return;
  out.raw(before);
  tree.writeAttribute(out, element, name);
  out.raw(QUOTE);
}

/** A list of the texts of all children that have one; no member for an empty list. */
export function writeTexts(out: JsonWriter, tree: RecordTree, before: Part, parent: Element): void {
  let lead = before;
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    if (tree.isEmpty(child)) continue;
    out.raw(lead);
    out.raw(QUOTE);
    tree.writeText(out, child);
    out.raw(QUOTE);
    lead = COMMA;
  }
  if (lead === COMMA) out.raw(END_LIST);
}

const ID = part(',"id":');
const RESOURCE_URL = {
  artists: part(`,"resource_url":"${API}/artists/`),
  labels: part(`,"resource_url":"${API}/labels/`),
} as const;

/** `,"id":1,"resource_url":"…"`; nothing for 0, by which dumps mean that there is no page. */
export function writeIdAndUrl(out: JsonWriter, id: number, path: 'artists' | 'labels'): void {
  if (id === 0) return;
  out.raw(ID);
  out.number(id);
  out.raw(RESOURCE_URL[path]);
  out.number(id);
  out.raw(QUOTE);
}

const [REFERENCE, REFERENCE_NAME] = [part('{"id":'), part(',"name":"')];
const REFERENCE_URL = {
  artists: part(`","resource_url":"${API}/artists/`),
  labels: part(`","resource_url":"${API}/labels/`),
} as const;

/** A row of aliases, members, groups, sublabels, or a parent label. */
export function writeReference(
  out: JsonWriter,
  tree: RecordTree,
  id: number,
  name: Element,
  path: 'artists' | 'labels',
): void {
  out.raw(REFERENCE);
  out.number(id);
  out.raw(REFERENCE_NAME);
  tree.writeText(out, name);
  out.raw(REFERENCE_URL[path]);
  out.number(id);
  out.raw(END_TEXT_OBJECT);
}

/** The texts of all children that have one. */
export function textsOf(tree: RecordTree, parent: Element): string[] {
  const texts: string[] = [];
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    if (!tree.isEmpty(child)) texts.push(tree.text(child));
  }
  return texts;
}
