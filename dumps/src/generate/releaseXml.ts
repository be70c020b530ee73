/** Releases as XML. */
import type { Chance } from './chance.ts';
import {
  artists,
  attributeText,
  element,
  extraArtists,
  images,
  repeat,
  videos,
  type Writing,
  wordList,
} from './parts.ts';
import { VARIOUS } from './world.ts';

const LETTERS = 'ABCDEFGHJKLMNPRSTVWZ';
/** How many releases have credits of tracks; how many of their tracks then have any. */
const [TRACK_CREDITS, TRACKS_WITH_CREDITS] = [0.357, 0.69];

const digits = (count: number, chance: Chance): string =>
  String(chance.below(10 ** count)).padStart(count, '0');

function catalogueNumber(chance: Chance): string {
  if (chance.is(0.1)) return 'none';
  const letters = repeat(2 + chance.below(3), () => LETTERS.charAt(chance.below(LETTERS.length)));
  return `${letters}${chance.is(0.5) ? ' ' : ''}${digits(3 + chance.below(4), chance)}`;
}

function labels({ world, shapes, chance }: Writing): string {
  const rows = repeat(shapes.count('labels/label', chance), () => {
    const id = world.anyLabel(chance);
    return `<label name="${attributeText(world.labelName(id))}" catno="${catalogueNumber(chance)}" id="${id}"/>`;
  });
  return `<labels>${rows}</labels>`;
}

function series({ world, shape, chance }: Writing): string {
  if (shape === '2020' || chance.is(0.9)) return '';
  const id = world.anyLabel(chance);
  const name = attributeText(world.labelName(id));
  return `<series><series name="${name}" catno="${chance.below(50)}" id="${id}"/></series>`;
}

function formats({ world, shapes, chance }: Writing): string {
  const rows = repeat(shapes.count('formats/format', chance), () => {
    const text = world.words.title(shapes.length('formats/format@text', chance), chance);
    const path = 'formats/format/descriptions';
    const count = shapes.has(path, chance) ? shapes.count(`${path}/description`, chance) : 0;
    const words = repeat(count, () => element('description', shapes.value(`${path}/description`, chance)));
    const tag = `name="${shapes.value('formats/format@name', chance)}" qty="${shapes.value('formats/format@qty', chance)}"`;
    return `<format ${tag} text="${attributeText(text)}"${
      count === 0 ? '/>' : `><descriptions>${words}</descriptions></format>`
    }`;
  });
  return `<formats>${rows}</formats>`;
}

function released(chance: Chance): string {
  const year = 1955 + chance.below(70);
  if (chance.is(0.6)) return String(year);
  return `${year}-${String(chance.below(13)).padStart(2, '0')}-${String(chance.below(29)).padStart(2, '0')}`;
}

const time = (chance: Chance): string =>
  `${1 + chance.below(9)}:${String(chance.below(60)).padStart(2, '0')}`;

function subTracks(writing: Writing, path: string): string {
  const { world, shapes, chance } = writing;
  const rows = repeat(shapes.count(`${path}/track`, chance), (index) => {
    const title = world.words.title(shapes.length(`${path}/track/title`, chance), chance);
    const duration = shapes.length(`${path}/track/duration`, chance) === 0 ? '' : time(chance);
    return `<track>${element('position', `${index + 1}`)}${element('title', title)}${element('duration', duration)}</track>`;
  });
  return `<sub_tracks>${rows}</sub_tracks>`;
}

