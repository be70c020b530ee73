/** A master of a dump as the body of `GET /masters/{id}`; dumps have no tracklist of masters. */
import { NONE, type RecordTree } from '../xml/recordTree.ts';
import { creditRows, creditsJson, displayedArtists, searchNames } from './credits.ts';
import { API, listUnlessEmpty, member, plainTextsOf, textsOf, textUnlessEmpty } from './json.ts';
import { pageAddress } from './pageAddress.ts';
import type { PreparedRecord } from './preparedRecord.ts';
import { videoRows } from './videos.ts';

/** Undefined for an element without an id. */
export function prepareMaster(tree: RecordTree): PreparedRecord | undefined {
  const id = tree.attributeInteger(tree.root, 'id');
  if (id === 0) return undefined;
  let [mainRelease, year, artistsAt, genresAt, stylesAt] = [0, 0, NONE, NONE, NONE];
  let [title, notes, quality, videos] = [NONE, NONE, NONE, NONE];
  for (let child = tree.firstChild(tree.root); child !== NONE; child = tree.next(child)) {
    switch (tree.name(child)) {
      case 'main_release':
        mainRelease = tree.integer(child);
        break;
      case 'artists':
        artistsAt = child;
        break;
      case 'genres':
        genresAt = child;
        break;
      case 'styles':
        stylesAt = child;
        break;
      case 'year':
        year = tree.integer(child);
        break;
      case 'title':
        title = child;
        break;
      case 'notes':
        notes = child;
        break;
      case 'data_quality':
        quality = child;
        break;
      case 'videos':
        videos = child;
        break;
    }
  }
  const artists = creditRows(tree, artistsAt);
  const artist = displayedArtists(tree, artists);
  const titleText = tree.text(title);
  const json =
    `{"id":${id}${member('main_release', mainRelease || undefined)},"resource_url":"${API}/masters/${id}"` +
    `,"uri":"${pageAddress('master', id, `${artist}-${titleText}`)}"` +
    `,"versions_url":"${API}/masters/${id}/versions"` +
    member('main_release_url', mainRelease === 0 ? undefined : `"${API}/releases/${mainRelease}"`) +
    member('genres', listUnlessEmpty(textsOf(tree, genresAt))) +
    member('styles', listUnlessEmpty(textsOf(tree, stylesAt))) +
    `,"year":${year},"artists":${creditsJson(tree, artists)},"title":${tree.json(title)}` +
    member('notes', textUnlessEmpty(tree, notes)) +
    member('data_quality', textUnlessEmpty(tree, quality)) +
    member('videos', listUnlessEmpty(videoRows(tree, videos))) +
    '}';
  const facts = {
    summary: { id, title: titleText, artist, year, mainRelease },
    artistIds: artists.map((row) => row.id).filter((artistId) => artistId !== 0),
    artistNames: searchNames(tree, artists),
    genres: plainTextsOf(tree, genresAt),
    styles: plainTextsOf(tree, stylesAt),
  };
  return { kind: 'masters', id, json, facts };
}
