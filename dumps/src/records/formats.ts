/** Formats of a release. */
import { type JsonWriter, part } from '../json/jsonWriter.ts';
import { N } from '../xml/nameNumbers.ts';
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import {
  beforeRows,
  beforeText,
  COMMA,
  END_LIST,
  END_OBJECT,
  NOTHING,
  QUOTE,
  textsOf,
  writeAttributeMember,
  writeTexts,
} from './json.ts';

/** What the API and its lists say about all formats together. */
export interface Formats {
  /** How many pieces; `All Media` describes the others and is not counted. */
  readonly quantity: number;
  /** Names without repetition. */
  readonly names: readonly string[];
  /** Descriptions and text of the first format, as lists of versions show them. */
  readonly text: string;
  readonly isUnofficial: boolean;
}

const LIST = part(',"formats":[');
const NAME = part('{"name":"');
const QUANTITY = part('","qty":"');
const TEXT = beforeText('text');
const DESCRIPTIONS = beforeRows('descriptions');

/** Writes `<format name="Vinyl" qty="2" text=""><descriptions>…` as the API does; an empty text is a missing member. */
export function readFormats(out: JsonWriter, tree: RecordTree, parent: Element): Formats {
  const names: string[] = [];
  let [quantity, text, isUnofficial, lead] = [0, '', false, NOTHING];
  const first = tree.firstChild(parent);
  out.raw(LIST);
  for (let format = first; format !== NONE; format = tree.next(format)) {
    const descriptions = tree.child(format, N.descriptions);
    out.raw(lead);
    out.raw(NAME);
    tree.writeAttribute(out, format, N.name);
    out.raw(QUANTITY);
    tree.writeAttribute(out, format, N.qty);
    out.raw(QUOTE);
    writeAttributeMember(out, tree, TEXT, format, N.text);
    writeTexts(out, tree, DESCRIPTIONS, descriptions);
    out.raw(END_OBJECT);
    lead = COMMA;
    const name = tree.attribute(format, N.name) ?? '';
    const words = textsOf(tree, descriptions);
    if (!names.includes(name)) names.push(name);
    if (name !== 'All Media') quantity += tree.attributeInteger(format, N.qty);
    if (words.includes('Unofficial Release')) isUnofficial = true;
    if (format !== first) continue;
    text = [...words, tree.attribute(format, N.text) ?? ''].filter((word) => word !== '').join(', ');
  }
  out.raw(END_LIST);
  return { quantity, names, text, isUnofficial };
}
