/** Few records in the API's shape, as a dump has them: no pictures, no figures of the community, no prices. */
import type { CatalogueRecords } from './memoryCatalogue.ts';

const api = (path: string): string => `https://api.discogs.com${path}`;
const web = (path: string): string => `https://www.discogs.com${path}`;
const credit = (id: number, name: string, join = '') => ({
  name,
  anv: '',
  join,
  role: '',
  tracks: '',
  id,
  resource_url: api(`/artists/${id}`),
});

interface Pressing {
  readonly id: number;
  readonly year: number;
  readonly country: string;
  readonly format: string;
  readonly catno: string;
  readonly barcode: string;
}

const nevermind = ({ id, year, country, format, catno, barcode }: Pressing) => ({
  id,
  status: 'Accepted',
  year,
  resource_url: api(`/releases/${id}`),
  uri: web(`/release/${id}-Nirvana-Nevermind`),
  artists: [credit(1, 'Nirvana')],
  artists_sort: 'Nirvana',
  labels: [
    {
      name: 'DGC',
      catno,
      entity_type: '1',
      entity_type_name: 'Label',
      id: 5,
      resource_url: api('/labels/5'),
    },
  ],
  companies: [{ name: 'Sound City Studios', catno: '', id: 6, resource_url: api('/labels/6') }],
  formats: [{ name: format, qty: '1', descriptions: ['Album'] }],
  data_quality: 'Correct',
  master_id: 10,
  master_url: api('/masters/10'),
  title: 'Nevermind',
  country,
  released: `${year}-09-24`,
  identifiers: [
    { type: 'Barcode', value: barcode },
    { type: 'Matrix / Runout', value: `${catno} A-1` },
  ],
  genres: ['Rock'],
  styles: ['Grunge'],
  tracklist: [{ position: '1', type_: 'track', title: 'Smells Like Teen Spirit', duration: '5:01' }],
});

/** An artist, a label, a master with three versions, and a single release. */
export const RECORDS: CatalogueRecords = {
  artists: [
    {
      id: 1,
      name: 'Nirvana',
      resource_url: api('/artists/1'),
      uri: web('/artist/1-Nirvana'),
      profile: 'A band.',
    },
    { id: 2, name: 'Butch Vig', resource_url: api('/artists/2'), uri: web('/artist/2-Butch-Vig') },
  ],
  labels: [{ id: 5, name: 'DGC', resource_url: api('/labels/5'), uri: web('/label/5-DGC') }],
  masters: [
    {
      id: 10,
      main_release: 100,
      resource_url: api('/masters/10'),
      uri: web('/master/10-Nirvana-Nevermind'),
      genres: ['Rock'],
      styles: ['Grunge'],
      year: 1991,
      artists: [credit(1, 'Nirvana')],
      title: 'Nevermind',
    },
  ],
  releases: [
    nevermind({
      id: 100,
      year: 1991,
      country: 'US',
      format: 'Vinyl',
      catno: 'DGC-24425',
      barcode: '720642442517',
    }),
    nevermind({
      id: 101,
      year: 1991,
      country: 'UK',
      format: 'CD',
      catno: 'DGCD 24425',
      barcode: '0 7206-42442-5 2',
    }),
    nevermind({
      id: 102,
      year: 2011,
      country: 'US',
      format: 'CD',
      catno: 'B0015884-02',
      barcode: '602527779034',
    }),
    {
      id: 200,
      year: 1988,
      resource_url: api('/releases/200'),
      uri: web('/release/200-Nirvana-Love-Buzz'),
      artists: [credit(1, 'Nirvana', '&'), credit(2, 'Butch Vig')],
      labels: [{ name: 'Sub Pop', catno: 'none', id: 7, resource_url: api('/labels/7') }],
      formats: [{ name: 'Vinyl', qty: '1', descriptions: ['7"', 'Single'] }],
      title: 'Love Buzz',
      released: '1988-11-00',
      extraartists: [credit(2, 'Butch Vig')],
      identifiers: [],
      genres: ['Rock'],
      styles: [],
      tracklist: [],
    },
  ],
};
