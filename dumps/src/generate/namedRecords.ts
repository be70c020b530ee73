/** Artists, labels and masters as XML. */
import { artists, element, images, repeat, urls, videos, type Writing, wordList } from './parts.ts';
import { VARIOUS } from './world.ts';

function names(
  list: string,
  ids: readonly number[],
  nameOf: (id: number) => string,
  withIds = false,
): string {
  if (ids.length === 0) return '';
  const rows = ids.map(
    (id) => `${withIds ? element('id', String(id)) : ''}<name id="${id}">${nameOf(id)}</name>`,
  );
  return `<${list}>${rows.join('')}</${list}>`;
}

/** The artist at an index. A group has the artists after it as members, and they have it as their group. */
export function artistXml(writing: Writing, index: number): string {
  const { world, shapes, shape, chance } = writing;
  const id = world.idAt(index);
  const text = (path: string): string => world.words.title(shapes.length(path, chance), chance);
  const nameOf = (artistId: number): string => world.artistName(artistId);
  const sizeOf = (head: number): number => (head % 2 === 0 ? 2 + (head % 7) : 0);
  const head = world.headOf(index);
  const members = world.family(index, sizeOf(index), world.artists);
  const groups = world.family(head, sizeOf(head), world.artists).includes(id) ? [world.idAt(head)] : [];
  const variations = shapes.has('namevariations', chance) ? shapes.count('namevariations/name', chance) : 0;
  const aliases = shapes.has('aliases', chance) ? shapes.count('aliases/name', chance) : 0;
  const aliasIds = Array.from({ length: aliases }, () => world.anyArtist(chance));
  return (
    `<artist>${images(writing)}<id>${id}</id>${element('name', nameOf(id))}` +
    `${shapes.has('realname', chance) ? element('realname', text('realname')) : ''}` +
    `${element('profile', world.words.text(shapes.length('profile', chance), chance))}` +
    `${element('data_quality', shapes.value('data_quality', chance))}${urls(writing)}` +
    `${variations === 0 ? '' : `<namevariations>${repeat(variations, () => element('name', text('namevariations/name')))}</namevariations>`}` +
    `${names('aliases', aliasIds, nameOf)}${names('groups', groups, nameOf)}` +
    `${names('members', members, nameOf, shape === '2020')}</artist>`
  );
}

/** The artist of compilations, who is at no index. */
export const variousXml = (): string =>
  `<artist><id>${VARIOUS}</id><name>Various</name><profile/><data_quality>Correct</data_quality></artist>`;

/** The label at an index. Some have the labels after them as sublabels, which have them as parents. */
export function labelXml(writing: Writing, index: number): string {
  const { world, shapes, shape, chance } = writing;
  const id = world.idAt(index);
  const sizeOf = (head: number): number => 1 + (head % 5);
  const head = world.headOf(index);
  const sublabels = world.family(index, sizeOf(index), world.labels);
  const hasParent = world.family(head, sizeOf(head), world.labels).includes(id);
  const parent = world.idAt(head);
  const text = (path: string): string =>
    shapes.has(path, chance) ? element(path, world.words.text(shapes.length(path, chance), chance)) : '';
  const rows = sublabels.map((sub) =>
    shape === '2020' ? '<label/>' : `<label id="${sub}">${world.labelName(sub)}</label>`,
  );
  return (
    `<label>${images(writing)}<id>${id}</id>${element('name', world.labelName(id))}${text('contactinfo')}` +
    `${text('profile')}${element('data_quality', shapes.value('data_quality', chance))}` +
    `${hasParent ? `<parentLabel id="${parent}">${world.labelName(parent)}</parentLabel>` : ''}${urls(writing)}` +
    `${rows.length === 0 ? '' : `<sublabels>${rows.join('')}</sublabels>`}</label>`
  );
}

/** The master at an index; empty for one without releases. */
export function masterXml(writing: Writing, index: number): string {
  const { world, shapes, chance } = writing;
  const main = world.mainIndex(index);
  if (main === undefined) return '';
  const { title, artists: ids } = world.identity(main);
  const notes = shapes.has('notes', chance)
    ? element('notes', world.words.text(shapes.length('notes', chance), chance))
    : '';
  return (
    `<master id="${world.idAt(index)}"><main_release>${world.idAt(main)}</main_release>${images(writing)}` +
    `${artists(writing, 'artists', ids)}${wordList(writing, 'genres', 'genre')}${wordList(writing, 'styles', 'style')}` +
    `${notes}<year>${chance.is(0.05) ? 0 : 1955 + chance.below(70)}</year>${element('title', title)}` +
    `${element('data_quality', shapes.value('data_quality', chance))}${videos(writing)}</master>`
  );
}
