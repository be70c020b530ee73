/** The versions of a master: filtered, counted and sorted as Discogs does. Pure. */
import type { ReleaseSummary } from './catalogueStore.ts';
import { parameterOf, type Query } from './pages.ts';

/** The values by which a version can be filtered, in the order in which Discogs lists the facets. */
const FACETS: Readonly<Record<string, (release: ReleaseSummary) => readonly string[]>> = {
  format: ({ majorFormats, format }) => [...new Set([...majorFormats, ...format.split(', ')])],
  label: ({ label }) => [label],
  country: ({ country }) => [country],
  released: ({ released }) => [released.slice(0, 4)],
};
const SORT_KEYS: Readonly<Record<string, (release: ReleaseSummary) => string>> = {
  released: ({ released }) => released,
  title: ({ title }) => title,
  format: ({ majorFormats, format }) => [...majorFormats, format].join(', '),
  label: ({ label }) => label,
  catno: ({ catno }) => catno,
  country: ({ country }) => country,
};

const compare = new Intl.Collator('en').compare;
const formEncoded = (text: string): string => new URLSearchParams({ v: text }).toString().slice('v='.length);

function counted(
  versions: readonly ReleaseSummary[],
  valuesOf: (release: ReleaseSummary) => readonly string[],
) {
  const counts = new Map<string, number>();
  for (const value of versions.flatMap(valuesOf)) {
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one);
}

/** `filters` and `filter_facets` of the versions that are left. */
function report(versions: readonly ReleaseSummary[], applied: Readonly<Record<string, readonly string[]>>) {
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

/** The versions that the query asks for, all pages of them, and what stands between paging and rows. */
export function selectVersions(all: readonly ReleaseSummary[], query: Query) {
  const applied: Record<string, readonly string[]> = {};
  let versions = all;
  for (const [id, valuesOf] of Object.entries(FACETS)) {
    const wanted = parameterOf(query, id);
    if (wanted === undefined) continue;
    applied[id] = [wanted];
    versions = versions.filter((release) => valuesOf(release).includes(wanted));
  }
  const key = SORT_KEYS[parameterOf(query, 'sort') ?? ''];
  const direction = parameterOf(query, 'sort_order') === 'desc' ? -1 : 1;
  const sorted = key
    ? versions.toSorted((one, other) => direction * compare(key(one), key(other)))
    : versions;
  return { versions: sorted, between: report(versions, applied) };
}
