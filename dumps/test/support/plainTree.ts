/** Elements as plain objects, read by saxes or taken from a tree of ours, to compare the two. */
import { SaxesParser } from 'saxes';
import { nameNumber } from '../../src/xml/nameNumbers.ts';
import { Names } from '../../src/xml/names.ts';
import { RecordReader } from '../../src/xml/readRecord.ts';
import { type Element, NONE, RecordTree } from '../../src/xml/recordTree.ts';

export interface PlainElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: PlainElement[];
  /** Of an element without children. */
  text: string;
}

/** What saxes makes of it; throws where saxes does. */
export function bySaxes(xml: string): PlainElement {
  const root: PlainElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element !== undefined && element.children.length > 0) element.text = '';
  });
  parser.write(xml).close();
  const [element] = root.children;
  if (element === undefined) throw new Error('no element');
  return element;
}

/** What the product makes of it. */
export function byRecordReader(xml: string, before = '', after = ''): PlainElement {
  const tree = new RecordTree();
  const bytes = Buffer.from(before + xml + after);
  const start = Buffer.byteLength(before);
  new RecordReader(new Names([]), tree).read(bytes, start, start + Buffer.byteLength(xml));
  return plain(tree, tree.root);
}

function plain(tree: RecordTree, element: Element): PlainElement {
  const attributes: Record<string, string> = {};
  for (const name of tree.attributeNames(element))
    attributes[name] = tree.attribute(element, nameNumber(name)) ?? '';
  const children: PlainElement[] = [];
  for (let child = tree.firstChild(element); child !== NONE; child = tree.next(child)) {
    children.push(plain(tree, child));
  }
  return {
    name: tree.name(element),
    attributes,
    children,
    text: children.length > 0 ? '' : tree.text(element),
  };
}
