/** Records for tests of stores, made by hand: short, with every fact that a store keeps. */
import type {
  MasterFacts,
  NameFacts,
  PreparedRecord,
  ReleaseFacts,
} from '../../src/records/preparedRecord.ts';

type Of<Kind extends PreparedRecord['kind']> = PreparedRecord & { readonly kind: Kind };

export interface MadeRelease extends Partial<Omit<ReleaseFacts, 'summary'>> {
  readonly summary?: Partial<ReleaseFacts['summary']>;
  readonly notes?: string;
}

/** A release whose first artist, label and catalogue number are in its summary. */
export function madeRelease(id: number, made: MadeRelease = {}): Of<'releases'> {
  const summary = {
    id,
    title: `Title ${id}`,
    artist: 'Somebody',
    year: 1990,
    released: '1990',
    country: 'UK',
    format: 'LP, Album',
    majorFormats: ['Vinyl'],
    label: 'Some Label',
    catno: `CAT ${id}`,
    masterId: 0,
    ...made.summary,
  };
  const facts: ReleaseFacts = {
    credits: [{ artistId: 1, role: 'Main', trackinfo: '' }],
    labels: [{ labelId: 1, catno: summary.catno }],
    barcodes: [],
    catnos: [summary.catno],
    matrices: [],
    artistNames: [summary.artist],
    labelNames: [summary.label],
    tracks: [],
    genres: [],
    styles: [],
    ...made,
    summary,
  };
  return {
    kind: 'releases',
    id,
    json: Buffer.from(JSON.stringify({ id, title: summary.title, notes: made.notes ?? '' })),
    facts,
  };
}

/** A master; its artists are given by id. */
export function madeMaster(
  id: number,
  made: Partial<Omit<MasterFacts, 'summary'>> & { readonly summary?: Partial<MasterFacts['summary']> } = {},
): Of<'masters'> {
  const summary = {
    id,
    title: `Master ${id}`,
    artist: 'Somebody',
    year: 1990,
    mainRelease: 1,
    ...made.summary,
  };
  const facts: MasterFacts = {
    artistIds: [],
    artistNames: [summary.artist],
    genres: [],
    styles: [],
    ...made,
    summary,
  };
  return { kind: 'masters', id, json: Buffer.from(JSON.stringify({ id, title: summary.title })), facts };
}

/** An artist or a label. */
export function madeName<Kind extends 'artists' | 'labels'>(
  kind: Kind,
  id: number,
  name: string,
  variations: readonly string[] = [],
): { readonly kind: Kind; readonly id: number; readonly json: Uint8Array; readonly facts: NameFacts } {
  return {
    kind,
    id,
    json: Buffer.from(JSON.stringify({ name, id })),
    facts: { name, variations, references: [] },
  };
}
