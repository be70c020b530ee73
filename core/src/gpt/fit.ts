/** Cuts an answer to a number of characters, at the end of an item. Pure. */
import { type Members, object } from '../lib/looseJson.ts';

/** What is left, and how many items of which member are not. */
export interface Cut {
  readonly value: Members;
  readonly omitted: Readonly<Record<string, number>>;
}

const MARK = '…';
/** Room for `truncated`, `omitted` and `next`. */
export const NOTE_CHARS = 400;
/** Of a record that does not fit, so many members are looked at. The widest of Discogs has 40. */
const MOST_MEMBERS = 500;
/** Texts up to this long are not shortened: names and addresses. */
const SHORT_CHARS = 40;

/** Characters of a value as JSON; members that are undefined are not written. */
export const sizeOf = (value: unknown): number => (value === undefined ? 0 : JSON.stringify(value).length);

/** How many items from the start fit into `room` characters, commas included. */
export function countThatFits(items: readonly unknown[], room: number): number {
  let used = 0;
  for (const [index, item] of items.entries()) {
    used += sizeOf(item ?? null) + 1;
    if (used > room) return index;
  }
  return items.length;
}

const canShrink = (member: unknown): boolean =>
  typeof member === 'string'
    ? member.length > SHORT_CHARS
    : typeof member === 'object' && member !== null && Object.keys(member).length > 0;

const isEmpty = (member: unknown): boolean =>
  typeof member === 'object' && member !== null && Object.keys(member).length === 0;

/** The member without at least `over` characters, or with as few as it can have. */
function shrink(name: string, member: unknown, size: number, over: number): Cut {
  const room = Math.max(0, size - over);
  if (typeof member === 'string') {
    // Escaped characters are longer as JSON: whoever is still too long comes again.
    const text = `${member.slice(0, Math.max(10, member.length - over - 2))}${MARK}`;
    return { value: { [name]: text }, omitted: {} };
  }
  if (Array.isArray(member)) {
    const kept = Math.min(member.length - 1, countThatFits(member, room - 2));
    return { value: { [name]: member.slice(0, kept) }, omitted: { [name]: member.length - kept } };
  }
  if (room < SHORT_CHARS) return { value: { [name]: {} }, omitted: { [name]: 1 } };
  const inner = fitRecord(object(member), room);
  const parts = Object.entries(inner.omitted).map(([part, count]) => [`${name}.${part}`, count] as const);
  return { value: { [name]: inner.value }, omitted: Object.fromEntries(parts) };
}

/**
 * A record in at most `maxChars`: the largest member goes first (lists lose items from their end, texts are shortened,
 * objects are cut inside), then members are left out from the end. A list of which nothing is left is left out, too:
 * an empty one would say that there is none.
 */
export function fitRecord(record: Members, maxChars: number): Cut {
  const omitted: Record<string, number> = {};
  if (sizeOf(record) <= maxChars) return { value: record, omitted };
  const value: Record<string, unknown> = Object.fromEntries(Object.entries(record).slice(0, MOST_MEMBERS));
  let total = sizeOf(value);
  const sizes = new Map(Object.entries(value).map(([name, member]) => [name, sizeOf(member)]));
  while (total > maxChars) {
    const [name, size = 0] =
      [...sizes].filter(([candidate]) => canShrink(value[candidate])).sort(([, a], [, b]) => b - a)[0] ?? [];
    if (name === undefined) {
      const last = Object.keys(value).at(-1);
      if (last === undefined) break;
      omitted[last] = (omitted[last] ?? 0) + 1;
      delete value[last];
      sizes.delete(last);
      total = sizeOf(value);
      continue;
    }
    const cut = shrink(name, value[name], size, total - maxChars);
    for (const [part, count] of Object.entries(cut.omitted)) omitted[part] = (omitted[part] ?? 0) + count;
    const rest = cut.value[name];
    if (isEmpty(rest)) {
      delete value[name];
      sizes.delete(name);
      // Its name, colon and comma go with it.
      total -= size + sizeOf(name) + 2;
      continue;
    }
    value[name] = rest;
    const now = sizeOf(rest);
    sizes.set(name, now);
    total += now - size;
  }
  return { value, omitted };
}
