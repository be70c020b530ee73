/** Rows of `GET /database/search`, made from whole records. What no dump knows, such as pictures and owners, is absent. */
import { array, type Members, number, object, objects, positive, text, texts } from '../lib/looseJson.ts';
import type { RecordKind } from './catalogueStore.ts';
import { resourceUrl } from './rows.ts';

const WEB = 'https://www.discogs.com';

/** `Stan Getz / João Gilberto`; a comma has no blank before it. */
const artistNames = (credits: unknown): string =>
  objects(credits)
    .map(({ name, join }) => {
      const word = text(join);
      return word === '' ? text(name) : `${text(name)}${word === ',' ? '' : ' '}${word} `;
    })
    .join('')
    .trim();

const namesOf = (rows: unknown): readonly string[] => objects(rows).map(({ name }) => text(name));

/** What the row of a release and that of its master have in common. `main` is the release. */
function recordFields(type: 'release' | 'master', record: Members, main: Members): Members {
  const id = number(record['id']) ?? 0;
  const formats = objects(main['formats']);
  const masterId = type === 'master' ? id : (positive(record['master_id']) ?? 0);
  const country = text(main['country']);
  const year = positive(record['year']);
  const catno = text(objects(main['labels'])[0]?.['catno']);
  return {
    ...(country === '' ? {} : { country }),
    ...(year === undefined ? {} : { year: String(year) }),
    format: formats.flatMap(({ name, descriptions }) => [text(name), ...texts(descriptions)]),
    label: [...namesOf(main['labels']), ...namesOf(main['companies'])],
    type,
    genre: array(record['genres']),
    style: array(record['styles']),
    id,
    barcode: objects(main['identifiers']).map(({ value }) => text(value)),
    master_id: masterId,
    master_url: masterId === 0 ? null : resourceUrl('masters', masterId),
    uri: text(record['uri']).replace(WEB, ''),
    catno,
    title: `${artistNames(record['artists'])} - ${text(record['title'])}`,
    resource_url: resourceUrl(`${type}s`, id),
  };
}

const releaseRow = (record: Members): Members => ({
  ...recordFields('release', record, record),
  format_quantity: objects(record['formats']).reduce((sum, { qty }) => sum + (number(qty) ?? 0), 0),
  formats: array(record['formats']),
});

const entityRow = (type: 'artist' | 'label', record: Members): Members => ({
  id: number(record['id']) ?? 0,
  type,
  master_id: null,
  master_url: null,
  uri: text(record['uri']).replace(WEB, ''),
  title: text(record['name']),
  resource_url: resourceUrl(`${type}s`, number(record['id']) ?? 0),
});

/** The row of a record. `main` is the main release of a master, where the dump has it. */
export function searchRow(kind: RecordKind, record: Members, main: Members = {}): Members {
  switch (kind) {
    case 'releases':
      return releaseRow(record);
    case 'masters':
      return recordFields('master', record, main);
    case 'artists':
      return entityRow('artist', record);
    case 'labels':
      return entityRow('label', record);
    default:
      return kind satisfies never;
  }
}

/** The id of the release that a master's row takes format, label and barcode from. */
export const mainReleaseOf = (master: Members): number | undefined =>
  positive(object(master)['main_release']);
