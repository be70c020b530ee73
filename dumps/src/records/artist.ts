/** An artist of a dump as the body of `GET /artists/{id}`. */
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
  QUOTE,
  textsOf,
  writeReference,
  writeTextMember,
  writeTexts,
} from './json.ts';
import { writePageAddress } from './pageAddress.ts';
import { isRecordId, type PreparedFacts } from './preparedRecord.ts';

const NAME = part('{"name":"');
const ID = part('","id":');
const RESOURCE_URL = part(`,"resource_url":"${API}/artists/`);
const URI = part('","uri":"');
const RELEASES_URL = part(`","releases_url":"${API}/artists/`);
const RELEASES_URL_END = part('/releases"');
const REALNAME = beforeText('realname');
const PROFILE = beforeText('profile');
const URLS = beforeRows('urls');
const VARIATIONS = beforeRows('namevariations');
const ALIASES = beforeRows('aliases');
const GROUPS = beforeRows('groups');
const MEMBERS = beforeRows('members');
const DATA_QUALITY = beforeText('data_quality');

/**
 * `<name id="26">Alexi Delano</name>`; the dumps of 2020 write an `<id>` before each member as well, which is read where
 * the attribute is missing. A name without any id is left out, since the API's rows have one.
 */
function writeReferences(
  out: JsonWriter,
  tree: RecordTree,
  before: Part,
  parent: Element,
  ids: number[],
): void {
  let lead = before;
  let id = 0;
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    if (tree.nameNumber(child) === N.id) {
      id = tree.integer(child);
      continue;
    }
    id = tree.attributeInteger(child, N.id) || id;
    if (id !== 0) {
      out.raw(lead);
      writeReference(out, tree, id, child, 'artists');
      ids.push(id);
      lead = COMMA;
    }
    id = 0;
  }
  if (lead === COMMA) out.raw(END_LIST);
}

/** Writes the body. Undefined, and nothing is written, for an element without an id. */
export function prepareArtist(tree: RecordTree, out: JsonWriter): PreparedFacts | undefined {
  const at = (name: number): Element => tree.child(tree.root, name);
  const id = tree.integer(at(N.id));
  if (!isRecordId(id)) return undefined;
  const [name, profile, variations] = [at(N.name), at(N.profile), at(N.namevariations)];
  const text = tree.text(name);
  const ids: number[] = [];
  out.raw(NAME);
  tree.writeText(out, name);
  out.raw(ID);
  out.number(id);
  out.raw(RESOURCE_URL);
  out.number(id);
  out.raw(URI);
  writePageAddress(out, 'artist', id, text);
  out.raw(RELEASES_URL);
  out.number(id);
  out.raw(RELEASES_URL_END);
  writeTextMember(out, tree, REALNAME, at(N.realname));
  if (profile !== NONE) {
    out.raw(PROFILE);
    tree.writeText(out, profile);
    out.raw(QUOTE);
  }
  writeTexts(out, tree, URLS, at(N.urls));
  writeTexts(out, tree, VARIATIONS, variations);
  writeReferences(out, tree, ALIASES, at(N.aliases), ids);
  writeReferences(out, tree, GROUPS, at(N.groups), ids);
  writeReferences(out, tree, MEMBERS, at(N.members), ids);
  writeTextMember(out, tree, DATA_QUALITY, at(N.data_quality));
  out.raw(END_OBJECT);
  const facts = { name: text, variations: textsOf(tree, variations), references: ids };
  return { kind: 'artists', id, facts };
}
