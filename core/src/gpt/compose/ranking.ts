/** How well a row of a search fits what is known of a record, and why. Pure. */
import { foldedLetters } from '../../lib/fold.ts';
import { type Members, number, object, text, texts } from '../../lib/looseJson.ts';
import { isSameBarcode } from './barcode.ts';
import { similarity } from './similarity.ts';

/** What is known, by the names of the parameters. */
export type Known = Readonly<Record<string, string>>;

/** A row with its verdict. */
export interface Candidate {
  readonly row: Members;
  readonly score: number;
  readonly why: readonly string[];
  readonly differs: readonly string[];
}

interface Clue {
  /** What it counts at most; a barcode says more than a year. */
  readonly weight: number;
  valuesOf(row: Members): readonly string[];
  /** From 0 to 1. */
  compare(known: string, value: string): number;
}

const NEARLY = 0.6;
const DASH = ' - ';

/** Rows of a search have artist and title in one text. */
function halves(row: Members): readonly [string, string] {
  const whole = text(row['title']);
  const at = whole.indexOf(DASH);
  return at === -1 ? ['', whole] : [whole.slice(0, at), whole.slice(at + DASH.length)];
}

const bit = (is: boolean): number => (is ? 1 : 0);
const same = (known: string, value: string): number => bit(foldedLetters(known) === foldedLetters(value));
const includes = (known: string, value: string): number =>
  bit(foldedLetters(known) !== '' && foldedLetters(value).includes(foldedLetters(known)));

const CLUES: Readonly<Record<string, Clue>> = {
  barcode: {
    weight: 40,
    valuesOf: (row) => texts(row['barcode']),
    compare: (known, value) => bit(isSameBarcode(known, value)),
  },
  // Discogs lists all identifiers of a release under `barcode`.
  matrix: { weight: 30, valuesOf: (row) => texts(row['barcode']), compare: includes },
  catno: { weight: 25, valuesOf: (row) => text(row['catno']).split(','), compare: same },
  title: { weight: 15, valuesOf: (row) => [halves(row)[1]], compare: similarity },
  artist: { weight: 15, valuesOf: (row) => [halves(row)[0]], compare: similarity },
  country: { weight: 5, valuesOf: (row) => [text(row['country'])], compare: same },
  year: { weight: 5, valuesOf: (row) => [text(row['year'])], compare: same },
  format: { weight: 5, valuesOf: (row) => texts(row['format']), compare: same },
};
/** Long lists of identifiers do not help to see what differs. */
const MAX_SHOWN = 3;

/** The verdict on one row. */
export function judge(row: Members, known: Known): Candidate {
  let score = 0;
  const why: string[] = [];
  const differs: string[] = [];
  for (const [name, clue] of Object.entries(CLUES)) {
    const wanted = known[name];
    const values = clue.valuesOf(row).filter(Boolean);
    if (wanted === undefined || values.length === 0) continue;
    const fit = Math.max(...values.map((value) => clue.compare(wanted, value)));
    score += clue.weight * fit;
    if (fit === 1) why.push(name);
    else if (fit >= NEARLY) why.push(`${name} nearly`);
    else differs.push(`${name} is ${values.slice(0, MAX_SHOWN).join(', ')}`);
  }
  return { row, score, why, differs };
}

const owners = ({ row }: Candidate): number => number(object(row['community'])['have']) ?? 0;

/** The best first; of equals, the one that more people have. */
export const rank = (rows: readonly Members[], known: Known): readonly Candidate[] =>
  rows
    .map((row) => judge(row, known))
    .sort((one, other) => other.score - one.score || owners(other) - owners(one));
