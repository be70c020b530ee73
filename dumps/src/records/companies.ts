/** Labels, series and companies of a release: three kinds of the same thing in the API, two shapes in dumps. */
import { type JsonWriter, type Part, part } from '../json/jsonWriter.ts';
import { N } from '../xml/nameNumbers.ts';
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { COMMA, END_LIST, END_OBJECT, NOTHING, QUOTE, writeIdAndUrl } from './json.ts';

/** What lists and look-ups are made from. */
export interface CompanyRow {
  /** 0 for one without a page. */
  readonly id: number;
  readonly name: string;
  readonly catno: string;
}

const NAME = part('{"name":"');
const CATNO = part('","catno":"');
const ENTITY_TYPE = part('","entity_type":"');
const ENTITY_TYPE_NAME = part('","entity_type_name":"');
/** What the API calls rows of labels and of series; companies bring their own. */
const ENTITY = {
  labels: part('","entity_type":"1","entity_type_name":"Label"'),
  series: part('","entity_type":"2","entity_type_name":"Series"'),
} as const;

/** Writes `<label name="Svek" catno="SK032" id="5"/>`, and `series` likewise, as lists behind `before`. */
export function readAttributeRows(
  out: JsonWriter,
  tree: RecordTree,
  before: Part,
  parent: Element,
  kind: 'labels' | 'series',
): CompanyRow[] {
  const rows: CompanyRow[] = [];
  let lead = NOTHING;
  out.raw(before);
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    const id = tree.attributeInteger(child, N.id);
    out.raw(lead);
    out.raw(NAME);
    tree.writeAttribute(out, child, N.name);
    out.raw(CATNO);
    tree.writeAttribute(out, child, N.catno);
    out.raw(ENTITY[kind]);
    writeIdAndUrl(out, id, 'labels');
    out.raw(END_OBJECT);
    lead = COMMA;
    rows.push({ id, name: tree.attribute(child, N.name) ?? '', catno: tree.attribute(child, N.catno) ?? '' });
  }
  out.raw(END_LIST);
  return rows;
}

function readCompany(out: JsonWriter, tree: RecordTree, company: Element): CompanyRow {
  const at = (name: number): Element => tree.child(company, name);
  const id = tree.integer(at(N.id));
  const [name, catno] = [at(N.name), at(N.catno)];
  out.raw(NAME);
  tree.writeText(out, name);
  out.raw(CATNO);
  tree.writeText(out, catno);
  out.raw(ENTITY_TYPE);
  tree.writeText(out, at(N.entity_type));
  out.raw(ENTITY_TYPE_NAME);
  tree.writeText(out, at(N.entity_type_name));
  out.raw(QUOTE);
  writeIdAndUrl(out, id, 'labels');
  out.raw(END_OBJECT);
  return { id, name: tree.text(name), catno: tree.text(catno) };
}

/** Writes `<company>` elements; nothing for none. */
export function readCompanies(
  out: JsonWriter,
  tree: RecordTree,
  before: Part,
  parent: Element,
): CompanyRow[] {
  const rows: CompanyRow[] = [];
  let lead = before;
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    out.raw(lead);
    rows.push(readCompany(out, tree, child));
    lead = COMMA;
  }
  if (lead === COMMA) out.raw(END_LIST);
  return rows;
}
