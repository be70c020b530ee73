/** Texts of a release that the lists of its artists and labels need, numbered from 1; 0 stands for the usual one. */
import type { ReleaseFacts } from '../records/preparedRecord.ts';
import type { CreditText } from './summaries.ts';

/** Numbers are kept in 16 bits. A release with more texts has the last one for the rest. */
const MAX_NUMBER = 0xffff;

export interface ReleaseTexts {
  readonly credits: readonly CreditText[];
  readonly catnos: readonly string[];
  /** 0 for `Main` without trackinfo. */
  creditNumber(credit: CreditText): number;
  /** 0 for the catalogue number of the summary. */
  catnoNumber(catno: string): number;
}

function numbering<Text>(keyOf: (text: Text) => string): { texts: Text[]; numberOf(text: Text): number } {
  const numbers = new Map<string, number>();
  const texts: Text[] = [];
  return {
    texts,
    numberOf(text) {
      const key = keyOf(text);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      if (texts.length === MAX_NUMBER) return MAX_NUMBER;
      texts.push(text);
      numbers.set(key, texts.length);
      return texts.length;
    },
  };
}

export function releaseTexts({ summary }: ReleaseFacts): ReleaseTexts {
  const credits = numbering<CreditText>(({ role, trackinfo }) =>
    // Roles are few and remembered: one alone is found by the hash that it has already.
    trackinfo === '' ? role : `${role}\0${trackinfo}`,
  );
  const catnos = numbering<string>((catno) => catno);
  return {
    credits: credits.texts,
    catnos: catnos.texts,
    creditNumber: (credit) =>
      credit.role === 'Main' && credit.trackinfo === '' ? 0 : credits.numberOf(credit),
    catnoNumber: (catno) => (catno === summary.catno ? 0 : catnos.numberOf(catno)),
  };
}
