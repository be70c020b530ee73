/**
 * A second reader of dumps, to compare the product with: saxes, plain objects, the rules written again. It shares no code
 * with the product, so that a mistake has to be made twice to be missed.
 */
import { SaxesParser } from 'saxes';

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}
type Body = Record<string, unknown>;
type Kind = 'artists' | 'labels' | 'masters' | 'releases';

/** The elements directly below the root. */
function topElements(xml: string): Element[] {
  const stack: Element[] = [];
  const top: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const element = { name: tag.name, attributes: { ...tag.attributes }, children: [], text: '' };
    stack.at(-1)?.children.push(element);
    stack.push(element);
  });
  parser.on('text', (text) => {
    const current = stack.at(-1);
    if (current) current.text += text;
  });
  parser.on('closetag', () => {
    const element = stack.pop();
    if (element && stack.length === 1) top.push(element);
  });
  parser.write(xml).close();
  return top;
}

const all = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((child) => child.name === name) ?? [];
const one = (element: Element, name: string): Element | undefined => all(element, name)[0];
const textOf = (element: Element, name: string): string => one(element, name)?.text ?? '';
const numberOf = (text: string | undefined): number => (/^[0-9]+$/.test(text ?? '') ? Number(text) : 0);
const filled = (texts: readonly string[]): string[] => texts.filter((text) => text !== '');
const listOf = (element: Element, name: string, row: string): string[] =>
  filled(all(one(element, name), row).map(({ text }) => text));
const some = <T>(rows: T[]): T[] | undefined => (rows.length > 0 ? rows : undefined);
const orNothing = (text: string): string | undefined => (text === '' ? undefined : text);
const api = (path: string): string => `https://api.discogs.com/${path}`;

function page(kind: string, id: number, title: string): string {
  let slug = '';
  for (const character of title) {
    if (/[\p{Letter}\p{Mark}\p{Number}_]/u.test(character)) slug += character;
    else if (/[\s-]/.test(character) && !slug.endsWith('-')) slug += '-';
  }
  if (slug.startsWith('-')) slug = slug.slice(1);
  if (slug.endsWith('-')) slug = slug.slice(0, -1);
  return `https://www.discogs.com/${kind}/${id}${slug === '' ? '' : '-'}${encodeURIComponent(slug)}`;
}

const link = (id: number, folder: string): Body =>
  id > 0 ? { id, resource_url: api(`${folder}/${id}`) } : {};

function namesWithIds(parent: Element | undefined): Body[] {
  const ids = all(parent, 'id').map(({ text }) => numberOf(text));
  return all(parent, 'name')
    .map(({ text, attributes }, index) => ({
      id: numberOf(attributes['id']) || (ids[index] ?? 0),
      name: text,
    }))
    .filter(({ id }) => id > 0)
    .map((row) => ({ ...row, resource_url: api(`artists/${row.id}`) }));
}

function credit(artist: Element): Body {
  const fields = ['name', 'anv', 'join', 'role', 'tracks'].map((name) => [name, textOf(artist, name)]);
  return { ...Object.fromEntries(fields), ...link(numberOf(textOf(artist, 'id')), 'artists') };
}

const credits = (element: Element, name: string): Body[] => all(one(element, name), 'artist').map(credit);

function joinNames(element: Element, nameOf: (artist: Element) => string): string {
  const artists = all(one(element, 'artists'), 'artist');
  return artists
    .map((artist, index) => {
      if (index === artists.length - 1) return nameOf(artist);
      const join = textOf(artist, 'join').trim();
      if (join === '') return `${nameOf(artist)} `;
      return `${nameOf(artist)}${join.startsWith(',') ? join : ` ${join}`} `;
    })
    .join('');
}

const printed = (element: Element): string =>
  joinNames(element, (artist) => textOf(artist, 'anv') || textOf(artist, 'name'));

const sorted = (element: Element): string =>
  joinNames(element, (artist) => {
    const name = textOf(artist, 'name').replace(/ \([0-9]+\)$/, '');
    return name.startsWith('The ') && name.length > 4 ? `${name.slice(4)}, The` : name;
  });

const videos = (element: Element): Body[] =>
  all(one(element, 'videos'), 'video').map((video) => ({
    uri: video.attributes['src'],
    title: textOf(video, 'title'),
    description: textOf(video, 'description'),
    duration: Number(video.attributes['duration']),
    embed: video.attributes['embed'] === 'true',
  }));

function track(element: Element): Body {
  const subTracks = one(element, 'sub_tracks');
  const position = textOf(element, 'position');
  const isHeading =
    position === '' &&
    textOf(element, 'duration') === '' &&
    !one(element, 'artists') &&
    !one(element, 'extraartists');
  return {
    position,
    type_: subTracks ? 'index' : isHeading ? 'heading' : 'track',
    artists: one(element, 'artists') && credits(element, 'artists'),
    title: textOf(element, 'title'),
    extraartists: one(element, 'extraartists') && credits(element, 'extraartists'),
    duration: textOf(element, 'duration'),
    sub_tracks: subTracks && all(subTracks, 'track').map(track),
  };
}

function labelRows(element: Element, list: string, row: string, type: string, typeName: string): Body[] {
  return all(one(element, list), row).map(({ attributes: { name, catno, id } }) => ({
    name,
    catno,
    entity_type: type,
    entity_type_name: typeName,
    ...link(numberOf(id), 'labels'),
  }));
}

