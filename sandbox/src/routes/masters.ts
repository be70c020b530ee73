/** Masters and their versions, with the filters and facets of the version list. */
import { findMaster, RELEASES } from '../catalogue/catalogue.ts';
import type { Release } from '../catalogue/model.ts';
import { masterBody } from '../compose/master.ts';
import { versionRow } from '../compose/rows.ts';
import { malformedQuery, noMaster } from '../http/errors.ts';
import { requestedPage, rowsOf } from '../http/pagination.ts';
import { ok, type Reply } from '../http/reply.ts';
import { type Call, holdingsOf, idParam, paged, type Route } from './call.ts';
import { sortedBy } from './sorting.ts';

/** Above this Discogs fails with 500 instead of answering that there is no such page. */
const MAX_PAGE = 2_147_483_646;

/** The values by which a version can be filtered, in the order Discogs lists the facets. */
const FACETS: Readonly<Record<string, (release: Release) => readonly string[]>> = {
  format: ({ format }) => [format.name, ...(format.descriptions ?? [])],
  label: ({ labels }) => labels.map(({ name }) => name),
  country: ({ country }) => [country],
  released: ({ released }) => [released.slice(0, 4)],
};
const SORT_KEYS: Readonly<Record<string, (release: Release) => string>> = {
  released: ({ released }) => released,
  title: ({ title }) => title,
  format: ({ format }) => [format.name, ...(format.descriptions ?? [])].join(', '),
  label: ({ labels }) => labels[0]?.name ?? '',
  catno: ({ labels }) => labels[0]?.catno ?? '',
  country: ({ country }) => country,
};

const formEncoded = (text: string): string => new URLSearchParams({ v: text }).toString().slice('v='.length);

function counted(versions: readonly Release[], valuesOf: (release: Release) => readonly string[]) {
  const counts = new Map<string, number>();
  for (const value of versions.flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

function filterReport(versions: readonly Release[], applied: Record<string, string[]>): object {
  const facets = Object.entries(FACETS).map(([id, valuesOf]) => ({
    id,
    counts: counted(versions, valuesOf),
  }));
  return {
    filters: {
      applied,
      available: Object.fromEntries(facets.map(({ id, counts }) => [id, Object.fromEntries(counts)])),
    },
    filter_facets: facets.map(({ id, counts }) => ({
      title: `${id.charAt(0).toUpperCase()}${id.slice(1)}`,
      id,
      values: counts.map(([title, count]) => ({ title, value: formEncoded(title), count })),
      allows_multiple_values: true,
    })),
  };
}

function master(call: Call): Reply {
  const found = findMaster(idParam(call, 'master_id'));
  return found === undefined ? noMaster() : ok(masterBody(found));
}

/** An unknown master is not an error here: Discogs then lists the versions of all masters, unfiltered. */
function versions(call: Call): Reply {
  if (requestedPage(call.query) > MAX_PAGE) return malformedQuery();
  const found = findMaster(idParam(call, 'master_id'));
  const all = found?.versions ?? RELEASES.filter(({ masterId }) => masterId !== undefined);
  const applied: Record<string, string[]> = {};
  let matching: readonly Release[] = all;
  for (const [id, valuesOf] of found === undefined ? [] : Object.entries(FACETS)) {
    const wanted = call.query.getAll(id).filter((value) => value !== '');
    if (wanted.length === 0) continue;
    applied[id] = wanted;
    matching = matching.filter((release) => valuesOf(release).some((value) => wanted.includes(value)));
  }
  const sortKey = SORT_KEYS[call.query.get('sort') ?? ''];
  const ordered =
    sortKey === undefined ? matching : sortedBy(matching, sortKey, call.query.get('sort_order'));
  const holdings = holdingsOf(call);
  return paged(call, {
    key: 'versions',
    between: filterReport(matching, applied),
    ...rowsOf(ordered, (release) => versionRow(release, holdings)),
  });
}

export const MASTER_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/masters/:master_id', handle: master },
  { method: 'GET', pattern: '/masters/:master_id/versions', handle: versions },
];
