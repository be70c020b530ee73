/** What owners note about their copies. No call of the API changes which fields there are. */
import { CONDITIONS, UNGRADED } from '../data/conditions.ts';

interface Field {
  readonly id: number;
  readonly name: string;
  readonly isPublic: boolean;
  /** The values of a dropdown; absent for free text. */
  readonly options?: readonly string[];
}

const LINES = 3;

/** The three that every collection begins with, and one that its owner has added for nobody else (composed). */
export const FIELDS: readonly Field[] = [
  { id: 1, name: 'Media Condition', isPublic: true, options: CONDITIONS },
  {
    id: 2,
    name: 'Sleeve Condition',
    isPublic: true,
    options: [UNGRADED.generic, UNGRADED.noCover, ...CONDITIONS],
  },
  { id: 3, name: 'Notes', isPublic: true },
  { id: 4, name: 'Paid', isPublic: false },
];

/** @see https://www.discogs.com/developers#page:user-collection,header:user-collection-list-custom-fields */
export const fieldRow = ({ id, name, isPublic, options }: Field, index: number): object => ({
  id,
  name,
  type: options === undefined ? 'textarea' : 'dropdown',
  position: index + 1,
  public: isPublic,
  options,
  lines: options === undefined ? LINES : undefined,
});

/** The notes of a copy; those of private fields for the owner only. */
export const noteRows = (notes: ReadonlyMap<number, string>, forOwner: boolean): object[] =>
  FIELDS.filter(({ id, isPublic }) => notes.has(id) && (isPublic || forOwner)).map(({ id }) => ({
    field_id: id,
    value: notes.get(id),
  }));
