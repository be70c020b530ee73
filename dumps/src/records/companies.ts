/** Labels, series and companies of a release: three kinds of the same thing in the API, two shapes in dumps. */
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { idAndUrl } from './json.ts';

/** A row, and what lists and look-ups are made from. */
export interface CompanyRow {
  /** 0 for one without a page. */
  readonly id: number;
  readonly name: string;
  readonly catno: string;
  readonly json: string;
}

/** What the API calls rows of labels and of series; companies bring their own. */
const ENTITY = {
  labels: ',"entity_type":"1","entity_type_name":"Label"',
  series: ',"entity_type":"2","entity_type_name":"Series"',
} as const;

/** `<label name="Svek" catno="SK032" id="5"/>`, and `series` likewise. */
export function attributeRows(tree: RecordTree, parent: Element, kind: 'labels' | 'series'): CompanyRow[] {
  const rows: CompanyRow[] = [];
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    const id = tree.attributeInteger(child, 'id');
    const name = tree.attribute(child, 'name') ?? '';
    const catno = tree.attribute(child, 'catno') ?? '';
    const json =
      `{"name":"${tree.attributeEscaped(child, 'name')}"` +
      `,"catno":"${tree.attributeEscaped(child, 'catno')}"${ENTITY[kind]}${idAndUrl(id, 'labels')}}`;
    rows.push({ id, name, catno, json });
  }
  return rows;
}

function companyRow(tree: RecordTree, company: Element): CompanyRow {
  const at = (child: string): Element => tree.child(company, child);
  const id = tree.integer(at('id'));
  const [name, catno] = [at('name'), at('catno')];
  const json =
    `{"name":"${tree.escaped(name)}","catno":"${tree.escaped(catno)}","entity_type":"${tree.escaped(at('entity_type'))}"` +
    `,"entity_type_name":"${tree.escaped(at('entity_type_name'))}"${idAndUrl(id, 'labels')}}`;
  return { id, name: tree.text(name), catno: tree.text(catno), json };
}

/** `<company>` elements. */
export function companyRows(tree: RecordTree, parent: Element): CompanyRow[] {
  const rows: CompanyRow[] = [];
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    rows.push(companyRow(tree, child));
  }
  return rows;
}
