/** A master of a dump as the body of `GET /masters/{id}`; dumps have no tracklist of masters. */
import { type JsonWriter, part } from '../json/jsonWriter.ts';
import { N } from '../xml/nameNumbers.ts';
import type { Element, RecordTree } from '../xml/recordTree.ts';
import { creditRows, displayedArtists, searchNames, writeCredits } from './credits.ts';
import {
  API,
  beforeRows,
  beforeText,
  END_LIST,
  END_OBJECT,
  QUOTE,
  textsOf,
  writeTextMember,
  writeTexts,
} from './json.ts';
import { writePageAddress } from './pageAddress.ts';
import { isRecordId, type PreparedFacts } from './preparedRecord.ts';
import { writeVideos } from './videos.ts';

const ID = part('{"id":');
const MAIN_RELEASE = part(',"main_release":');
const RESOURCE_URL = part(`,"resource_url":"${API}/masters/`);
const URI = part('","uri":"');
const VERSIONS_URL = part(`","versions_url":"${API}/masters/`);
const VERSIONS_URL_END = part('/versions"');
const MAIN_RELEASE_URL = part(`,"main_release_url":"${API}/releases/`);
const GENRES = beforeRows('genres');
const STYLES = beforeRows('styles');
const YEAR = part(',"year":');
const ARTISTS = part(',"artists":');
const TITLE = beforeText('title');
const NOTES = beforeText('notes');
const DATA_QUALITY = beforeText('data_quality');
const VIDEOS = beforeRows('videos');

/** Writes the body. Undefined, and nothing is written, for an element without an id. */
export function prepareMaster(tree: RecordTree, out: JsonWriter): PreparedFacts | undefined {
  const id = tree.attributeInteger(tree.root, N.id);
  if (!isRecordId(id)) return undefined;
  const at = (name: number): Element => tree.child(tree.root, name);
  const [mainRelease, year] = [tree.integer(at(N.main_release)), tree.integer(at(N.year))];
  const [title, genres, styles] = [at(N.title), at(N.genres), at(N.styles)];
  const artists = creditRows(tree, at(N.artists));
  const artist = displayedArtists(tree, artists);
  const titleText = tree.text(title);
  out.raw(ID);
  out.number(id);
  if (mainRelease !== 0) {
    out.raw(MAIN_RELEASE);
    out.number(mainRelease);
  }
  out.raw(RESOURCE_URL);
  out.number(id);
  out.raw(URI);
  writePageAddress(out, 'master', id, `${artist}-${titleText}`);
  out.raw(VERSIONS_URL);
  out.number(id);
  out.raw(VERSIONS_URL_END);
  if (mainRelease !== 0) {
    out.raw(MAIN_RELEASE_URL);
    out.number(mainRelease);
    out.raw(QUOTE);
  }
  writeTexts(out, tree, GENRES, genres);
  writeTexts(out, tree, STYLES, styles);
  out.raw(YEAR);
  out.number(year);
  out.raw(ARTISTS);
  writeCredits(out, tree, artists);
  out.raw(TITLE);
  tree.writeText(out, title);
  out.raw(QUOTE);
  writeTextMember(out, tree, NOTES, at(N.notes));
  writeTextMember(out, tree, DATA_QUALITY, at(N.data_quality));
  if (writeVideos(out, tree, VIDEOS, at(N.videos))) out.raw(END_LIST);
  out.raw(END_OBJECT);
  const facts = {
    summary: { id, title: titleText, artist, year, mainRelease },
    artistIds: artists.map((row) => row.id).filter((artistId) => artistId !== 0),
    artistNames: searchNames(tree, artists),
    genres: textsOf(tree, genres),
    styles: textsOf(tree, styles),
  };
  return { kind: 'masters', id, facts };
}
