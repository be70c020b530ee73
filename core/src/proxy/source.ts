/** Where answers come from, Discogs or the catalogue: what a caller may ask for, and what each setting means. */
import type { Refusal } from './failure.ts';
import { VARY } from './response/responseHeaders.ts';

/** What a caller may insist on: the header `X-Discogs-Source`, or `source` under `/gpt`. */
export const SOURCES = ['live', 'catalogue'] as const;
export type Source = (typeof SOURCES)[number];

/** The values of `CATALOGUE`. */
export type CatalogueSetting = 'off' | 'fallback' | 'first';

/** Who asks, beside the call itself. Absent: a caller of the mirrored paths. */
export interface Asking {
  readonly door: 'agents';
  /** Chosen by the caller; instead of the header. */
  readonly source?: Source | undefined;
  /**
   * What a door wishes where its caller insists on nothing. `prefer_live`: facts are wanted that no dump has.
   * `accept_empty`: a search that finds nothing in the catalogue does not go to Discogs.
   */
  readonly hint?: 'prefer_live' | 'accept_empty' | undefined;
}

/** `live`: Discogs alone. `fallback`: the catalogue where Discogs fails. `first`: Discogs for what is not in it. `only`. */
export type Plan = 'live' | 'fallback' | 'first' | 'only';

export const SOURCE_HEADER = 'x-discogs-source';
export const CATALOGUE_DATE_HEADER = 'x-catalogue-date';
/** Where there is a catalogue, a cache between us and the caller must look at the source, too. */
export const VARY_BY_SOURCE = `${VARY}, ${SOURCE_HEADER}`;

export const isSource = (value: string): value is Source => SOURCES.some((source) => source === value);

/** The source of the header; undefined where there is none. */
export function readSource(header: string | undefined): Source | undefined | Refusal {
  const value = header?.trim().toLowerCase() ?? '';
  if (value === '') return undefined;
  if (isSource(value)) return value;
  return {
    code: 'invalid_request',
    reason: 'invalid_header',
    field: 'X-Discogs-Source',
    message: 'X-Discogs-Source must be live or catalogue.',
  };
}

/** What is done for a call where there is a catalogue. */
export function planOf(
  setting: CatalogueSetting | undefined,
  source: Source | undefined,
  asking: Asking | undefined,
): Plan {
  if (source === 'live') return 'live';
  if (source === 'catalogue') return 'only';
  if (setting === 'off') return 'live';
  const plan = setting ?? (asking?.door === 'agents' ? 'first' : 'fallback');
  return asking?.hint === 'prefer_live' ? 'fallback' : plan;
}
