/**
 * What a store's file keeps of a record. It is made where the record was read, in a thread of its own if there is one:
 * flat texts and one array, which pass from one thread to another for a fraction of what the facts cost.
 */
import type { RecordKind } from '@discogs-agent/core/catalogue';
import type { PreparedRecord } from '../records/preparedRecord.ts';
import { masterLinks, nameLinks, releaseLinks } from './linkRows.ts';
import { releaseTexts } from './releaseTexts.ts';
import { indexedText } from './searchFields.ts';
import { encodeCredits, encodeMaster, encodeName, encodeRelease } from './summaries.ts';

export interface StoredRecord {
  readonly kind: RecordKind;
  readonly id: number;
  readonly json: Uint8Array;
  readonly summary: string;
  /** For the full-text index. */
  readonly words: Uint8Array;
  /** Rows of `linkRows.ts`. */
  readonly links: Uint32Array;
  /** Texts of a release that its lists need; empty for none. */
  readonly credits: string;
  readonly catnos: string;
}

type Texts = Pick<StoredRecord, 'summary' | 'links' | 'credits' | 'catnos'>;

function textsOf(record: PreparedRecord): Texts {
  switch (record.kind) {
    case 'releases': {
      const texts = releaseTexts(record.facts);
      // Numbers are given to the texts by the links.
      const links = releaseLinks(record.facts, texts);
      return {
        summary: encodeRelease(record.facts.summary),
        links,
        credits: texts.credits.length > 0 ? encodeCredits(texts.credits) : '',
        catnos: texts.catnos.length > 0 ? JSON.stringify(texts.catnos) : '',
      };
    }
    case 'masters':
      return {
        summary: encodeMaster(record.facts.summary),
        links: masterLinks(record.id, record.facts),
        credits: '',
        catnos: '',
      };
    case 'artists':
    case 'labels':
      return {
        summary: encodeName(record.facts.name),
        links: nameLinks(record.kind, record.facts),
        credits: '',
        catnos: '',
      };
    default:
      return record satisfies never;
  }
}

export function storedRecord(record: PreparedRecord): StoredRecord {
  const { kind, id, json } = record;
  return { kind, id, json, words: indexedText(record), ...textsOf(record) };
}
