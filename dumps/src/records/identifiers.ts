/** What is printed on a release: barcodes, matrix numbers and others. */
import { type JsonWriter, part } from '../json/jsonWriter.ts';
import { N } from '../xml/nameNumbers.ts';
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { beforeText, COMMA, END_LIST, END_OBJECT, NOTHING, QUOTE, writeAttributeMember } from './json.ts';

export interface Identifiers {
  readonly barcodes: readonly string[];
  readonly matrices: readonly string[];
}

const LIST = part(',"identifiers":[');
const TYPE = part('{"type":"');
const VALUE = part('","value":"');
const DESCRIPTION = beforeText('description');

/** Writes `<identifier type="Barcode" value="…" description="…"/>` as the API does. */
export function readIdentifiers(out: JsonWriter, tree: RecordTree, parent: Element): Identifiers {
  const barcodes: string[] = [];
  const matrices: string[] = [];
  let lead = NOTHING;
  out.raw(LIST);
  for (let child = tree.firstChild(parent); child !== NONE; child = tree.next(child)) {
    out.raw(lead);
    out.raw(TYPE);
    tree.writeAttribute(out, child, N.type);
    out.raw(VALUE);
    tree.writeAttribute(out, child, N.value);
    out.raw(QUOTE);
    writeAttributeMember(out, tree, DESCRIPTION, child, N.description);
    out.raw(END_OBJECT);
    lead = COMMA;
    const type = tree.attribute(child, N.type);
    if (type !== 'Barcode' && type !== 'Matrix / Runout') continue;
    const value = tree.attribute(child, N.value) ?? '';
    if (value !== '') (type === 'Barcode' ? barcodes : matrices).push(value);
  }
  out.raw(END_LIST);
  return { barcodes, matrices };
}
