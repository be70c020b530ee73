/**
 * JSON written as UTF-8 bytes at once. Texts put together as strings would be copied twice more: made flat, then encoded, and
 * with two bytes a character as soon as one of them is not Latin.
 */
import { AMPERSAND, CHARACTER_BITS, ESCAPED_IN_JSON } from '../xml/characters.ts';
import { characterOf, referenceEnd } from '../xml/references.ts';

/** Of a piece of memory: the records of a chunk of XML, as a rule. A longer record gets a larger one. */
const CHUNK_BYTES = 320 << 10;
/** From here on a call into Node costs less than a loop. */
const LONG = 64;
/** Bytes of a character at most that is escaped, and of a number. */
const [ESCAPED_BYTES, NUMBER_BYTES] = [6, 20];
/** Room for the worst case of a longer text would take more memory than all else. */
const LONG_TEXT = 1 << 16;
const WORD_BYTES = 8;
const [AMPERSAND_BYTE, BACKSLASH, LOWER_U, ZERO] = [38, 92, 117, 48];
const NOT_COPIED = AMPERSAND | ESCAPED_IN_JSON;
const [ASCII_END, TWO_BYTES_END] = [0x80, 0x800];

/**
 * A part of JSON that is written again and again: ASCII, as numbers of eight bytes, which are copied at once. None of them is
 * NaN, whose bits may change on the way: that would take a byte of 0x7f or more.
 */
export interface Part {
  readonly length: number;
  readonly words: Float64Array;
}

export function part(text: string): Part {
  const words = new Float64Array(Math.ceil(text.length / WORD_BYTES));
  Buffer.from(words.buffer).write(text, 'latin1');
  return { length: text.length, words };
}

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const HEX = ascii('0123456789abcdef');
/** What stands behind the backslash; `u` for characters that are written as numbers. */
const ESCAPES = ascii(
  Array.from({ length: ASCII_END }, (_, code) => JSON.stringify(String.fromCharCode(code))[2]).join(''),
);

const isEscaped = (code: number): boolean => ((CHARACTER_BITS[code] ?? 0) & ESCAPED_IN_JSON) !== 0;

/** Writes the escape of an ASCII character; the position behind it. */
function writeEscape(bytes: Uint8Array, at: number, code: number): number {
  const letter = ESCAPES[code] ?? 0;
  bytes[at] = BACKSLASH;
  bytes[at + 1] = letter;
  if (letter !== LOWER_U) return at + 2;
  bytes[at + 2] = ZERO;
  bytes[at + 3] = ZERO;
  bytes[at + 4] = HEX[code >> 4] ?? 0;
  bytes[at + 5] = HEX[code & 15] ?? 0;
  return at + 6;
}

/** Writes a character of two or three bytes; the position behind it. */
function writeMultibyte(bytes: Uint8Array, at: number, code: number): number {
  const last = 0x80 | (code & 0x3f);
  if (code < TWO_BYTES_END) {
    bytes[at] = 0xc0 | (code >> 6);
    bytes[at + 1] = last;
    return at + 2;
  }
  bytes[at] = 0xe0 | (code >> 12);
  bytes[at + 1] = 0x80 | ((code >> 6) & 0x3f);
  bytes[at + 2] = last;
  return at + 3;
}

/** Writes one value after the other. What was taken stays as it is until the memory is used again. */
export class JsonWriter {
  #bytes = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #start = 0;
  #end = 0;

  /** All bytes since the last call. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(this.#start, this.#end);
    this.#start = this.#end;
    return taken;
  }

  /**
   * Uses the memory again: nobody reads any more what was taken. New memory for each batch would start a collection of the
   * whole heap every thousand records.
   */
  reuse(): void {
    // What was sent to another thread is gone.
    if (this.#bytes.length === 0) this.#renew(CHUNK_BYTES);
    this.#start = 0;
    this.#end = 0;
  }

  /** A part as it is. */
  raw({ length, words }: Part): void {
    this.#reserve(length + WORD_BYTES);
    const view = this.#view;
    let at = this.#end;
    this.#end += length;
    // What the last word writes behind the part is written over.
    for (let index = 0; index < words.length; index += 1, at += WORD_BYTES) {
      view.setFloat64(at, words[index] ?? 0, true);
    }
  }

  /** Bytes as they are, between two positions. */
  copy(source: Uint8Array, from: number, to: number): void {
    const length = to - from;
    this.#reserve(length);
    const bytes = this.#bytes;
    const end = this.#end;
    if (length < LONG)
      for (let index = 0; index < length; index += 1) bytes[end + index] = source[from + index] ?? 0;
    else bytes.set(source.subarray(from, to), end);
    this.#end = end + length;
  }

  /** A whole number, 0 or above. */
  number(value: number): void {
    this.#reserve(NUMBER_BYTES);
    const bytes = this.#bytes;
    let digits = 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits += 1;
    let rest = value;
    for (let at = this.#end + digits - 1; at >= this.#end; at -= 1) {
      const tens = Math.floor(rest / 10);
      bytes[at] = ZERO + rest - tens * 10;
      rest = tens;
    }
    this.#end += digits;
  }

  /** A text as it stands between the quotes of a JSON string. */
  text(text: string): void {
    const { length } = text;
    if (length > LONG_TEXT) {
      this.#longText(JSON.stringify(text).slice(1, -1));
      return;
    }
    this.#reserve(length * ESCAPED_BYTES);
    const bytes = this.#bytes;
    const end = this.#end;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code >= ASCII_END || isEscaped(code)) {
        this.#end += bytes.write(JSON.stringify(text).slice(1, -1), end);
        return;
      }
      bytes[end + index] = code;
    }
    this.#end = end + length;
  }

  /**
   * The same of the bytes of an XML text, valid UTF-8 without carriage returns. False, and nothing is written, for long
   * ones and where only `replaceReferences` knows what stands there.
   */
  escaped(source: Uint8Array, from: number, to: number): boolean {
    if (to - from > LONG_TEXT) return false;
    this.#reserve((to - from) * ESCAPED_BYTES);
    const bytes = this.#bytes;
    const classes = CHARACTER_BITS;
    let end = this.#end;
    for (let at = from; at < to; at += 1) {
      let code = source[at] ?? 0;
      if (((classes[code] ?? 0) & NOT_COPIED) === 0) {
        bytes[end] = code;
        end += 1;
        continue;
      }
      if (code === AMPERSAND_BYTE) {
        const semicolon = referenceEnd(source, at, to);
        code = characterOf(source, at + 1, semicolon);
        if (code === -1) return false;
        at = semicolon;
        if (code >= ASCII_END) {
          end = writeMultibyte(bytes, end, code);
          continue;
        }
      }
      if (isEscaped(code)) end = writeEscape(bytes, end, code);
      else {
        bytes[end] = code;
        end += 1;
      }
    }
    this.#end = end;
    return true;
  }

  #longText(json: string): void {
    this.#reserve(Buffer.byteLength(json));
    this.#end += this.#bytes.write(json, this.#end);
  }

  /** Makes room; what was taken stays where it is. */
  #reserve(length: number): void {
    if (this.#end + length <= this.#bytes.length) return;
    const waiting = this.#end - this.#start;
    const former = this.#bytes;
    this.#renew(Math.max(CHUNK_BYTES, 2 * (waiting + length)));
    former.copy(this.#bytes, 0, this.#start, this.#end);
    this.#start = 0;
    this.#end = waiting;
  }

  #renew(length: number): void {
    this.#bytes = Buffer.allocUnsafeSlow(length);
    this.#view = new DataView(this.#bytes.buffer);
  }
}
