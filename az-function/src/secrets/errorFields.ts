/** Reads what an SDK's error carries. Messages stay out: they quote addresses, headers and bodies. */

/** The member at `path`, or undefined where there is none. */
export function readField(from: unknown, ...path: readonly string[]): unknown {
  let value = from;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** A code, or nothing where the field holds anything longer than a code. */
export const codeOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : undefined;
