/** Writes XML. */

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text of elements and attributes. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

/** Values of attributes; undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');

/** An element with XML inside. */
export const element = (name: string, children: readonly string[], attributes: Attributes = {}): string =>
  `<${name}${written(attributes)}>${children.join('')}</${name}>`;

/** An element with text; none for a text that is not there. */
export const textElement = (
  name: string,
  text: string | number | undefined,
  attributes: Attributes = {},
): string => (text === undefined || text === '' ? '' : element(name, [escaped(String(text))], attributes));

/** A list of elements; none where it is empty. */
export const listElement = (name: string, children: readonly string[]): string =>
  children.length === 0 ? '' : element(name, children);
