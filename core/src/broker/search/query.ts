/** The body of a search. Pure. */
import * as z from 'zod/mini';

/** What a caller looks for, trimmed; `album` is undefined for none. */
export interface SearchQuery {
  readonly artist: string;
  readonly title: string;
  readonly album: string | undefined;
}

/** The checked body, or the `message` of a 400 `invalid_params`. */
export type CheckedQuery =
  | { readonly kind: 'query'; readonly query: SearchQuery }
  | { readonly kind: 'invalid_params'; readonly message: string };

/** In UTF-16 units after trimming. */
const MAX_FIELD_UNITS = 256;

const body = z.record(z.string(), z.unknown());
/** Existing clients send `"album": null` for every track without one. */
const field = z.nullish(z.string());

const invalid = (message: string): CheckedQuery => ({ kind: 'invalid_params', message });

/** Checks a parsed JSON body. Unknown members are ignored. */
export function checkSearchBody(json: unknown): CheckedQuery {
  const members = body.safeParse(json);
  if (!members.success) return invalid('request body must be a JSON object');
  const values: Record<'artist' | 'title' | 'album', string> = { artist: '', title: '', album: '' };
  for (const name of ['artist', 'title', 'album'] as const) {
    const value = field.safeParse(members.data[name]);
    if (!value.success) return invalid(`${name} must be a string`);
    values[name] = value.data?.trim() ?? '';
    if (values[name] === '' && name !== 'album') return invalid('artist and title are required');
    if (values[name].length > MAX_FIELD_UNITS) return invalid(`${name} is too long`);
  }
  const { artist, title, album } = values;
  return { kind: 'query', query: { artist, title, album: album === '' ? undefined : album } };
}
