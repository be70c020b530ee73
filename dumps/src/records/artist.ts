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
      rows.push(reference(id, tree.json(child), 'artists'));
      ids.push(id);
    }
    id = 0;
  }
  return listUnlessEmpty(rows);
}

/** Undefined for an element without an id. */
export function prepareArtist(tree: RecordTree): PreparedRecord | undefined {
  let [id, name, realname, profile, quality, urls] = [0, NONE, NONE, NONE, NONE, NONE];
  let variations = NONE;
  let [aliases, groups, members]: (string | undefined)[] = [];
  const ids: number[] = [];
  for (let child = tree.firstChild(tree.root); child !== NONE; child = tree.next(child)) {
    switch (tree.name(child)) {
      case 'id':
        id = tree.integer(child);
        break;
      case 'name':
        name = child;
        break;
      case 'realname':
        realname = child;
        break;
      case 'profile':
        profile = child;
        break;
      case 'data_quality':
        quality = child;
        break;
      case 'urls':
        urls = child;
        break;
      case 'namevariations':
        variations = child;
        break;
      case 'aliases':
        aliases = references(tree, child, ids);
        break;
      case 'groups':
        groups = references(tree, child, ids);
        break;
      case 'members':
        members = references(tree, child, ids);
        break;
    }
  }
  if (id === 0) return undefined;
  const text = tree.text(name);
  const json =
    `{"name":${tree.json(name)},"id":${id},"resource_url":"${API}/artists/${id}"` +
    `,"uri":"${pageAddress('artist', id, text)}","releases_url":"${API}/artists/${id}/releases"` +
    member('realname', textUnlessEmpty(tree, realname)) +
    member('profile', profile === NONE ? undefined : tree.json(profile)) +
    member('urls', listUnlessEmpty(textsOf(tree, urls))) +
    member('namevariations', listUnlessEmpty(textsOf(tree, variations))) +
    member('aliases', aliases) +
    member('groups', groups) +
    member('members', members) +
    member('data_quality', textUnlessEmpty(tree, quality)) +
    '}';
  const facts = { name: text, variations: plainTextsOf(tree, variations), references: ids };
  return { kind: 'artists', id, json, facts };
}
