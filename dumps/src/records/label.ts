/** A label of a dump as the body of `GET /labels/{id}`. */
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { API, listUnlessEmpty, member, reference, textsOf, textUnlessEmpty } from './json.ts';
import { pageAddress } from './pageAddress.ts';
import type { PreparedRecord } from './preparedRecord.ts';

/** A parent label or sublabel; in the dumps of 2020 sublabels are empty elements, of which nothing can be known. */
function labelReference(tree: RecordTree, element: Element, ids: number[]): string | undefined {
  const id = tree.attributeInteger(element, 'id');
  if (id === 0) return undefined;
  ids.push(id);
  return reference(id, tree.json(element), 'labels');
}

function sublabelRows(tree: RecordTree, parent: Element, ids: number[]): string | undefined {
  const rows: string[] = [];
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    const row = labelReference(tree, child, ids);
    if (row !== undefined) rows.push(row);
  }
  return listUnlessEmpty(rows);
}

/** Undefined for an element without an id. */
export function prepareLabel(tree: RecordTree): PreparedRecord | undefined {
  let [id, name, contact, profile, quality, urls] = [0, NONE, NONE, NONE, NONE, NONE];
  let [parent, sublabels]: (string | undefined)[] = [];
  const ids: number[] = [];
  for (let child = tree.firstChild(tree.root); child !== NONE; child = tree.next(child)) {
    switch (tree.name(child)) {
      case 'id':
        id = tree.integer(child);
        break;
      case 'name':
        name = child;
        break;
      case 'contactinfo':
        contact = child;
        break;
      case 'profile':
        profile = child;
        break;
      case 'data_quality':
        quality = child;
        break;
      case 'parentLabel':
        parent = labelReference(tree, child, ids);
        break;
      case 'urls':
        urls = child;
        break;
      case 'sublabels':
        sublabels = sublabelRows(tree, child, ids);
        break;
    }
  }
  if (id === 0) return undefined;
  const text = tree.text(name);
  const json =
    `{"id":${id},"name":${tree.json(name)},"resource_url":"${API}/labels/${id}"` +
    `,"uri":"${pageAddress('label', id, text)}","releases_url":"${API}/labels/${id}/releases"` +
    member('contact_info', textUnlessEmpty(tree, contact)) +
    member('profile', textUnlessEmpty(tree, profile)) +
    member('parent_label', parent) +
    member('data_quality', textUnlessEmpty(tree, quality)) +
    member('urls', listUnlessEmpty(textsOf(tree, urls))) +
    member('sublabels', sublabels) +
    '}';
  return { kind: 'labels', id, json, facts: { name: text, variations: [], references: ids } };
}