function spokenDate(date: string): string | undefined {
  const match = date.match(/^(\d\d\d\d)-(\d\d)-(\d\d)$/);
  if (match === null || match[2] === '00') return orNothing(match?.[1] ?? date);
  const month = new Date(`2000-${match[2]}-01T00:00:00Z`).toLocaleString('en-US', {
    month: 'short',
    timeZone: 'UTC',
  });
  return match[3] === '00' ? `${month} ${match[1]}` : `${match[3]} ${month} ${match[1]}`;
}

function release(element: Element): Body {
  const id = Number(element.attributes['id']);
  const master = numberOf(textOf(element, 'master_id'));
  const formats = all(one(element, 'formats'), 'format');
  const date = textOf(element, 'released');
  return {
    id,
    status: orNothing(element.attributes['status'] ?? ''),
    year: /^\d\d\d\d(-|$)/.test(date) ? Number(date.slice(0, 4)) : 0,
    resource_url: api(`releases/${id}`),
    uri: page('release', id, `${printed(element)}-${textOf(element, 'title')}`),
    artists: credits(element, 'artists'),
    artists_sort: sorted(element),
    labels: labelRows(element, 'labels', 'label', '1', 'Label'),
    series: one(element, 'series') && labelRows(element, 'series', 'series', '2', 'Series'),
    companies: some(
      all(one(element, 'companies'), 'company').map((company) => ({
        name: textOf(company, 'name'),
        catno: textOf(company, 'catno'),
        entity_type: textOf(company, 'entity_type'),
        entity_type_name: textOf(company, 'entity_type_name'),
        ...link(numberOf(textOf(company, 'id')), 'labels'),
      })),
    ),
    formats: formats.map((format) => ({
      name: format.attributes['name'],
      qty: format.attributes['qty'],
      text: orNothing(format.attributes['text'] ?? ''),
      descriptions: some(listOf(format, 'descriptions', 'description')),
    })),
    data_quality: orNothing(textOf(element, 'data_quality')),
    format_quantity: formats
      .filter((format) => format.attributes['name'] !== 'All Media')
      .reduce((sum, format) => sum + numberOf(format.attributes['qty']), 0),
    master_id: master || undefined,
    master_url: master ? api(`masters/${master}`) : undefined,
    title: textOf(element, 'title'),
    country: orNothing(textOf(element, 'country')),
    released: orNothing(date),
    notes: orNothing(textOf(element, 'notes')),
    released_formatted: spokenDate(date),
    identifiers: all(one(element, 'identifiers'), 'identifier').map(({ attributes }) => ({
      type: attributes['type'],
      value: attributes['value'],
      description: orNothing(attributes['description'] ?? ''),
    })),
    videos: videos(element),
    genres: some(listOf(element, 'genres', 'genre')),
    styles: some(listOf(element, 'styles', 'style')),
    tracklist: all(one(element, 'tracklist'), 'track').map(track),
    extraartists: some(credits(element, 'extraartists')),
  };
}

function master(element: Element): Body {
  const id = Number(element.attributes['id']);
  const main = numberOf(textOf(element, 'main_release'));
  return {
    id,
    main_release: main || undefined,
    resource_url: api(`masters/${id}`),
    uri: page('master', id, `${printed(element)}-${textOf(element, 'title')}`),
    versions_url: api(`masters/${id}/versions`),
    main_release_url: main ? api(`releases/${main}`) : undefined,
    genres: some(listOf(element, 'genres', 'genre')),
    styles: some(listOf(element, 'styles', 'style')),
    year: numberOf(textOf(element, 'year')),
    artists: credits(element, 'artists'),
    title: textOf(element, 'title'),
    notes: orNothing(textOf(element, 'notes')),
    data_quality: orNothing(textOf(element, 'data_quality')),
    videos: some(videos(element)),
  };
}

function artist(element: Element): Body {
  const id = Number(textOf(element, 'id'));
  return {
    name: textOf(element, 'name'),
    id,
    resource_url: api(`artists/${id}`),
    uri: page('artist', id, textOf(element, 'name')),
    releases_url: api(`artists/${id}/releases`),
    realname: orNothing(textOf(element, 'realname')),
    profile: one(element, 'profile')?.text,
    urls: some(listOf(element, 'urls', 'url')),
    namevariations: some(listOf(element, 'namevariations', 'name')),
    aliases: some(namesWithIds(one(element, 'aliases'))),
    groups: some(namesWithIds(one(element, 'groups'))),
    members: some(namesWithIds(one(element, 'members'))),
    data_quality: orNothing(textOf(element, 'data_quality')),
  };
}

function label(element: Element): Body {
  const id = Number(textOf(element, 'id'));
  const reference = ({ attributes, text }: Element): Body => {
    const target = numberOf(attributes['id']);
    return { id: target, name: text, resource_url: api(`labels/${target}`) };
  };
  const parent = one(element, 'parentLabel');
  return {
    id,
    name: textOf(element, 'name'),
    resource_url: api(`labels/${id}`),
    uri: page('label', id, textOf(element, 'name')),
    releases_url: api(`labels/${id}/releases`),
    contact_info: orNothing(textOf(element, 'contactinfo')),
    profile: orNothing(textOf(element, 'profile')),
    parent_label: parent && reference(parent),
    data_quality: orNothing(textOf(element, 'data_quality')),
    urls: some(listOf(element, 'urls', 'url')),
    sublabels: some(
      all(one(element, 'sublabels'), 'label')
        .filter(({ attributes }) => attributes['id'])
        .map(reference),
    ),
  };
}

const READ = { artists: artist, labels: label, masters: master, releases: release } as const;

/** The bodies that the API would give for the records of one file, as JSON: names, nesting and order. */
export const independently = (kind: Kind, xml: string): string[] =>
  topElements(xml).map((element) => JSON.stringify(READ[kind](element)));
