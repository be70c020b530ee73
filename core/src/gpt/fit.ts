/** Cuts an answer to a number of characters, at the end of an item. Pure. */
import { array, type Members, object } from './json.ts';

/** Shown when something was left out. */
export interface Cut {
  readonly value: Members;
  /** How many items of which member were left out. */
  readonly omitted: Readonly<Record<string, number>>;
}

const MARK = '…';
/** Room for `truncated`, `omitted` and `next`. */
export const NOTE_CHARS = 400;

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

/** The largest number of items, at most `length`, for which `fits` is true. `fits` is true for all smaller ones. */
export function mostThatFit(length: number, fits: (count: number) => boolean): number {
  let [least, most] = [0, length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(middle)) least = middle;
    else most = middle - 1;
  }
  return least;
}

const largest = (value: Members, isKind: (member: unknown) => boolean): string | undefined =>
  Object.entries(value)
    .filter(([, member]) => isKind(member))
    .sort(([, a], [, b]) => sizeOf(b) - sizeOf(a))[0]?.[0];

const isLongText = (member: unknown): boolean => typeof member === 'string' && member.length > 40;
const isList = (member: unknown): boolean => Array.isArray(member) && member.length > 0;
const isObject = (member: unknown): boolean =>
  typeof member === 'object' && member !== null && !Array.isArray(member) && Object.keys(member).length > 0;

/**
 * A record in at most `maxChars`: the largest lists lose items from their end, then texts are shortened, then members
 * are left out from the end.
 */
export function fitRecord(record: Members, maxChars: number): Cut {
  let value = record;
  const omitted: Record<string, number> = {};
  const omit = (name: string, count: number): void => {
    omitted[name] = (omitted[name] ?? 0) + count;
  };
  for (;;) {
    const over = sizeOf(value) - maxChars;
    if (over <= 0) return { value, omitted };
    const name = largest(value, (member) => isList(member) || isLongText(member) || isObject(member));
    const member = name === undefined ? undefined : value[name];
    if (name !== undefined && Array.isArray(member)) {
      const cut = (count: number): Members => ({ ...value, [name]: array(member).slice(0, count) });
      const kept = mostThatFit(member.length - 1, (count) => sizeOf(cut(count)) <= maxChars);
      omit(name, member.length - kept);
      value = cut(kept);
    } else if (name !== undefined && typeof member === 'string') {
      value = { ...value, [name]: `${member.slice(0, Math.max(10, member.length - over - 2))}${MARK}` };
    } else if (name !== undefined) {
      const inner = fitRecord(object(member), Math.max(0, sizeOf(member) - over));
      for (const [part, count] of Object.entries(inner.omitted)) omit(`${name}.${part}`, count);
      value = { ...value, [name]: inner.value };
    } else {
      const names = Object.keys(value);
      const last = names.at(-1);
      if (last === undefined) return { value, omitted };
      omit(last, 1);
      value = Object.fromEntries(Object.entries(value).slice(0, -1));
    }
  }
}
