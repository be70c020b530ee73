/** What a worker may send instead of records. */
import type { PreparedRecord } from '../../src/records/preparedRecord.ts';

export const transform = ({ kind, id }: PreparedRecord): string => `${kind} ${id}`;
