/** Labels (and companies, which Discogs keeps in the same place) with their releases. */
import { findLabel, RELEASES } from '../catalogue/catalogue.ts';
import { labelBody } from '../compose/label.ts';
import { labelReleaseRow } from '../compose/rows.ts';
import { noLabel } from '../http/errors.ts';
import { rowsOf } from '../http/pagination.ts';
import { ok, type Reply } from '../http/reply.ts';
import { type Call, holdingsOf, idParam, paged, type Route } from './call.ts';

function label(call: Call): Reply {
  const found = findLabel(idParam(call, 'label_id'));
  return found === undefined ? noLabel() : ok(labelBody(found));
}

function labelReleases(call: Call): Reply {
  const found = findLabel(idParam(call, 'label_id'));
  if (found === undefined) return noLabel();
  const holdings = holdingsOf(call);
  const releases = RELEASES.filter(({ labels, companies }) =>
    [...labels, ...companies].some(({ id }) => id === found.id),
  );
  return paged(call, {
    key: 'releases',
    ...rowsOf(releases, (release) => labelReleaseRow(release, found.id, holdings)),
  });
}

export const LABEL_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/labels/:label_id', handle: label },
  { method: 'GET', pattern: '/labels/:label_id/releases', handle: labelReleases },
];
