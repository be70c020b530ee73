/** Generated answers of Discogs: whatever JSON can be, in the places where projections look. */
import fc from 'fast-check';

const leaf = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('"', '\\', '\n', '[url=x]'.repeat(40), 'x'.repeat(5000)),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const NAMES = [
  'id',
  'title',
  'name',
  'artists',
  'labels',
  'formats',
  'notes',
  'tracklist',
  'type',
  'profile',
];
/** Any JSON, with names that projections look at. */
export const { json } = fc.letrec((tie) => ({
  json: fc.oneof({ depthSize: 'small' }, leaf, tie('list'), tie('members')),
  list: fc.array(tie('json'), { maxLength: 12 }),
  members: fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 80 })), tie('json'), {
    maxKeys: 12,
  }),
}));
/** A record or a row of a list. */
export const row = fc.dictionary(
  fc.oneof(fc.constantFrom(...NAMES, 'basic_information', 'uri'), fc.string()),
  json,
  { maxKeys: 12 },
);
/** One page of a list, or something else in its place. */
export const rowsOf = (name: string) =>
  fc.record({
    [name]: fc.oneof(fc.array(row, { maxLength: 60 }), json),
    pagination: fc.oneof(json, fc.record({ page: fc.nat(9), pages: fc.nat(9), items: fc.nat(999) })),
  });
