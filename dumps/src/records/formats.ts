/** Formats of a release. */
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { listUnlessEmpty, member, plainTextsOf, textMember, textsOf } from './json.ts';

/** What the API and its lists say about all formats together. */
export interface Formats {
  readonly json: string;
  /** How many pieces; `All Media` describes the others and is not counted. */
  readonly quantity: number;
  /** Names without repetition. */
  readonly names: readonly string[];
  /** Descriptions and text of the first format, as lists of versions show them. */
  readonly text: string;
  readonly isUnofficial: boolean;
}

/** `<format name="Vinyl" qty="2" text=""><descriptions>…`; an empty text is a missing member. */
export function readFormats(tree: RecordTree, parent: Element): Formats {
  const rows: string[] = [];
  const names: string[] = [];
  let [quantity, text, isUnofficial] = [0, '', false];
  const first = tree.firstChild(parent);
  for (let format = first; format !== NONE; format = tree.next(format)) {
    const name = tree.attribute(format, 'name') ?? '';
    const details = tree.attribute(format, 'text') ?? '';
    const descriptions = tree.child(format, 'descriptions');
    const words = plainTextsOf(tree, descriptions);
    rows.push(
      `{"name":"${tree.attributeEscaped(format, 'name')}","qty":"${tree.attributeEscaped(format, 'qty')}"` +
        `${textMember('text', tree.attributeEscaped(format, 'text'))}` +
        `${member('descriptions', listUnlessEmpty(textsOf(tree, descriptions)))}}`,
    );
    if (!names.includes(name)) names.push(name);
    if (name !== 'All Media') quantity += tree.attributeInteger(format, 'qty');
    if (words.includes('Unofficial Release')) isUnofficial = true;
    if (format === first) text = [...words, details].filter((word) => word !== '').join(', ');
  }
  return { json: `[${rows.join(',')}]`, quantity, names, text, isUnofficial };
}
