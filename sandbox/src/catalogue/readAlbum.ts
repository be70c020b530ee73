/** Turns one album of the fact files into its releases. */
import type { AlbumFacts, VersionExtra, VersionRow } from '../data/facts.ts';
import type { Credit, Format, Identifier, LabelCredit, NamedEntity, Release } from './model.ts';
import type { Names } from './names.ts';
import { readTracklist } from './tracklist.ts';

export interface AlbumIds {
  master(): number;
  release(): number;
}

const LABEL_ENTITY = { entityType: '1', entityTypeName: 'Label' };

function readByline(by: AlbumFacts['by'], artists: Names): Credit[] {
  const credit = (name: string, join: string): Credit => ({
    ...artists.named(name),
    anv: '',
    join,
    role: '',
  });
  if (typeof by === 'string') return [credit(by, '')];
  return [credit(by[0], by[1]), credit(by[2], '')];
}

function readCredits(lines: string, artists: Names): Credit[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [role = '', who = ''] = line.split(': ');
      const [name = '', anv = ''] = who.split(' = ');
      return { ...artists.named(name), anv, join: '', role };
    });
}

function readFormat(text: string): Format {
  const [, qty = '1', name = '', descriptions = ''] = /^(?:(\d+)x)?([^:]+)(?:: (.*))?$/.exec(text) ?? [];
  return { name, qty, ...(descriptions === '' ? {} : { descriptions: descriptions.split(', ') }) };
}

function readCompany(text: string, labels: Names): LabelCredit {
  const [, entityType = '', entityTypeName = '', name = ''] = /^(\d+) ([^:]+): (.*)$/.exec(text) ?? [];
  return { ...labels.named(name), catno: '', entityType, entityTypeName };
}

function readIdentifiers({ barcode, matrix }: VersionExtra): Identifier[] {
  return [
    ...(barcode === undefined ? [] : [{ type: 'Barcode', value: barcode }]),
    ...(matrix === undefined ? [] : [{ type: 'Matrix / Runout', value: matrix, description: 'Side A' }]),
  ];
}

export function readAlbum(album: AlbumFacts, artists: Names, labels: Names, ids: AlbumIds): Release[] {
  const masterId = album.master === 'none' ? undefined : (album.master ?? ids.master());
  const artistNamed = (name: string): NamedEntity => artists.named(name);
  const shared = {
    ...(masterId === undefined ? {} : { masterId }),
    artists: readByline(album.by, artists),
    title: album.title,
    genres: album.genres,
    styles: album.styles,
    tracklist: readTracklist(album.tracks, artistNamed),
    extraartists: album.credits === undefined ? [] : readCredits(album.credits, artists),
  };
  return album.versions.map(([released, country, format, label, catno, extra = {}]: VersionRow) => ({
    ...shared,
    id: extra.id ?? ids.release(),
    year: Number(released.slice(0, 4)),
    released,
    country,
    format: readFormat(format),
    labels: [{ ...labels.named(label), catno, ...LABEL_ENTITY }],
    companies: (extra.companies ?? []).map((text) => readCompany(text, labels)),
    identifiers: readIdentifiers(extra),
    videos: (extra.videos ?? []).map(({ uri, title, seconds }) => ({
      uri,
      title,
      description: title,
      duration: seconds,
      embed: true,
    })),
    ...(extra.notes === undefined ? {} : { notes: extra.notes }),
  }));
}
