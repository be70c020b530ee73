/**
 * One record as a tree. Elements are rows of a typed array instead of objects: an object for each of a release's 250
 * elements would cost more time than finding them. A reader uses one tree again for each record.
 */
import { isUtf8 } from 'node:buffer';
import type { JsonWriter } from '../json/jsonWriter.ts';
import {
  AMPERSAND,
  CARRIAGE_RETURN,
  CHANGED_BY_READING,
  ESCAPED_IN_JSON,
  INK,
  NOT_ASCII,
  TAB_OR_LINE_FEED,
} from './characters.ts';
import { nameText } from './nameNumbers.ts';
import type { Name } from './names.ts';
import { replaceReferences } from './references.ts';

/** An element of the tree that was read last. */
export type Element = number;
/** No such element. */
export const NONE: Element = -1;
/** Far above a release of 10,000 tracks with credits; this many take about 30 MB. */
const ELEMENTS_MAX = 1 << 20;

/** Columns of an element's row. */
const [NAME, CHILD, NEXT, FROM, TO, BITS, ATTRIBUTE, ROW] = [0, 1, 2, 3, 4, 5, 6, 7];
/** Columns of an attribute's row. */
const [VALUE_NAME, VALUE_FROM, VALUE_TO, VALUE_BITS, ATTRIBUTE_ROW] = [0, 1, 2, 3, 4];

function doubled(rows: Int32Array): Int32Array {
  const larger = new Int32Array(rows.length * 2);
  larger.set(rows);
  return larger;
}

/** The elements, attributes and texts of one record. */
export class RecordTree {
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;
  /** Undefined where nobody has asked yet. */
  #isUtf8: boolean | undefined;
  /** One character for each byte, so that positions are the same. */
  #latin1 = '';
  #rows: Int32Array = new Int32Array(1024 * ROW);
  #count = 0;
  #attributeRows: Int32Array = new Int32Array(256 * ATTRIBUTE_ROW);
  #attributeCount = 0;
  #knowsAllNames = true;

  /** The root. */
  readonly root: Element = 0;

  /** Forgets the former record; positions given to the other methods are those of `bytes`. */
  begin(bytes: Buffer, start: number, end: number): void {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#isUtf8 = undefined;
    this.#latin1 = bytes.toString('latin1', start, end);
    this.#count = 0;
    this.#attributeCount = 0;
    this.#knowsAllNames = true;
  }

  /** Adds an element; undefined where there are too many. */
  addElement(name: Name): Element | undefined {
    const element = this.#count;
    const row = element * ROW;
    if (row + ROW > this.#rows.length) {
      if (element >= ELEMENTS_MAX) return undefined;
      this.#rows = doubled(this.#rows);
    }
    const rows = this.#rows;
    rows[row + NAME] = name.number;
    rows[row + CHILD] = NONE;
    rows[row + NEXT] = NONE;
    rows[row + FROM] = 0;
    rows[row + TO] = 0;
    rows[row + BITS] = 0;
    rows[row + ATTRIBUTE] = this.#attributeCount;
    this.#count = element + 1;
    if (!name.known) this.#knowsAllNames = false;
    return element;
  }

