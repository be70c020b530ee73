/** Releases, masters, artists and labels. */
import {
  compact,
  type Members,
  number,
  object,
  objects,
  positive,
  text,
  texts,
} from '../../lib/looseJson.ts';
import {
  artistsText,
  cleanName,
  creditedAs,
  creditLines,
  formatsText,
  identifierLines,
  identifiers,
  imageAddresses,
  labelsText,
  plainText,
  tracklist,
  videoLines,
  webAddress,
} from '../wording.ts';
import type { ProjectionOptions, RecordProjection } from './projection.ts';

const NOTES_CHARS = 300;
const LONG_CHARS = 5000;
const PROFILE_CHARS = 600;
const VIDEOS = 3;

/** A number without its currency misleads; `options.currency` says how sure it is. */
const lowestPrice = (value: unknown, { currency }: ProjectionOptions): string => {
  const amount = number(value);
  return amount === undefined ? '' : `${amount.toFixed(2)} ${currency}`;
};

function communityOf(value: unknown): Members {
  const { have, want, rating } = object(value);
  const { average, count } = object(rating);
  const ratings = positive(count);
  return compact({ have: number(have), want: number(want), rating: ratings && number(average), ratings });
}

/** What a release and its master have in common. */
function shared(answer: Members, options: ProjectionOptions): Members {
  const { fields } = options;
  const videos = videoLines(answer['videos']);
  return {
    genres: texts(answer['genres']),
    styles: texts(answer['styles']),
    tracklist: tracklist(answer['tracklist']),
    num_for_sale: number(answer['num_for_sale']),
    lowest_price: lowestPrice(answer['lowest_price'], options),
    videos: fields.has('videos') ? videos : videos.slice(0, VIDEOS),
    notes: plainText(answer['notes'], fields.has('notes') ? LONG_CHARS : NOTES_CHARS),
    images: fields.has('images') ? imageAddresses(answer['images']) : undefined,
  };
}

const release: RecordProjection = {
  kind: 'record',
  extras: ['images', 'videos', 'notes', 'credits', 'companies', 'identifiers', 'community', 'prices'],
  live: ['images', 'community', 'prices'],
  project(answer, options) {
    const { fields } = options;
    const { genres, styles, ...rest } = shared(answer, options);
    const companies = objects(answer['companies']).map(
      ({ entity_type_name: role, name }) => `${text(role)}: ${cleanName(name)}`,
    );
    return compact({
      id: number(answer['id']),
      type: 'release',
      title: text(answer['title']),
      artists: artistsText(answer['artists']),
      credited_as: creditedAs(answer['artists']),
      year: positive(answer['year']),
      released: text(answer['released_formatted']) || text(answer['released']),
      country: text(answer['country']),
      labels: labelsText(answer['labels']),
      formats: formatsText(answer['formats']),
      genres,
      styles,
      master_id: positive(answer['master_id']),
      barcodes: identifiers(answer['identifiers'], 'Barcode'),
      community: communityOf(answer['community']),
      ...rest,
      credits: fields.has('credits') ? creditLines(answer['extraartists'], answer['tracklist']) : undefined,
      companies: fields.has('companies') ? companies : undefined,
      identifiers: fields.has('identifiers') ? identifierLines(answer['identifiers']) : undefined,
      blocked_from_sale: answer['blocked_from_sale'] === true ? true : undefined,
      uri: webAddress('release', answer['id']),
    });
  },
};

const master: RecordProjection = {
  kind: 'record',
  extras: ['images', 'videos', 'notes', 'prices'],
  live: ['images', 'prices'],
  project: (answer, options) =>
    compact({
      id: number(answer['id']),
      type: 'master',
      title: text(answer['title']),
      artists: artistsText(answer['artists']),
      credited_as: creditedAs(answer['artists']),
      year: positive(answer['year']),
      main_release_id: positive(answer['main_release']),
      ...shared(answer, options),
      uri: webAddress('master', answer['id']),
    }),
};

/** `Name (id)`, with a note for those who have left. */
export const people = (value: unknown): readonly string[] =>
  objects(value).map(({ name, id, active }) => {
    const left = active === false ? ', former' : '';
    return `${cleanName(name)} (${text(id)}${left})`;
  });

const artist: RecordProjection = {
  kind: 'record',
  extras: ['images', 'profile', 'urls', 'name_variations'],
  live: ['images'],
  project: (answer, { fields }) =>
    compact({
      id: number(answer['id']),
      type: 'artist',
      name: cleanName(answer['name']),
      real_name: text(answer['realname']),
      profile: plainText(answer['profile'], fields.has('profile') ? LONG_CHARS : PROFILE_CHARS),
      members: people(answer['members']),
      groups: people(answer['groups']),
      aliases: people(answer['aliases']),
      name_variations: fields.has('name_variations') ? texts(answer['namevariations']) : undefined,
      urls: texts(answer['urls']).slice(0, fields.has('urls') ? undefined : 3),
      images: fields.has('images') ? imageAddresses(answer['images']) : undefined,
      uri: webAddress('artist', answer['id']),
    }),
};

const label: RecordProjection = {
  kind: 'record',
  extras: ['images', 'profile', 'urls'],
  live: ['images'],
  project(answer, { fields }) {
    const parent = object(answer['parent_label']);
    return compact({
      id: number(answer['id']),
      type: 'label',
      name: cleanName(answer['name']),
      profile: plainText(answer['profile'], fields.has('profile') ? LONG_CHARS : PROFILE_CHARS),
      parent_label: people([parent].filter(({ id }) => id !== undefined))[0],
      sublabels: people(answer['sublabels']),
      contact: plainText(answer['contact_info'], NOTES_CHARS),
      urls: texts(answer['urls']).slice(0, fields.has('urls') ? undefined : 3),
      images: fields.has('images') ? imageAddresses(answer['images']) : undefined,
      uri: webAddress('label', answer['id']),
    });
  },
};

/** By operation. */
export const recordProjections: Readonly<Record<string, RecordProjection>> = {
  getRelease: release,
  getMaster: master,
  getArtist: artist,
  getLabel: label,
};
