/** What kind of program sent a request, as far as its headers tell. */
import type { WebRequest } from './web.ts';

const accepts = ({ header }: WebRequest): boolean => /\btext\/html\b/i.test(header('accept') ?? '');

/** Somebody looks at the answer: it is a page. Browsers without Fetch Metadata are known by the accepted media types. */
export const wantsPage = (request: WebRequest): boolean =>
  request.header('sec-fetch-mode')?.toLowerCase() === 'navigate' || accepts(request);

/**
 * A browser, whether or not somebody looks at the answer: an image in a page is fetched with the cookies of its reader.
 * Other sites cannot make a browser leave the header out.
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Mode
 */
export const isBrowser = (request: WebRequest): boolean =>
  request.header('sec-fetch-mode') !== undefined || accepts(request);
