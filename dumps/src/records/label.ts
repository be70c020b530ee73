/** A label of a dump as the body of `GET /labels/{id}`. */
import { type JsonWriter, type Part, part } from '../json/jsonWriter.ts';
import { N } from '../xml/nameNumbers.ts';
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import {
  API,
  beforeRows,
  beforeText,
  COMMA,
  END_LIST,
  END_OBJECT,
  writeReference,
  writeTextMember,
  writeTexts,
} from './json.ts';
import { writePageAddress } from './pageAddress.ts';
import { isRecordId, type PreparedFacts } from './preparedRecord.ts';

const ID = part('{"id":');
const NAME = part(',"name":"');
const RESOURCE_URL = part(`","resource_url":"${API}/labels/`);
const URI = part('","uri":"');
const RELEASES_URL = part(`","releases_url":"${API}/labels/`);
const RELEASES_URL_END = part('/releases"');
const CONTACT_INFO = beforeText('contact_info');
const PROFILE = beforeText('profile');
const PARENT_LABEL = part(',"parent_label":');
const DATA_QUALITY = beforeText('data_quality');
const URLS = beforeRows('urls');
const SUBLABELS = beforeRows('sublabels');

/**
 * A parent label or sublabel; in the dumps of 2020 sublabels are empty elements, of which nothing can be known. Whether there
 * was one.
 */
function writeLabelReference(
  out: JsonWriter,
  tree: RecordTree,
  before: Part,
  element: Element,
  ids: number[],
): boolean {
  const id = tree.attributeInteger(element, N.id);
  if (id === 0) return false;
  ids.push(id);
  out.raw(before);
  writeReference(out, tree, id, element, 'labels');
  return true;
}

function writeSublabels(out: JsonWriter, tree: RecordTree, parent: Element, ids: number[]): void {
  let lead = SUBLABELS;
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    if (writeLabelReference(out, tree, lead, child, ids)) lead = COMMA;
  }
  if (lead === COMMA) out.raw(END_LIST);
}

/** Writes the body. Undefined, and nothing is written, for an element without an id. */
export function prepareLabel(tree: RecordTree, out: JsonWriter): PreparedFacts | undefined {
  const at = (name: number): Element => tree.child(tree.root, name);
  const id = tree.integer(at(N.id));
  if (!isRecordId(id)) return undefined;
  const name = at(N.name);
  const text = tree.text(name);
  const ids: number[] = [];
  out.raw(ID);
  out.number(id);
  out.raw(NAME);
  tree.writeText(out, name);
  out.raw(RESOURCE_URL);
  out.number(id);
  out.raw(URI);
  writePageAddress(out, 'label', id, text);
  out.raw(RELEASES_URL);
  out.number(id);
  out.raw(RELEASES_URL_END);
  writeTextMember(out, tree, CONTACT_INFO, at(N.contactinfo));
  writeTextMember(out, tree, PROFILE, at(N.profile));
  writeLabelReference(out, tree, PARENT_LABEL, at(N.parentLabel), ids);
  writeTextMember(out, tree, DATA_QUALITY, at(N.data_quality));
  writeTexts(out, tree, URLS, at(N.urls));
  writeSublabels(out, tree, at(N.sublabels), ids);
  out.raw(END_OBJECT);
  return { kind: 'labels', id, facts: { name: text, variations: [], references: ids } };
}
