/** Summaries of records as JSON arrays: the names of the members would be half of their bytes. */
import type { MasterSummary, ReleaseSummary } from '@discogs-agent/core/catalogue';

const asText = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error('a summary with a value of the wrong kind');
  return value;
};
const asNumber = (value: unknown): number => {
  if (typeof value !== 'number') throw new Error('a summary with a value of the wrong kind');
  return value;
};
const asArray = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Error('a summary with a value of the wrong kind');
  return value;
};

const parsed = (json: string): readonly unknown[] => asArray(JSON.parse(json));

export const encodeRelease = (release: ReleaseSummary): string =>
  JSON.stringify([
    release.title,
    release.artist,
    release.year,
    release.released,
    release.country,
    release.format,
    release.majorFormats,
    release.label,
    release.catno,
    release.masterId,
  ]);

export function decodeRelease(id: number, json: string): ReleaseSummary {
  const [title, artist, year, released, country, format, majorFormats, label, catno, masterId] = parsed(json);
  return {
    id,
    title: asText(title),
    artist: asText(artist),
    year: asNumber(year),
    released: asText(released),
    country: asText(country),
    format: asText(format),
    majorFormats: asArray(majorFormats).map(asText),
    label: asText(label),
    catno: asText(catno),
    masterId: asNumber(masterId),
  };
}

export const encodeMaster = ({ title, artist, year, mainRelease }: MasterSummary): string =>
  JSON.stringify([title, artist, year, mainRelease]);

export function decodeMaster(id: number, json: string): MasterSummary {
  const [title, artist, year, mainRelease] = parsed(json);
  return {
    id,
    title: asText(title),
    artist: asText(artist),
    year: asNumber(year),
    mainRelease: asNumber(mainRelease),
  };
}

/** What a list shows of one credit. */
export interface CreditText {
  readonly role: string;
  readonly trackinfo: string;
}

/** Roles and trackinfo of a release's credits, in pairs. */
export function encodeCredits(credits: readonly CreditText[]): string {
  const texts: string[] = [];
  for (const { role, trackinfo } of credits) texts.push(role, trackinfo);
  return JSON.stringify(texts);
}

/** The credit of a number, counted from 1. */
export function decodeCredit(json: string, number: number): CreditText {
  const texts = parsed(json);
  return { role: asText(texts[number * 2 - 2]), trackinfo: asText(texts[number * 2 - 1]) };
}

/** The catalogue number of a number, counted from 1. */
export const decodeCatno = (json: string, number: number): string => asText(parsed(json)[number - 1]);

/** Of an artist or a label. */
export const encodeName = (name: string): string => JSON.stringify([name]);
export const decodeName = (json: string): string => asText(parsed(json)[0]);
