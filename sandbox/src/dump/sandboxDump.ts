/** The sandbox's records as a monthly dump of Discogs would have them: without pictures, prices and community. */
import { ARTIST_LIST, LABEL_LIST, MASTER_LIST, RELEASES } from '../catalogue/catalogue.ts';
import type {
  Artist,
  Credit,
  Label,
  LabelCredit,
  Master,
  NamedEntity,
  Release,
  Track,
} from '../catalogue/model.ts';
import { mainRelease } from '../compose/parts.ts';
import { element, escaped, listElement, textElement } from './xml.ts';

/** The names of the four files. */
export type DumpKind = 'artists' | 'labels' | 'masters' | 'releases';

const reference = (name: string, row: NamedEntity): string => textElement(name, row.name, { id: row.id });
const references = (list: string, rows: readonly NamedEntity[], name = 'name'): string =>
  listElement(
    list,
    rows.map((row) => reference(name, row)),
  );
const texts = (list: string, name: string, values: readonly string[]): string =>
  listElement(
    list,
    values.map((value) => textElement(name, value)),
  );

const credits = (list: string, rows: readonly Credit[]): string =>
  listElement(
    list,
    rows.map(({ id, name, anv, join, role }) =>
      element('artist', [
        textElement('id', id),
        textElement('name', name),
        textElement('anv', anv),
        textElement('join', join),
        textElement('role', role),
      ]),
    ),
  );

const plain = ({ id, name }: NamedEntity): Credit => ({ id, name, anv: '', join: '', role: '' });

const track = ({ position, title, duration, artist, sub_tracks }: Track): string =>
  element('track', [
    element('position', [escaped(position)]),
    textElement('title', title),
    element('duration', [escaped(duration)]),
    artist ? credits('artists', [plain(artist)]) : '',
    sub_tracks ? listElement('sub_tracks', sub_tracks.map(track)) : '',
  ]);

const company = ({ id, name, catno, entityType, entityTypeName }: LabelCredit): string =>
  element('company', [
    textElement('id', id),
    textElement('name', name),
    textElement('catno', catno),
    textElement('entity_type', entityType),
    textElement('entity_type_name', entityTypeName),
  ]);

const videos = (rows: Release['videos']): string =>
  listElement(
    'videos',
    rows.map(({ uri, title, description, duration, embed }) =>
      element('video', [textElement('title', title), textElement('description', description)], {
        src: uri,
        duration,
        embed: String(embed),
      }),
    ),
  );

function release(row: Release): string {
  const { name, qty, descriptions = [] } = row.format;
  return element(
    'release',
    [
      credits('artists', row.artists),
      textElement('title', row.title),
      listElement(
        'labels',
        row.labels.map(({ id, name: label, catno }) => element('label', [], { name: label, catno, id })),
      ),
      credits('extraartists', row.extraartists),
      element('formats', [
        element('format', [texts('descriptions', 'description', descriptions)].filter(Boolean), {
          name,
          qty,
          text: '',
        }),
      ]),
      texts('genres', 'genre', row.genres),
      texts('styles', 'style', row.styles),
      textElement('country', row.country),
      textElement('released', row.released),
      textElement('notes', row.notes),
      textElement('data_quality', 'Correct'),
      textElement('master_id', row.masterId),
      listElement('tracklist', row.tracklist.map(track)),
      listElement(
        'identifiers',
        row.identifiers.map(({ type, value, description }) =>
          element('identifier', [], { type, value, description }),
        ),
      ),
      videos(row.videos),
      listElement('companies', row.companies.map(company)),
    ],
    { id: row.id, status: 'Accepted' },
  );
}

function master(row: Master): string {
  const main = mainRelease(row);
  return element(
    'master',
    [
      textElement('main_release', main.id),
      credits('artists', main.artists),
      texts('genres', 'genre', main.genres),
      texts('styles', 'style', main.styles),
      textElement('year', main.year),
      textElement('title', main.title),
      textElement('data_quality', 'Correct'),
      videos(main.videos),
    ],
    { id: row.id },
  );
}

const artist = (row: Artist): string =>
  element('artist', [
    textElement('id', row.id),
    textElement('name', row.name),
    textElement('realname', row.realname),
    textElement('profile', row.profile),
    textElement('data_quality', 'Needs Vote'),
    texts('urls', 'url', row.urls),
    texts('namevariations', 'name', row.namevariations),
    references('aliases', row.aliases),
    references('groups', row.groups),
    references('members', row.members),
  ]);

const label = (row: Label): string =>
  element('label', [
    textElement('id', row.id),
    textElement('name', row.name),
    textElement('contactinfo', row.contact),
    textElement('profile', row.profile),
    textElement('data_quality', 'Needs Vote'),
    row.parent ? reference('parentLabel', row.parent) : '',
    texts('urls', 'url', row.urls),
    references('sublabels', row.sublabels, 'label'),
  ]);

/** The XML of each file. */
export const sandboxDump = (): Readonly<Record<DumpKind, string>> => ({
  artists: element('artists', ARTIST_LIST.map(artist)),
  labels: element('labels', LABEL_LIST.map(label)),
  masters: element('masters', MASTER_LIST.map(master)),
  releases: element('releases', RELEASES.map(release)),
});
