/** A release of a dump as the body of `GET /releases/{id}`. */
import { type JsonWriter, part } from '../json/jsonWriter.ts';
import { N } from '../xml/nameNumbers.ts';
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { type CompanyRow, readAttributeRows, readCompanies } from './companies.ts';
import {
  artistsSort,
  type CreditRow,
  creditRows,
  displayedArtists,
  searchNames,
  writeCredits,
} from './credits.ts';
import { type Formats, readFormats } from './formats.ts';
import { readIdentifiers } from './identifiers.ts';
import {
  API,
  beforeRows,
  beforeText,
  END_LIST,
  END_OBJECT,
  NOTHING,
  QUOTE,
  textsOf,
  writeAttributeMember,
  writeTextMember,
  writeTexts,
} from './json.ts';
import { writePageAddress } from './pageAddress.ts';
import { isRecordId, type PreparedFacts } from './preparedRecord.ts';
import { ReleaseCredits, rolesOf } from './releaseCredits.ts';
import { releaseDate } from './released.ts';
import { TracklistReader } from './tracklist.ts';
import { writeVideos } from './videos.ts';

const ID = part('{"id":');
const STATUS = beforeText('status');
const YEAR = part(',"year":');
const RESOURCE_URL = part(`,"resource_url":"${API}/releases/`);
const URI = part('","uri":"');
const ARTISTS = part('","artists":');
const ARTISTS_SORT = beforeText('artists_sort');
const LABELS = part('","labels":[');
const SERIES = beforeRows('series');
const COMPANIES = beforeRows('companies');
const DATA_QUALITY = beforeText('data_quality');
const FORMAT_QUANTITY = part(',"format_quantity":');
const MASTER_ID = part(',"master_id":');
const MASTER_URL = part(`,"master_url":"${API}/masters/`);
const TITLE = beforeText('title');
const COUNTRY = beforeText('country');
const RELEASED = beforeText('released');
const NOTES = beforeText('notes');
const RELEASED_FORMATTED = beforeText('released_formatted');
const VIDEOS = part(',"videos":[');
const GENRES = beforeRows('genres');
const STYLES = beforeRows('styles');
const TRACKLIST = part(',"tracklist":');
const EXTRA_ARTISTS = part(',"extraartists":');

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

function writeMaster(out: JsonWriter, masterId: number): void {
  if (masterId === 0) return;
  out.raw(MASTER_ID);
  out.number(masterId);
  out.raw(MASTER_URL);
  out.number(masterId);
  out.raw(QUOTE);
}

/** Writes the body. Undefined, and nothing is written, for an element without an id. */
export function prepareRelease(tree: RecordTree, out: JsonWriter): PreparedFacts | undefined {
  const id = tree.attributeInteger(tree.root, N.id);
  if (!isRecordId(id)) return undefined;
  const at = (name: number): Element => tree.child(tree.root, name);
  const [titleElement, genres, styles] = [at(N.title), at(N.genres), at(N.styles)];
  const artists = creditRows(tree, at(N.artists));
  const extraartists = creditRows(tree, at(N.extraartists));
  const masterId = tree.integer(at(N.master_id));
  const artist = displayedArtists(tree, artists);
  const title = tree.text(titleElement);
  const released = tree.text(at(N.released));
  const { year, formatted } = releaseDate(released);
  out.raw(ID);
  out.number(id);
  writeAttributeMember(out, tree, STATUS, tree.root, N.status);
  out.raw(YEAR);
  out.number(year);
  out.raw(RESOURCE_URL);
  out.number(id);
  out.raw(URI);
  writePageAddress(out, 'release', id, `${artist}-${title}`);
  out.raw(ARTISTS);
  writeCredits(out, tree, artists);
  out.raw(ARTISTS_SORT);
  out.text(artistsSort(tree, artists));
  const labels = readAttributeRows(out, tree, LABELS, at(N.labels), 'labels');
  const series = at(N.series) === NONE ? [] : readAttributeRows(out, tree, SERIES, at(N.series), 'series');
  const companies = readCompanies(out, tree, COMPANIES, at(N.companies));
  const formats = readFormats(out, tree, at(N.formats));
  writeTextMember(out, tree, DATA_QUALITY, at(N.data_quality));
  out.raw(FORMAT_QUANTITY);
  out.number(formats.quantity);
  writeMaster(out, masterId);
  out.raw(TITLE);
  tree.writeText(out, titleElement);
  out.raw(QUOTE);
  writeTextMember(out, tree, COUNTRY, at(N.country));
  writeTextMember(out, tree, RELEASED, at(N.released));
  writeTextMember(out, tree, NOTES, at(N.notes));
  if (released !== '') {
    out.raw(RELEASED_FORMATTED);
    out.text(formatted);
    out.raw(QUOTE);
  }
  const identifiers = readIdentifiers(out, tree, at(N.identifiers));
  out.raw(VIDEOS);
  writeVideos(out, tree, NOTHING, at(N.videos));
  out.raw(END_LIST);
  writeTexts(out, tree, GENRES, genres);
  writeTexts(out, tree, STYLES, styles);
  const credits = readCredits(tree, artists, extraartists, formats);
  const tracklist = new TracklistReader(out, tree, credits);
  out.raw(TRACKLIST);
  tracklist.write(at(N.tracklist));
  if (extraartists.length > 0) {
    out.raw(EXTRA_ARTISTS);
    writeCredits(out, tree, extraartists);
  }
  out.raw(END_OBJECT);
  const catnos = [...labels, ...companies].map(({ catno }) => catno).filter((catno) => catno !== '');
  const facts = {
    summary: {
      id,
      title,
      artist,
      year,
      released,
      country: tree.text(at(N.country)),
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
    genres: textsOf(tree, genres),
    styles: textsOf(tree, styles),
  };
  return { kind: 'releases', id, facts };
}
