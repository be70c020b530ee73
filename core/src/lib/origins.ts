/** Origins of web pages, as a setting lists them. */

/** Written as browsers send it: scheme, host in lower case, and the port where it is not the usual one. */
const isOrigin = (text: string): boolean =>
  !text.includes('*') &&
  URL.canParse(text) &&
  /^https?:$/.test(new URL(text).protocol) &&
  new URL(text).origin === text;

/** Exact origins, separated by commas; undefined where one of them is none. `*` is none: whoever calls names itself. */
export function parseOrigins(list: string): readonly string[] | undefined {
  const origins = list
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  return origins.every(isOrigin) ? origins : undefined;
}
