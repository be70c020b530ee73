/** Reading a document of which nothing is known yet. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** True for objects, not for lists and null. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object behind `keys`; empty where there is none. */
export function objectAt(value: unknown, ...keys: readonly string[]): JsonObject {
  const found = keys.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);
  return isObject(found) ? found : {};
}

/** The list in `value[key]`; empty where there is none. */
export function listAt(value: JsonObject, key: string): readonly unknown[] {
  const found = value[key];
  return Array.isArray(found) ? found : [];
}

/** The text in `value[key]`; empty where there is none. */
export function textAt(value: JsonObject, key: string): string {
  const found = value[key];
  return typeof found === 'string' ? found : '';
}

/** What stands under these keys is data, unless they name a property of a schema or, for `default`, a response. */
const DATA: ReadonlySet<string> = new Set(['example', 'examples', 'default', 'enum', 'const']);
const isData = (key: string, pointer: string): boolean =>
  DATA.has(key) && !/\/(properties|responses)$/.test(pointer);

/** Calls `visit` with every object of the document and its JSON pointer. */
export function walk(
  value: unknown,
  visit: (object: JsonObject, pointer: string) => void,
  pointer = '#',
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, visit, `${pointer}/${index}`);
  } else if (isObject(value)) {
    visit(value, pointer);
    for (const [key, member] of Object.entries(value)) {
      const next = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (!isData(key, pointer)) walk(member, visit, next);
    }
  }
}
