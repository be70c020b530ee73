/** What lists of releases can be sorted by. */
import type { Release } from '../catalogue/model.ts';
import { artistNames, formatText } from '../compose/parts.ts';

export const RELEASE_SORT_KEYS: Readonly<Record<string, (release: Release) => string | number>> = {
  label: ({ labels }) => labels[0]?.name ?? '',
  artist: ({ artists }) => artistNames(artists),
  title: ({ title }) => title,
  catno: ({ labels }) => labels[0]?.catno ?? '',
  format: ({ format }) => formatText(format),
  year: ({ year }) => year,
};
