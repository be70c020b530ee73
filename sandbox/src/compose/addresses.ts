/** Addresses inside bodies. They name the real service, whatever port the sandbox listens on. */

const API_ROOT = 'https://api.discogs.com';
const WEB_ROOT = 'https://www.discogs.com';

/** `path` starts with a slash: `/releases/1`. */
export const apiUrl = (path: string): string => `${API_ROOT}${path}`;
export const webUrl = (path: string): string => `${WEB_ROOT}${path}`;

const slug = (text: string): string => {
  const words = text.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return encodeURIComponent(words);
};

/** The page of a list on the website. */
export const listUrl = (id: number, name: string): string => webUrl(`/lists/${slug(name)}/${id}`);

/** The path of a page on the website: `/release/593743-Bj%C3%B6rk-Post`. */
export const webPath = (kind: 'release' | 'master' | 'artist' | 'label', id: number, name: string): string =>
  `/${kind}/${id}-${slug(name)}`;
