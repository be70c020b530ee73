/** XML that several kinds of records share. */
import type { Chance } from './chance.ts';
import type { Shapes } from './shapes.ts';
import type { World } from './world.ts';

/** The shapes of 2020 have images; those of 2026 have series and names of sublabels, and no status. */
export type DumpShape = '2020' | '2026';

/** What writing one record needs. */
export interface Writing {
  readonly world: World;
  readonly shapes: Shapes;
  readonly shape: DumpShape;
  readonly chance: Chance;
}

/** `<name>text</name>`, or `<name/>` for an empty text. */
export const element = (name: string, text: string): string =>
  text === '' ? `<${name}/>` : `<${name}>${text}</${name}>`;

/** A text in quotes: quotation marks and tabs become references. */
export const attributeText = (text: string): string =>
  text.replaceAll('"', '&quot;').replaceAll('\n', '&#10;');

/** What `write` makes of each row. */
export function repeat(count: number, write: (index: number) => string): string {
  let xml = '';
  for (let index = 0; index < count; index += 1) xml += write(index);
  return xml;
}

export function images({ shapes, shape, chance }: Writing): string {
  if (shape === '2026' || !shapes.has('images', chance)) return '';
  const rows = repeat(Math.max(1, shapes.count('images/image', chance)), (index) => {
    const type = index === 0 ? 'primary' : 'secondary';
    const [width, height] = [600 - chance.below(300), 600 - chance.below(300)];
    return `<image type="${type}" uri="" uri150="" width="${width}" height="${height}"/>`;
  });
  return `<images>${rows}</images>`;
}

/** A list of words from the vocabulary, each once. */
export function wordList({ shapes, chance }: Writing, list: string, row: string): string {
  if (!shapes.has(list, chance)) return '';
  const words = new Set(
    Array.from({ length: shapes.count(`${list}/${row}`, chance) }, () =>
      shapes.value(`${list}/${row}`, chance),
    ),
  );
  return `<${list}>${[...words].map((word) => element(row, word.replaceAll('&', '&amp;'))).join('')}</${list}>`;
}

export function urls({ world, shapes, chance }: Writing): string {
  if (!shapes.has('urls', chance)) return '';
  const rows = repeat(shapes.count('urls/url', chance), () => {
    const path = world.words.title(shapes.length('urls/url', chance) - 24, chance).replaceAll(' ', '-');
    return element('url', `https://example.org/${path}?a=1&amp;b=2`);
  });
  return `<urls>${rows}</urls>`;
}

export function videos({ world, shapes, chance }: Writing): string {
  if (!shapes.has('videos', chance)) return '';
  const rows = repeat(shapes.count('videos/video', chance), () => {
    const title = world.words.title(shapes.length('videos/video/title', chance), chance);
    const description = world.words.text(shapes.length('videos/video/description', chance), chance);
    const key = chance
      .below(36 ** 5)
      .toString(36)
      .padStart(11, 'x');
    return (
      `<video src="https://www.youtube.com/watch?v=${key}" duration="${60 + chance.below(500)}" embed="true">` +
      `${element('title', title)}${element('description', description)}</video>`
    );
  });
  return `<videos>${rows}</videos>`;
}

/** One artist of a list; `path` is that of the list. */
export function credit(
  writing: Writing,
  path: string,
  id: number,
  join: string,
  role: string,
  tracks = '',
): string {
  const { world, shapes, chance } = writing;
  const anv = world.words.title(shapes.length(`${path}/artist/anv`, chance), chance);
  return (
    `<artist><id>${id}</id>${element('name', world.artistName(id))}${element('anv', anv)}` +
    `${element('join', join)}${element('role', role)}${element('tracks', tracks)}</artist>`
  );
}

/** The artists of a release, master or track, with joins between them. */
export function artists(writing: Writing, path: string, ids: readonly number[]): string {
  const { shapes, chance } = writing;
  const rows = ids.map((id, index) => {
    const isLast = index + 1 === ids.length;
    const join = isLast ? '' : shapes.value(`${path}/artist/join`, chance).replaceAll('&', '&amp;') || ',';
    return credit(writing, path, id, join, '');
  });
  return `<artists>${rows.join('')}</artists>`;
}

/** Credits of a release or track. */
export function extraArtists(writing: Writing, path: string, count: number): string {
  const { world, shapes, chance } = writing;
  if (count === 0) return '<extraartists/>';
  const rows = repeat(count, () => {
    const role = shapes.value(`${path}/artist/role`, chance).replaceAll('&', '&amp;');
    const hasTracks = path === 'extraartists' && shapes.length(`${path}/artist/tracks`, chance) > 0;
    const tracks = hasTracks ? `A${1 + chance.below(6)}` : '';
    return credit(writing, path, world.anyArtist(chance), '', role, tracks);
  });
  return `<extraartists>${rows}</extraartists>`;
}
