/** What a user has submitted, by kind, and contributed, as releases. */
import { ARTIST_LIST, LABEL_LIST, RELEASES } from '../catalogue/catalogue.ts';
import { artistBody } from '../compose/artist.ts';
import { labelBody } from '../compose/label.ts';
import { communityRating } from '../compose/ratings.ts';
import { releaseBody, SUBMITTER } from '../compose/release.ts';
import { rowsOf } from '../http/pagination.ts';
import type { Reply } from '../http/reply.ts';
import type { User } from '../state/model.ts';
import { type Call, forUser, paged, type Route } from './call.ts';
import { RELEASE_SORT_KEYS } from './releaseSorting.ts';
import { sortedBy } from './sorting.ts';

const hasSubmitted = ({ username }: User): boolean => username === SUBMITTER.username;

/** One page counts through all kinds, artists first; its rows are put back under their kinds. */
function submissions(call: Call, user: User): Reply {
  const { state } = call;
  const all: readonly (readonly [kind: string, body: () => object])[] = hasSubmitted(user)
    ? [
        ...ARTIST_LIST.map((artist) => ['artists', () => artistBody(artist)] as const),
        ...LABEL_LIST.map((label) => ['labels', () => labelBody(label)] as const),
        ...RELEASES.map(
          (release) => ['releases', () => releaseBody(release, communityRating(state, release.id))] as const,
        ),
      ]
    : [];
  return paged(call, {
    key: 'submissions',
    items: all.length,
    rows: (start, end) => {
      const page = all.slice(start, end);
      const of = (kind: string) => page.flatMap(([found, body]) => (found === kind ? [body()] : []));
      return { artists: of('artists'), labels: of('labels'), releases: of('releases') };
    },
  });
}

function contributions(call: Call, user: User): Reply {
  const key = RELEASE_SORT_KEYS[call.query.get('sort') ?? 'added'] ?? (() => 0);
  const releases = sortedBy(hasSubmitted(user) ? RELEASES : [], key, call.query.get('sort_order'));
  return paged(call, {
    key: 'contributions',
    ...rowsOf(releases, (release) => releaseBody(release, communityRating(call.state, release.id))),
  });
}

export const CONTRIBUTION_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/users/:username/submissions', handle: forUser(submissions) },
  { method: 'GET', pattern: '/users/:username/contributions', handle: forUser(contributions) },
];
