/** A release of a dump as the body of `GET /releases/{id}`. */
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { attributeRows, type CompanyRow, companyRows } from './companies.ts';
import {
  artistsSort,
  type CreditRow,
  creditRows,
  creditsJson,
  displayedArtists,
  searchNames,
} from './credits.ts';
import { type Formats, readFormats } from './formats.ts';
import { readIdentifiers } from './identifiers.ts';
import { API, listUnlessEmpty, member, plainTextsOf, textMember, textsOf, textUnlessEmpty } from './json.ts';
import { pageAddress } from './pageAddress.ts';
import type { PreparedRecord } from './preparedRecord.ts';
import { ReleaseCredits, rolesOf } from './releaseCredits.ts';
import { formatReleased, yearOf } from './released.ts';
import { TracklistReader } from './tracklist.ts';
import { videoRows } from './videos.ts';

const rowsJson = (rows: readonly CompanyRow[]): string => `[${rows.map(({ json }) => json).join(',')}]`;

/** Main artists first, then those of the whole release, then those of tracks. */
function readCredits(
  tree: RecordTree,
  main: readonly CreditRow[],
  extra: readonly CreditRow[],
  formats: Formats,
) {
  const credits = new ReleaseCredits();
  for (const { id } of main) credits.addMain(id, formats.isUnofficial ? 'UnofficialRelease' : 'Main');
  for (const { id, role, tracks } of extra) {
    for (const name of rolesOf(tree.text(role))) credits.add(id, name, tree.text(tracks));
  }
  return credits;
}

/** One for each label and catalogue number; those without a page are in no list. */
function labelFacts(rows: readonly CompanyRow[]): { labelId: number; catno: string }[] {
  const facts: { labelId: number; catno: string }[] = [];
  for (const { id, catno } of rows) {
    if (id === 0 || facts.some((fact) => fact.labelId === id && fact.catno === catno)) continue;
    facts.push({ labelId: id, catno });
  }
  return facts;
}

/** Undefined for an element without an id. */
export function prepareRelease(tree: RecordTree): PreparedRecord | undefined {
  const id = tree.attributeInteger(tree.root, 'id');
  if (id === 0) return undefined;
  const at = (name: string): Element => tree.child(tree.root, name);
  const artists = creditRows(tree, at('artists'));
  const extraartists = creditRows(tree, at('extraartists'));
  const labels = attributeRows(tree, at('labels'), 'labels');
  const series = attributeRows(tree, at('series'), 'series');
  const companies = companyRows(tree, at('companies'));
  const formats = readFormats(tree, at('formats'));
  const identifiers = readIdentifiers(tree, at('identifiers'));
  const credits = readCredits(tree, artists, extraartists, formats);
  const tracklist = new TracklistReader(tree, credits);
  const masterId = tree.integer(at('master_id'));
  const artist = displayedArtists(tree, artists);
  const title = tree.text(at('title'));
  const released = tree.text(at('released'));
  const year = yearOf(released);
  const text = (element: Element): string | undefined => textUnlessEmpty(tree, element);
  const json =
    `{"id":${id}${textMember('status', tree.attributeEscaped(tree.root, 'status'))},"year":${year}` +
    `,"resource_url":"${API}/releases/${id}","uri":"${pageAddress('release', id, `${artist}-${title}`)}"` +
    `,"artists":${creditsJson(tree, artists)},"artists_sort":${JSON.stringify(artistsSort(tree, artists))}` +
    `,"labels":${rowsJson(labels)}${member('series', at('series') === NONE ? undefined : rowsJson(series))}` +
    member('companies', companies.length === 0 ? undefined : rowsJson(companies)) +
    `,"formats":${formats.json}${member('data_quality', text(at('data_quality')))}` +
    `,"format_quantity":${formats.quantity}${member('master_id', masterId || undefined)}` +
    member('master_url', masterId === 0 ? undefined : `"${API}/masters/${masterId}"`) +
    `,"title":"${tree.escaped(at('title'))}"${member('country', text(at('country')))}` +
    member('released', text(at('released'))) +
    member('notes', text(at('notes'))) +
    member('released_formatted', released === '' ? undefined : JSON.stringify(formatReleased(released))) +
    `,"identifiers":${identifiers.json},"videos":[${videoRows(tree, at('videos')).join(',')}]` +
    member('genres', listUnlessEmpty(textsOf(tree, at('genres')))) +
    member('styles', listUnlessEmpty(textsOf(tree, at('styles')))) +
    `,"tracklist":${tracklist.json(at('tracklist'))}` +
    member('extraartists', extraartists.length === 0 ? undefined : creditsJson(tree, extraartists)) +
    '}';
  const catnos = [...labels, ...companies].map(({ catno }) => catno).filter((catno) => catno !== '');
  const facts = {
    summary: {
      id,
      title,
      artist,
      year,
      released,
      country: tree.text(at('country')),
      format: formats.text,
      majorFormats: formats.names,
      label: labels[0]?.name ?? '',
      catno: labels[0]?.catno ?? '',
      masterId,
    },
    credits: credits.all(),
    labels: labelFacts([...labels, ...companies, ...series]),
    barcodes: identifiers.barcodes,
    catnos: [...new Set(catnos)],
    matrices: identifiers.matrices,
    artistNames: searchNames(tree, artists),
    labelNames: [...new Set(labels.map(({ name }) => name))],
    tracks: tracklist.titles,
    genres: plainTextsOf(tree, at('genres')),
    styles: plainTextsOf(tree, at('styles')),
  };
  return { kind: 'releases', id, json, facts };
}
