/** Any other answer: what Discogs sent, without addresses of the API, pictures and empty members. */
import { compact, type Members, object } from '../../lib/looseJson.ts';
import { plainText } from '../wording.ts';
import type { ProjectionOptions, RecordProjection } from './projection.ts';

const ADDRESS = /(^|_)url$|^thumb$|^thumbnail|^cover_image$|^image/;
const MAX_TEXT_CHARS = 2000;
const MAX_DEPTH = 6;

/** A value without the members that a reader of text has no use for. */
export function lean(value: unknown, fields: ReadonlySet<string>, depth = 0): unknown {
  if (depth > MAX_DEPTH) return undefined;
  if (typeof value === 'string') return plainText(value, MAX_TEXT_CHARS);
  if (Array.isArray(value)) return value.map((item) => lean(item, fields, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .filter(
      ([name]) => !ADDRESS.test(name) || fields.has(name) || (fields.has('images') && !name.endsWith('_url')),
    )
    .map(([name, member]) => [name, lean(member, fields, depth + 1)] as const);
  return compact(Object.fromEntries(members));
}

/** Of an answer without a projection of its own. */
export const generic: RecordProjection = {
  kind: 'record',
  extras: ['images', 'resource_url'],
  project: (answer: Members, { fields }: ProjectionOptions) => object(lean(answer, fields)),
};
