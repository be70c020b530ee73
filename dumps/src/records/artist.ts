/** An artist of a dump as the body of `GET /artists/{id}`. */
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { API, listUnlessEmpty, member, plainTextsOf, reference, textsOf, textUnlessEmpty } from './json.ts';
import { pageAddress } from './pageAddress.ts';
import type { PreparedRecord } from './preparedRecord.ts';

/**
 * `<name id="26">Alexi Delano</name>`; the dumps of 2020 write an `<id>` before each member as well, which is read where
 * the attribute is missing. A name without any id is left out, since the API's rows have one.
 */
function references(tree: RecordTree, parent: Element, ids: number[]): string | undefined {
  const rows: string[] = [];
  let id = 0;
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    if (tree.name(child) === 'id') {
      id = tree.integer(child);
      continue;
    }
    id = tree.attributeInteger(child, 'id') || id;
    if (id !== 0) {
      rows.push(reference(id, tree.escaped(child), 'artists'));
      ids.push(id);
    }
    id = 0;
  }
  return listUnlessEmpty(rows);
}

/** Undefined for an element without an id. */
export function prepareArtist(tree: RecordTree): PreparedRecord | undefined {
  const at = (name: string): Element => tree.child(tree.root, name);
  const id = tree.integer(at('id'));
  if (id === 0) return undefined;
  const [name, profile, variations] = [at('name'), at('profile'), at('namevariations')];
  const ids: number[] = [];
  const text = tree.text(name);
  const json =
    `{"name":"${tree.escaped(name)}","id":${id},"resource_url":"${API}/artists/${id}"` +
    `,"uri":"${pageAddress('artist', id, text)}","releases_url":"${API}/artists/${id}/releases"` +
    member('realname', textUnlessEmpty(tree, at('realname'))) +
    member('profile', profile === NONE ? undefined : `"${tree.escaped(profile)}"`) +
    member('urls', listUnlessEmpty(textsOf(tree, at('urls')))) +
    member('namevariations', listUnlessEmpty(textsOf(tree, variations))) +
    member('aliases', references(tree, at('aliases'), ids)) +
    member('groups', references(tree, at('groups'), ids)) +
    member('members', references(tree, at('members'), ids)) +
    member('data_quality', textUnlessEmpty(tree, at('data_quality'))) +
    '}';
  const facts = { name: text, variations: plainTextsOf(tree, variations), references: ids };
  return { kind: 'artists', id, json, facts };
}
