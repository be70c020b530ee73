/** Numbers of names: a tree compares them for a fraction of what strings cost. */

const numbers = new Map<string, number>();
const texts: string[] = [];

/** The same for the same name, for as long as the process lives. */
export function nameNumber(text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, texts.length);
  return texts.push(text) - 1;
}

/** The name of a number. */
export const nameText = (number: number): string => texts[number] ?? '';

/** Names of elements and attributes that are looked for. */
export const N = {
  aliases: nameNumber('aliases'),
  anv: nameNumber('anv'),
  artist: nameNumber('artist'),
  artists: nameNumber('artists'),
  catno: nameNumber('catno'),
  companies: nameNumber('companies'),
  contactinfo: nameNumber('contactinfo'),
  country: nameNumber('country'),
  data_quality: nameNumber('data_quality'),
  description: nameNumber('description'),
  descriptions: nameNumber('descriptions'),
  duration: nameNumber('duration'),
  embed: nameNumber('embed'),
  entity_type: nameNumber('entity_type'),
  entity_type_name: nameNumber('entity_type_name'),
  extraartists: nameNumber('extraartists'),
  formats: nameNumber('formats'),
  genres: nameNumber('genres'),
  groups: nameNumber('groups'),
  id: nameNumber('id'),
  identifiers: nameNumber('identifiers'),
  join: nameNumber('join'),
  labels: nameNumber('labels'),
  main_release: nameNumber('main_release'),
  master_id: nameNumber('master_id'),
  members: nameNumber('members'),
  name: nameNumber('name'),
  namevariations: nameNumber('namevariations'),
  notes: nameNumber('notes'),
  parentLabel: nameNumber('parentLabel'),
  position: nameNumber('position'),
  profile: nameNumber('profile'),
  qty: nameNumber('qty'),
  realname: nameNumber('realname'),
  released: nameNumber('released'),
  role: nameNumber('role'),
  series: nameNumber('series'),
  src: nameNumber('src'),
  status: nameNumber('status'),
  styles: nameNumber('styles'),
  sub_tracks: nameNumber('sub_tracks'),
  sublabels: nameNumber('sublabels'),
  text: nameNumber('text'),
  title: nameNumber('title'),
  track: nameNumber('track'),
  tracklist: nameNumber('tracklist'),
  tracks: nameNumber('tracks'),
  type: nameNumber('type'),
  urls: nameNumber('urls'),
  value: nameNumber('value'),
  videos: nameNumber('videos'),
  year: nameNumber('year'),
} as const;
