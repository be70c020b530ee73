/** Reads Discogs' JSON without trusting its shape: a member that is missing or of another type reads as empty. */

/** A JSON object. */
export type Members = Readonly<Record<string, unknown>>;

/** The object, or an empty one. */
export const object = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

/** The array, or an empty one. */
export const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Its objects; anything else in it is left out. */
export const objects = (value: unknown): readonly Members[] =>
  array(value).flatMap((item) => (typeof item === 'object' && item !== null ? [object(item)] : []));

/** A text without blanks around it; numbers as text; `''` for anything else. */
export function text(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? value.trim() : '';
}

/** A number, also one that is written as text; undefined for anything else. */
export function number(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
}

/** A number above zero: Discogs writes 0 for unknown years and missing masters. */
export function positive(value: unknown): number | undefined {
  const read = number(value);
  return read !== undefined && read > 0 ? read : undefined;
}

/** The texts of an array that are not empty. */
export const texts = (value: unknown): readonly string[] => array(value).map(text).filter(Boolean);

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Leaves out members that say nothing. */
export const compact = (members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => !isEmpty(value)));
