/** References in texts: `&amp;`, `&#228;`, `&#xE4;`. */

const HASH = 35;
const LOWER_X = 120;
/** `&#x10FFFF;` with room for leading zeros; a longer one is no reference. */
const LENGTH_MAX = 16;
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
