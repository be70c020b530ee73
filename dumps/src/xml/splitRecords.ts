/**
 * Finds the records in the bytes of a dump, wherever these are cut into chunks. A record is found by its tags, without
 * reading what is between them, so that a damaged record does not take others with it.
 */
import type { RecordKind } from '@discogs-agent/core/catalogue';

/** Where a record starts and ends in the bytes at hand. */
export type FoundRecord = (bytes: Buffer, start: number, end: number, offset: number) => void;
/** Bytes that are no record, with what is wrong with them. */
export type FoundProblem = (problem: string, beginning: string, offset: number) => void;

/** A file that is not what was asked for. */
export class WrongDocument extends Error {
  constructor(expected: string, found: string) {
    super(`expected ${expected}, found ${JSON.stringify(found)}`);
    this.name = 'WrongDocument';
  }
}

interface Tags {
  readonly root: string;
  readonly start: Buffer;
  readonly end: Buffer;
  readonly rootEnd: Buffer;
}

const [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE, SLASH, LESS, GREATER] = [9, 10, 13, 32, 47, 60, 62];
const isWhite = (byte: number): boolean =>
  byte === SPACE || byte === LINE_FEED || byte === TAB || byte === CARRIAGE_RETURN;
const endsName = (byte: number): boolean => isWhite(byte) || byte === GREATER || byte === SLASH;

