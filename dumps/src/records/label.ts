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
  return reference(id, tree.escaped(element), 'labels');
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
  const at = (name: string): Element => tree.child(tree.root, name);
  const id = tree.integer(at('id'));
  if (id === 0) return undefined;
  const name = at('name');
  const ids: number[] = [];
  const text = tree.text(name);
  const json =
    `{"id":${id},"name":"${tree.escaped(name)}","resource_url":"${API}/labels/${id}"` +
    `,"uri":"${pageAddress('label', id, text)}","releases_url":"${API}/labels/${id}/releases"` +
    member('contact_info', textUnlessEmpty(tree, at('contactinfo'))) +
    member('profile', textUnlessEmpty(tree, at('profile'))) +
    member('parent_label', labelReference(tree, at('parentLabel'), ids)) +
    member('data_quality', textUnlessEmpty(tree, at('data_quality'))) +
    member('urls', listUnlessEmpty(textsOf(tree, at('urls')))) +
    member('sublabels', sublabelRows(tree, at('sublabels'), ids)) +
    '}';
  return { kind: 'labels', id, json, facts: { name: text, variations: [], references: ids } };
}
