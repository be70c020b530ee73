/** Sorting of lists by a named key. */

type Value = string | number;

const compare = (a: Value, b: Value): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en');

/** `sort_order=desc` reverses; rows with equal keys keep the order they had. */
export function sortedBy<T>(rows: readonly T[], key: (row: T) => Value, order: string | null): T[] {
  const direction = order === 'desc' ? -1 : 1;
  return [...rows].sort((a, b) => direction * compare(key(a), key(b)));
}
