/** The text that an OAuth signature is made over. Pure. */
import { percentEncode } from './percentEncode.ts';

/** Name and value, decoded. */
export type Parameter = readonly [name: string, value: string];

/**
 * The address without query and fragment; scheme and host in lower case, without a default port.
 * @see https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.2
 */
export function baseStringUri(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

const byNameThenValue = (a: Parameter, b: Parameter): number => {
  const index = a[0] === b[0] ? 1 : 0;
  if (a[index] === b[index]) return 0;
  return a[index] < b[index] ? -1 : 1;
};

/**
 * All parameters in one text, encoded first and sorted then, as the order of bytes wants it.
 * @see https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.2
 */
export function normalizeParameters(parameters: readonly Parameter[]): string {
  return parameters
    .map(([name, value]): Parameter => [percentEncode(name), percentEncode(value)])
    .sort(byNameThenValue)
    .map((pair) => pair.join('='))
    .join('&');
}

/**
 * The signature base string. `parameters` are the protocol parameters without `realm` and `oauth_signature`, and those
 * of a form body; the query of `url` is added here.
 * @see https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.1
 */
export function signatureBaseString(method: string, url: URL, parameters: readonly Parameter[]): string {
  const all = [...url.searchParams, ...parameters];
  return [method.toUpperCase(), baseStringUri(url), normalizeParameters(all)].map(percentEncode).join('&');
}
