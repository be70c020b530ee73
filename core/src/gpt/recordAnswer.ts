/** A record in a number of characters, or one of its lists alone. */

import { array, compact, type Members } from '../lib/looseJson.ts';
import { fitRecord, NOTE_CHARS } from './fit.ts';
import { listAnswer } from './listAnswer.ts';
import type { GptRefusal, GptRequest } from './parameters.ts';

const IDENTIFYING = ['id', 'type', 'title', 'name', 'uri', 'source', 'as_of'] as const;

/** The record, cut where it must be, with what was left out. Never longer than `maxChars`. */
export function recordAnswer(record: Members, request: GptRequest): Members | GptRefusal {
  const { part, skip, maxChars } = request;
  if (part !== undefined) return partAnswer(record, part, request);
  if (skip > 0) {
    return {
      kind: 'refusal',
      field: 'skip',
      message: 'skip goes with part here.',
      nextStep: 'Name the list of the record in part, as next of the answer before does.',
    };
  }
  if (JSON.stringify(record).length <= maxChars) return record;
  const { value, omitted } = fitRecord(record, maxChars - NOTE_CHARS);
  const lists = Object.entries(omitted).filter(([name]) => Array.isArray(record[name]));
  const [name] = lists[0] ?? [];
  const next = name === undefined ? undefined : { part: name, skip: array(value[name]).length };
  return { ...value, ...compact({ truncated: true, omitted: Object.fromEntries(lists.slice(0, 5)), next }) };
}

function partAnswer(record: Members, part: string, request: GptRequest): Members | GptRefusal {
  const lists = Object.keys(record).filter((name) => Array.isArray(record[name]));
  if (!lists.includes(part)) {
    return {
      kind: 'refusal',
      field: 'part',
      message: 'This record has no such list.',
      nextStep: lists.length === 0 ? 'Leave part out.' : `Choose from: ${lists.join(', ')}.`,
    };
  }
  const items = array(record[part]);
  const rows = items.map((item) => ({ item }));
  const beside = Object.fromEntries(IDENTIFYING.map((name) => [name, record[name]]));
  const answer = listAnswer(
    { rows, page: 1, pages: 1, items: items.length, beside: compact({ ...beside, part }) },
    request,
  );
  const { page: _, pages: __, next, results, ...rest } = answer;
  const shown = array(results).map((row) => (row as { item: unknown }).item);
  const start = request.skip + shown.length;
  return { ...rest, results: shown, ...(next === undefined ? {} : { next: { part, skip: start } }) };
}