function tracklist(writing: Writing, isCompilation: boolean): string {
  const { world, shapes, chance } = writing;
  const path = 'tracklist/track';
  const hasCredits = chance.is(TRACK_CREDITS);
  const count = shapes.count(path, chance);
  const rows = repeat(count, (index) => {
    const hasSubTracks = shapes.has(`${path}/sub_tracks`, chance);
    const isEmpty = hasSubTracks || shapes.length(`${path}/position`, chance) === 0;
    const half = Math.ceil(count / 2);
    const position = isEmpty ? '' : index < half ? `A${index + 1}` : `B${index + 1 - half}`;
    const title = world.words.title(shapes.length(`${path}/title`, chance), chance);
    const duration = shapes.length(`${path}/duration`, chance) === 0 ? '' : time(chance);
    const ids = isCompilation
      ? Array.from({ length: shapes.count(`${path}/artists/artist`, chance) }, () => world.anyArtist(chance))
      : [];
    const credits = hasCredits && chance.is(TRACKS_WITH_CREDITS);
    return (
      `<track>${element('position', position)}${element('title', title)}${element('duration', duration)}` +
      `${ids.length === 0 ? '' : artists(writing, `${path}/artists`, ids)}` +
      `${credits ? extraArtists(writing, `${path}/extraartists`, shapes.count(`${path}/extraartists/artist`, chance)) : ''}` +
      `${hasSubTracks ? subTracks(writing, `${path}/sub_tracks`) : ''}</track>`
    );
  });
  return `<tracklist>${rows}</tracklist>`;
}

function identifiers({ world, shapes, chance }: Writing): string {
  const path = 'identifiers/identifier';
  const rows = repeat(shapes.count(path, chance), () => {
    const type = shapes.value(`${path}@type`, chance);
    const length = shapes.length(`${path}@value`, chance);
    const value = type === 'Barcode' ? `${digits(1, chance)} ${digits(6, chance)} ${digits(6, chance)}` : '';
    const text = attributeText(value === '' ? world.words.title(length, chance).toUpperCase() : value);
    const description = attributeText(
      world.words.title(shapes.length(`${path}@description`, chance), chance),
    );
    return `<identifier type="${type}"${chance.is(0.57) ? ` description="${description}"` : ''} value="${text}"/>`;
  });
  return rows === '' ? '<identifiers/>' : `<identifiers>${rows}</identifiers>`;
}

function companies({ world, shapes, chance }: Writing): string {
  const path = 'companies/company';
  const rows = repeat(shapes.count(path, chance), () => {
    const id = world.anyLabel(chance);
    const type = shapes.value(`${path}/entity_type`, chance);
    const catno = shapes.length(`${path}/catno`, chance) === 0 ? '' : catalogueNumber(chance);
    return (
      `<company><id>${id}</id>${element('name', world.labelName(id))}${element('catno', catno)}` +
      `<entity_type>${type}</entity_type>${element('entity_type_name', shapes.value(`${path}/entity_type_name`, chance))}` +
      `<resource_url>https://api.discogs.com/labels/${id}</resource_url></company>`
    );
  });
  return rows === '' ? '<companies/>' : `<companies>${rows}</companies>`;
}

/** The release at an index. */
export function releaseXml(writing: Writing, index: number): string {
  const { world, shapes, shape, chance } = writing;
  const { title, artists: ids, masterId, isMain } = world.identity(index);
  const optional = (name: string, text: () => string): string =>
    shapes.has(name, chance) ? element(name, text()) : '';
  const status = shape === '2020' ? 'Accepted' : '';
  return (
    `<release id="${world.idAt(index)}" status="${status}">${images(writing)}${artists(writing, 'artists', ids)}` +
    `${element('title', title)}${labels(writing)}${series(writing)}` +
    `${extraArtists(writing, 'extraartists', shapes.count('extraartists/artist', chance))}${formats(writing)}` +
    `${wordList(writing, 'genres', 'genre')}${wordList(writing, 'styles', 'style')}` +
    `${optional('country', () => shapes.value('country', chance).replaceAll('&', '&amp;'))}` +
    `${optional('released', () => released(chance))}` +
    `${optional('notes', () => world.words.text(shapes.length('notes', chance), chance))}` +
    `${element('data_quality', shapes.value('data_quality', chance))}` +
    `${masterId === 0 ? '' : `<master_id is_main_release="${isMain}">${masterId}</master_id>`}` +
    `${tracklist(writing, ids[0] === VARIOUS)}${identifiers(writing)}${videos(writing)}${companies(writing)}</release>`
  );
}
