/** The lists of the first user at the start; composed, but for the id that Discogs' API tests use. */
import { pacificTime } from '../compose/invented.ts';
import { COMPOSED_ID_MIN } from '../data/facts.ts';
import type { UserList } from './model.ts';

const PUBLIC_LIST_ID = 1_710_462;
const PRIVATE_LIST_ID = COMPOSED_ID_MIN + 4_000_000;
const ADDED_MS = Date.UTC(2025, 7, 23, 20, 44, 21);
const CHANGED_MS = Date.UTC(2025, 7, 23, 20, 47, 42);

export function seedLists(owner: string): ReadonlyMap<number, UserList> {
  const dates = { dateAdded: pacificTime(ADDED_MS), dateChanged: pacificTime(CHANGED_MS) };
  const lists: readonly UserList[] = [
    {
      ...dates,
      id: PUBLIC_LIST_ID,
      owner,
      name: 'Where to start',
      description: 'One of everything.',
      isPublic: true,
      entries: [
        { type: 'release', id: 249504, comment: 'The one on the turntable.' },
        { type: 'master', id: 96559, comment: '' },
        { type: 'artist', id: 108713, comment: 'Guilty.' },
        { type: 'label', id: 895, comment: '' },
      ],
    },
    {
      ...dates,
      id: PRIVATE_LIST_ID,
      owner,
      name: 'For birthdays',
      description: '',
      isPublic: false,
      entries: [{ type: 'release', id: 2464521, comment: 'For Ada.' }],
    },
  ];
  return new Map(lists.map((list) => [list.id, list]));
}
