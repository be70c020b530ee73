/** A band with its members and their other groups. */
import { compact, type Members, objects, positive, text } from '../../lib/looseJson.ts';
import { people } from '../projections/records.ts';
import { cleanName } from '../wording.ts';
import { type ComposeInput, idOf } from './composedOperation.ts';
import { lean } from './lean.ts';
import type { Reader } from './reader.ts';
import { readEach } from './readMany.ts';

const isActive = (member: Members): boolean => member['active'] !== false;

/** None and unknown are different: a member that was not read has no such list. */
const otherGroups = (member: Members | undefined, band: number): Members =>
  member
    ? { other_groups: people(objects(member['groups']).filter((other) => positive(other['id']) !== band)) }
    : {};

/** First the band, then its members together, those who have left last. */
export async function group(reader: Reader, { path }: ComposeInput): Promise<Members> {
  const band = await reader.read('the artist', `/artists/${path['artist_id']}`);
  if (!band) return {};
  const id = idOf(band, path['artist_id']);
  const { name, real_name, groups, uri } = lean('getArtist', band);
  const head = compact({ id, type: 'artist', name, real_name, groups, uri });
  const members = objects(band['members']).toSorted(
    (one, other) => Number(isActive(other)) - Number(isActive(one)),
  );
  if (members.length === 0) {
    return {
      ...head,
      members: [],
      next_step: groups
        ? 'This artist has no members: ask for one of the groups instead.'
        : 'Discogs names no members of this artist.',
    };
  }
  const read = await readEach(reader, members, 'other groups', (member) => `/artists/${member}`);
  return {
    ...head,
    members: members.map((member, index) => ({
      ...compact({
        id: positive(member['id']),
        name: cleanName(member['name']),
        real_name: text(read[index]?.['realname']),
        former: isActive(member) ? undefined : true,
      }),
      ...otherGroups(read[index], id),
    })),
  };
}
