/** A catalogue that has every record that the workloads ask for. */
import { type CatalogueStore, createCatalogue, type ReleaseSummary } from '@discogs-agent/core/catalogue';
import type { World } from './systems.ts';

const encoder = new TextEncoder();
/** Two pages, as the conversations read. */
const VERSIONS = 80;

const releaseOf = (id: number): ReleaseSummary => ({
  id,
  title: `Record ${id}`,
  artist: 'Somebody',
  year: 1990,
  released: '1990',
  country: 'US',
  format: 'LP',
  majorFormats: ['Vinyl'],
  label: 'A label',
  catno: 'none',
  masterId: 0,
});

const STORE: CatalogueStore = {
  info: async () => ({
    date: '2026-10-01',
    counts: { artists: 1, labels: 1, masters: 1, releases: 1 },
  }),
  record: async (kind, id) => encoder.encode(JSON.stringify({ id, title: `${kind} ${id}` })),
  artistReleases: async (id) => ({
    total: 1,
    rows: [{ kind: 'release', role: 'Main', trackinfo: '', release: releaseOf(id) }],
  }),
  labelReleases: async (id) => ({ total: 1, rows: [{ catno: 'none', release: releaseOf(id) }] }),
  masterVersions: async (id) => Array.from({ length: VERSIONS }, (_, index) => releaseOf(id + index + 1)),
  releasesBy: async () => ({ total: 0, rows: [] }),
  named: async () => [],
  search: async () => ({ total: 1, rows: [{ kind: 'masters', id: 1000 }] }),
  close: async () => {},
};

/** The catalogue of one instance. */
export const virtualCatalogue = ({ time }: World) =>
  createCatalogue({
    open: async () => STORE,
    now: time.now,
    setTimer: time.setTimer,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