  /** Adds an attribute to the newest element. */
  addAttribute(name: Name, from: number, to: number, bits: number): void {
    const row = this.#attributeCount * ATTRIBUTE_ROW;
    if (row + ATTRIBUTE_ROW > this.#attributeRows.length) this.#attributeRows = doubled(this.#attributeRows);
    this.#attributeRows[row + VALUE_NAME] = name.number;
    this.#attributeRows[row + VALUE_FROM] = from;
    this.#attributeRows[row + VALUE_TO] = to;
    this.#attributeRows[row + VALUE_BITS] = bits;
    this.#attributeCount += 1;
    if (!name.known) this.#knowsAllNames = false;
  }

  setFirstChild(parent: Element, child: Element): void {
    this.#rows[parent * ROW + CHILD] = child;
  }

  setNext(element: Element, next: Element): void {
    this.#rows[element * ROW + NEXT] = next;
  }

  /** The text of an element without children. */
  setText(element: Element, from: number, to: number, bits: number): void {
    const row = element * ROW;
    this.#rows[row + FROM] = from;
    this.#rows[row + TO] = to;
    this.#rows[row + BITS] = bits;
  }

  /** Marks an element that has text beside its children; no known shape has. */
  addBits(element: Element, bits: number): void {
    const row = element * ROW + BITS;
    this.#rows[row] = (this.#rows[row] ?? 0) | bits;
  }

  /** Whether the record has only names that known shapes have. */
  get knowsAllNames(): boolean {
    return this.#knowsAllNames;
  }

  name(element: Element): string {
    return nameText(this.nameNumber(element));
  }

  nameNumber(element: Element): number {
    return this.#rows[element * ROW + NAME] ?? NONE;
  }

  /** `NONE` for `NONE`, so that a missing list is an empty one. */
  firstChild(element: Element): Element {
    return element === NONE ? NONE : (this.#rows[element * ROW + CHILD] ?? NONE);
  }

  next(element: Element): Element {
    return this.#rows[element * ROW + NEXT] ?? NONE;
  }

  /** The first child of this name, which is given by its number. */
  child(element: Element, name: number): Element {
    let child = this.firstChild(element);
    while (child !== NONE && this.nameNumber(child) !== name) child = this.next(child);
    return child;
  }

  /** Whether there is text, other than white space, beside children. */
  isMixed(element: Element): boolean {
    return this.firstChild(element) !== NONE && ((this.#rows[element * ROW + BITS] ?? 0) & INK) !== 0;
  }

  /** The text of an element without children; empty for `NONE`. */
  text(element: Element): string {
    if (element === NONE) return '';
    const row = element * ROW;
    return this.#textAt(this.#rows[row + FROM] ?? 0, this.#rows[row + TO] ?? 0, this.#rows[row + BITS] ?? 0);
  }

  /** Writes the text as it stands between the quotes of a JSON string; nothing for `NONE`. */
  writeText(out: JsonWriter, element: Element): void {
    if (element === NONE) return;
    const row = element * ROW;
    const [from, to] = [this.#rows[row + FROM] ?? 0, this.#rows[row + TO] ?? 0];
    const bits = this.#rows[row + BITS] ?? 0;
    if (!this.#writeBytes(out, from, to, bits)) out.text(this.#textAt(from, to, bits));
  }

  /** Whether the element has no text. */
  isEmpty(element: Element): boolean {
    const row = element * ROW;
    return element === NONE || this.#rows[row + FROM] === this.#rows[row + TO];
  }

  /** The text as a whole number above 0; 0 for everything else, which is how dumps write "none". */
  integer(element: Element): number {
    if (element === NONE) return 0;
    const row = element * ROW;
    return this.#integerAt(this.#rows[row + FROM] ?? 0, this.#rows[row + TO] ?? 0);
  }

  /** An attribute's text; undefined where the element has none of this name. */
  attribute(element: Element, name: number): string | undefined {
    const at = this.#attributeAt(element, name);
    if (at === NONE) return undefined;
    const row = at * ATTRIBUTE_ROW;
    const rows = this.#attributeRows;
    const bits = rows[row + VALUE_BITS] ?? 0;
    return this.#valueAt(rows[row + VALUE_FROM] ?? 0, rows[row + VALUE_TO] ?? 0, bits);
  }

  /** Writes an attribute's text as it stands between the quotes of a JSON string; nothing where the element has none. */
  writeAttribute(out: JsonWriter, element: Element, name: number): void {
    const at = this.#attributeAt(element, name);
    if (at === NONE) return;
    const row = at * ATTRIBUTE_ROW;
    const rows = this.#attributeRows;
    const [from, to] = [rows[row + VALUE_FROM] ?? 0, rows[row + VALUE_TO] ?? 0];
    const bits = rows[row + VALUE_BITS] ?? 0;
    const isWritten = (bits & TAB_OR_LINE_FEED) === 0 && this.#writeBytes(out, from, to, bits);
    if (!isWritten) out.text(this.#valueAt(from, to, bits));
  }

  /** Whether the element has an attribute of this name that is not empty. */
  hasAttribute(element: Element, name: number): boolean {
    const row = this.#attributeAt(element, name) * ATTRIBUTE_ROW;
    return row >= 0 && this.#attributeRows[row + VALUE_FROM] !== this.#attributeRows[row + VALUE_TO];
  }

  /** An attribute as a whole number above 0, else 0. */
  attributeInteger(element: Element, name: number): number {
    const at = this.#attributeAt(element, name);
    if (at === NONE) return 0;
    const row = at * ATTRIBUTE_ROW;
    return this.#integerAt(
      this.#attributeRows[row + VALUE_FROM] ?? 0,
      this.#attributeRows[row + VALUE_TO] ?? 0,
    );
  }

  /** Names of an element's attributes. */
  attributeNames(element: Element): readonly string[] {
    const [from, to] = this.#attributesOf(element);
    return Array.from({ length: to - from }, (_, index) =>
      nameText(this.#attributeRows[(from + index) * ATTRIBUTE_ROW + VALUE_NAME] ?? NONE),
    );
  }

  #attributesOf(element: Element): [number, number] {
    const from = this.#rows[element * ROW + ATTRIBUTE] ?? 0;
    const last = element + 1 === this.#count;
    return [from, last ? this.#attributeCount : (this.#rows[(element + 1) * ROW + ATTRIBUTE] ?? from)];
  }

  #attributeAt(element: Element, name: number): number {
    const to = this.#attributesOf(element)[1];
    for (let at = this.#attributesOf(element)[0]; at < to; at += 1) {
      if (this.#attributeRows[at * ATTRIBUTE_ROW + VALUE_NAME] === name) return at;
    }
    return NONE;
  }

  #textAt(from: number, to: number, bits: number): string {
    if ((bits & CHANGED_BY_READING) === 0)
      return this.#latin1.substring(from - this.#start, to - this.#start);
    const text =
      bits & NOT_ASCII
        ? this.#bytes.toString('utf8', from, to)
        : this.#latin1.substring(from - this.#start, to - this.#start);
    const lines = bits & CARRIAGE_RETURN ? text.replace(/\r\n?/g, '\n') : text;
    return bits & AMPERSAND ? replaceReferences(lines) : lines;
  }

  /** In an attribute, white space that is not a reference is a space. */
  #valueAt(from: number, to: number, bits: number): string {
    if ((bits & (TAB_OR_LINE_FEED | CARRIAGE_RETURN)) === 0) return this.#textAt(from, to, bits);
    const text = this.#bytes.toString('utf8', from, to).replace(/\r\n|[\t\n\r]/g, ' ');
    return bits & AMPERSAND ? replaceReferences(text) : text;
  }

  /** Without a string in between; false where a text has to be read as one. */
  #writeBytes(out: JsonWriter, from: number, to: number, bits: number): boolean {
    if ((bits & CARRIAGE_RETURN) !== 0) return false;
    if ((bits & NOT_ASCII) !== 0) {
      this.#isUtf8 ??= isUtf8(this.#bytes.subarray(this.#start, this.#end));
      if (!this.#isUtf8) return false;
    }
    if ((bits & (AMPERSAND | ESCAPED_IN_JSON)) !== 0) return out.escaped(this.#bytes, from, to);
    out.copy(this.#bytes, from, to);
    return true;
  }

  #integerAt(from: number, to: number): number {
    let value = 0;
    for (let at = from; at < to; at += 1) {
      const digit = (this.#bytes[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) return 0;
      value = value * 10 + digit;
    }
    return Number.isSafeInteger(value) ? value : 0;
  }
}
