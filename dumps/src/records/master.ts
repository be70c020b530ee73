/** A master of a dump as the body of `GET /masters/{id}`; dumps have no tracklist of masters. */
import type { Element, RecordTree } from '../xml/recordTree.ts';
import { creditRows, creditsJson, displayedArtists, searchNames } from './credits.ts';
import { API, listUnlessEmpty, member, plainTextsOf, textsOf, textUnlessEmpty } from './json.ts';
import { pageAddress } from './pageAddress.ts';
import type { PreparedRecord } from './preparedRecord.ts';
import { videoRows } from './videos.ts';

/** Undefined for an element without an id. */
export function prepareMaster(tree: RecordTree): PreparedRecord | undefined {
  const id = tree.attributeInteger(tree.root, 'id');
  if (id === 0) return undefined;
  const at = (name: string): Element => tree.child(tree.root, name);
  const [mainRelease, year] = [tree.integer(at('main_release')), tree.integer(at('year'))];
  const [title, genres, styles] = [at('title'), at('genres'), at('styles')];
  const artists = creditRows(tree, at('artists'));
  const artist = displayedArtists(tree, artists);
  const titleText = tree.text(title);
  const json =
    `{"id":${id}${member('main_release', mainRelease || undefined)},"resource_url":"${API}/masters/${id}"` +
    `,"uri":"${pageAddress('master', id, `${artist}-${titleText}`)}"` +
    `,"versions_url":"${API}/masters/${id}/versions"` +
    member('main_release_url', mainRelease === 0 ? undefined : `"${API}/releases/${mainRelease}"`) +
    member('genres', listUnlessEmpty(textsOf(tree, genres))) +
    member('styles', listUnlessEmpty(textsOf(tree, styles))) +
    `,"year":${year},"artists":${creditsJson(tree, artists)},"title":"${tree.escaped(title)}"` +
    member('notes', textUnlessEmpty(tree, at('notes'))) +
    member('data_quality', textUnlessEmpty(tree, at('data_quality'))) +
    member('videos', listUnlessEmpty(videoRows(tree, at('videos')))) +
    '}';
  const facts = {
    summary: { id, title: titleText, artist, year, mainRelease },
    artistIds: artists.map((row) => row.id).filter((artistId) => artistId !== 0),
    artistNames: searchNames(tree, artists),
    genres: plainTextsOf(tree, genres),
    styles: plainTextsOf(tree, styles),
  };
  return { kind: 'masters', id, json, facts };
}
