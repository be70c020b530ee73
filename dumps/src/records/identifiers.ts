/** What is printed on a release: barcodes, matrix numbers and others. */
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { textMember } from './json.ts';

export interface Identifiers {
  readonly json: string;
  readonly barcodes: readonly string[];
  readonly matrices: readonly string[];
}

/** `<identifier type="Barcode" value="…" description="…"/>`. */
export function readIdentifiers(tree: RecordTree, parent: Element): Identifiers {
  const rows: string[] = [];
  const barcodes: string[] = [];
  const matrices: string[] = [];
  const first = tree.firstChild(parent);
  for (let child = first; child !== NONE; child = tree.next(child)) {
    const type = tree.attribute(child, 'type');
    const value = tree.attribute(child, 'value') ?? '';
    const description = tree.attributeEscaped(child, 'description');
    rows.push(
      `{"type":"${tree.attributeEscaped(child, 'type')}","value":"${tree.attributeEscaped(child, 'value')}"` +
        `${textMember('description', description)}}`,
    );
    if (value === '') continue;
    if (type === 'Barcode') barcodes.push(value);
    if (type === 'Matrix / Runout') matrices.push(value);
  }
  return { json: `[${rows.join(',')}]`, barcodes, matrices };
}