/** A `label` has labels inside this element; all other kinds have no element of their own name inside. */
const SUBLABELS = Buffer.from('<sublabels>');
const SUBLABELS_END = Buffer.from('</sublabels>');
/** Declarations and comments before the root are longer than this in no file. */
const PROLOGUE_MAX = 4096;
const PROLOGUE = /^(?:\u00ef\u00bb\u00bf)?(?:\s|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/;
/** How much of something unexpected is shown. */
const [EXCERPT, BEGINNING] = [40, 300];

function tagsOf(kind: RecordKind): Tags {
  const record = kind.slice(0, -1);
  return {
    root: kind,
    start: Buffer.from(`<${record}`),
    end: Buffer.from(`</${record}>`),
    rootEnd: Buffer.from(`</${kind}>`),
  };
}

/** One for each file. */
export class RecordSplitter {
  readonly #kind: RecordKind;
  readonly #tags: Tags;
  readonly #recordBytesMax: number;
  readonly #found: FoundRecord;
  readonly #problem: FoundProblem;
  #buffer = Buffer.allocUnsafe(1 << 20);
  /** What is in the buffer: from the first byte not yet used to the last one. */
  #from = 0;
  #to = 0;
  /** Position in the document of the buffer's first byte. */
  #offset = 0;
  /** The end of the record at `#from` was not found before this position. */
  #searched = 0;
  #state: 'before the root' | 'records' | 'skipping' | 'after the root' = 'before the root';

  constructor(kind: RecordKind, recordBytesMax: number, found: FoundRecord, problem: FoundProblem) {
    this.#kind = kind;
    this.#tags = tagsOf(kind);
    this.#recordBytesMax = recordBytesMax;
    this.#found = found;
    this.#problem = problem;
  }

  /** Whether the end of the document was seen. */
  get isComplete(): boolean {
    return this.#state === 'after the root';
  }

  /** Takes the next bytes; they may be used again afterwards. Throws {@link WrongDocument}. */
  push(chunk: Uint8Array): void {
    this.#append(chunk);
    while (this.#step());
  }

  /** Moves what is left to the front where the chunk does not fit behind it, and grows only for a long record. */
  #append(chunk: Uint8Array): void {
    if (this.#to + chunk.length > this.#buffer.length) {
      const left = this.#to - this.#from;
      const larger = left + chunk.length > this.#buffer.length;
      const target = larger ? Buffer.allocUnsafe(2 * (left + chunk.length)) : this.#buffer;
      this.#buffer.copy(target, 0, this.#from, this.#to);
      this.#buffer = target;
      this.#offset += this.#from;
      this.#searched -= this.#from;
      this.#from = 0;
      this.#to = left;
    }
    this.#buffer.set(chunk, this.#to);
    this.#to += chunk.length;
  }

  /** Goes on by one thing; false where more bytes are needed. */
  #step(): boolean {
    switch (this.#state) {
      case 'before the root':
        return this.#findRoot();
      case 'records':
        return this.#findRecord();
      case 'skipping':
        return this.#skip();
      case 'after the root':
        return this.#expectNothing();
    }
  }

  #findRoot(): boolean {
    const text = this.#buffer.toString('latin1', this.#from, Math.min(this.#to, this.#from + PROLOGUE_MAX));
    const prologue = PROLOGUE.exec(text)?.[0].length ?? 0;
    const root = /^<([^\s/>]+)[^>]*>/.exec(text.slice(prologue));
    const isUnfinished =
      root === null ? /^(?:<|\u00ef\u00bb?$|$)/.test(text.slice(prologue)) : /^[!?]/.test(root[1] ?? '');
    if (isUnfinished && text.length < PROLOGUE_MAX) return false;
    if (root?.[1] !== this.#tags.root) {
      throw new WrongDocument(`<${this.#tags.root}>`, text.slice(prologue, prologue + EXCERPT));
    }
    this.#from += prologue + root[0].length;
    this.#state = root[0].endsWith('/>') ? 'after the root' : 'records';
    return true;
  }

  #findRecord(): boolean {
    const { start, rootEnd } = this.#tags;
    this.#skipWhite();
    const at = this.#from;
    if (at + rootEnd.length > this.#to) return false;
    if (this.#isAt(rootEnd, at)) {
      this.#from += rootEnd.length;
      this.#state = 'after the root';
      return true;
    }
    if (!this.#isAt(start, at) || !endsName(this.#buffer[at + start.length] ?? 0)) {
      return this.#giveUp('something that is no record');
    }
    const end = this.#recordEnd();
    const isTooLong = (end === -1 ? this.#to : end) - at > this.#recordBytesMax;
    if (isTooLong) return this.#giveUp(`longer than ${this.#recordBytesMax} bytes`);
    if (end === -1) return false;
    this.#from = end;
    this.#searched = end;
    this.#found(this.#buffer, at, end, this.#offset + at);
    return true;
  }

  #skipWhite(): void {
    while (this.#from < this.#to && isWhite(this.#buffer[this.#from] ?? 0)) this.#from += 1;
  }

  #isAt(tag: Buffer, at: number): boolean {
    let index = 0;
    while (index < tag.length && tag[index] === this.#buffer[at + index]) index += 1;
    return index === tag.length;
  }

  /** The position after the end tag of the record at `#from`; -1 where it is not there yet. */
  #recordEnd(): number {
    const bytes = this.#buffer.subarray(0, this.#to);
    const { end } = this.#tags;
    for (let from = Math.max(this.#searched, this.#from); ; ) {
      const found = bytes.indexOf(end, from);
      if (this.#kind !== 'labels') {
        this.#searched = this.#to - end.length;
        return found === -1 ? -1 : found + end.length;
      }
      if (found === -1) return -1;
      const sublabels = bytes.subarray(from, found).indexOf(SUBLABELS);
      if (sublabels === -1) return found + end.length;
      const close = bytes.indexOf(SUBLABELS_END, from + sublabels);
      if (close === -1) return -1;
      from = close + SUBLABELS_END.length;
    }
  }

  /** Tells of the bytes at `#from` and looks for the next record. */
  #giveUp(problem: string): true {
    const beginning = this.#buffer.toString('utf8', this.#from, Math.min(this.#to, this.#from + BEGINNING));
    this.#problem(problem, beginning, this.#offset + this.#from);
    this.#from += 1;
    this.#state = 'skipping';
    return true;
  }

  #skip(): boolean {
    const { start, rootEnd } = this.#tags;
    const bytes = this.#buffer.subarray(0, this.#to);
    for (let at = bytes.indexOf(LESS, this.#from); at !== -1; at = bytes.indexOf(LESS, at + 1)) {
      this.#from = at;
      if (at + rootEnd.length > this.#to) return false;
      const isStart = this.#isAt(start, at) && endsName(bytes[at + start.length] ?? 0);
      if (isStart || this.#isAt(rootEnd, at)) {
        this.#searched = at;
        this.#state = 'records';
        return true;
      }
    }
    this.#from = this.#to;
    return false;
  }

  #expectNothing(): boolean {
    this.#skipWhite();
    if (this.#from === this.#to) return false;
    const found = this.#buffer.toString('utf8', this.#from, Math.min(this.#to, this.#from + EXCERPT));
    throw new WrongDocument(`nothing after </${this.#tags.root}>`, found);
  }
}
