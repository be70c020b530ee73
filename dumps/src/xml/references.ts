/** References in texts: `&amp;`, `&#228;`, `&#xE4;`. */

const HASH = 35;
const ZERO = 48;
const LOWER_X = 120;
/** `&#x10FFFF;` with room for leading zeros; a longer one is no reference. */
const LENGTH_MAX = 16;
const [AMPERSAND, SEMICOLON] = [38, 59];
const [SURROGATES, SURROGATES_END] = [0xd800, 0xe000];
const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Control characters and lone surrogates are kept as they are; they are in dumps, though XML forbids them. */
function numbered(digits: string, radix: 10 | 16): string | undefined {
  if (!(radix === 10 ? /^[0-9]+$/ : /^[0-9a-fA-F]+$/).test(digits)) return undefined;
  const code = Number.parseInt(digits, radix);
  return code > 0x10ffff ? undefined : String.fromCodePoint(code);
}

/** The characters of a decimal number without a string for it: nearly all references of a dump are such. */
function decimalAt(text: string, from: number, to: number): number {
  let code = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return -1;
    code = code * 10 + digit;
  }
  return from === to || code > 0xffff ? -1 : code;
}

function referenceAt(text: string, from: number, to: number): string | undefined {
  if (text.charCodeAt(from) !== HASH) return NAMED.get(text.slice(from, to));
  const code = decimalAt(text, from + 1, to);
  if (code !== -1) return String.fromCharCode(code);
  if (text.charCodeAt(from + 1) === LOWER_X) return numbered(text.slice(from + 2, to), 16);
  return numbered(text.slice(from + 1, to), 10);
}

/** The text with references replaced. What is no reference stays as it is: a lone `&` is no reason to lose a record. */
export function replaceReferences(text: string): string {
  let result = '';
  let copied = 0;
  for (let amp = text.indexOf('&'); amp !== -1; amp = text.indexOf('&', amp + 1)) {
    const end = text.indexOf(';', amp);
    if (end === -1) break;
    const character = end - amp > LENGTH_MAX ? undefined : referenceAt(text, amp + 1, end);
    if (character === undefined) continue;
    result += text.slice(copied, amp) + character;
    copied = end + 1;
  }
  return result + text.slice(copied);
}

/** Where the reference that begins at `from` has its semicolon; -1 for none. */
export function referenceEnd(bytes: Uint8Array, from: number, to: number): number {
  const stop = Math.min(to, from + LENGTH_MAX);
  for (let at = from + 1; at < stop; at += 1) {
    const byte = bytes[at];
    if (byte === SEMICOLON) return at;
    if (byte === AMPERSAND) return -1;
  }
  return -1;
}

const NAMED_BYTES = [...NAMED].map(([name, character]) => ({
  name: Buffer.from(name),
  code: character.charCodeAt(0),
}));

function namedAt(bytes: Uint8Array, from: number, to: number): number {
  for (const { name, code } of NAMED_BYTES) {
    if (name.length !== to - from) continue;
    let index = 0;
    while (index < name.length && name[index] === bytes[from + index]) index += 1;
    if (index === name.length) return code;
  }
  return -1;
}

/** The character of a reference from its bytes between `&` and `;`; -1 for a rare one, and for what is none. */
export function characterOf(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from] !== HASH) return namedAt(bytes, from, to);
  let code = 0;
  for (let at = from + 1; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    code = code * 10 + digit;
  }
  // Half of a pair of surrogates is a character only together with the other half.
  const isHalf = code >= SURROGATES && code < SURROGATES_END;
  return to <= from + 1 || code > 0xffff || isHalf ? -1 : code;
}
