/** Parts of composed answers, in the form of the operation that they come from. */
import type { Members } from '../../lib/looseJson.ts';
import { projectionOf } from '../projections/index.ts';

/** A record or a row of the operation, without its extras. `currency` stands behind bare prices. */
export const lean = (operationId: string, answer: Members): Members =>
  projectionOf({ id: operationId }).project(answer, { fields: new Set(), path: {}, currency: '' });
