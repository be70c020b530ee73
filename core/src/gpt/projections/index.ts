/** The projection of each operation: one for an entity, and a generic one for the rest. */
import type { Operation } from '../../catalog/operation.ts';
import { databaseRows } from './databaseRows.ts';
import { generic } from './generic.ts';
import { marketplaceProjections } from './marketplaceRows.ts';
import type { Projection } from './projection.ts';
import { recordProjections } from './records.ts';
import { userProjections } from './userRows.ts';

const projections: Readonly<Record<string, Projection>> = {
  ...recordProjections,
  ...databaseRows,
  ...userProjections,
  ...marketplaceProjections,
};

/** An operation that brings a projection of its own is not one of the catalog. */
interface Projected extends Pick<Operation, 'id'> {
  readonly projection?: Projection;
}

/** What an agent is shown of this operation's answer. */
export const projectionOf = ({ id, projection }: Projected): Projection =>
  projection ?? projections[id] ?? generic;

/** Operations with a projection of their own, for the test that each of them exists. */
export const projectedOperations: readonly string[] = Object.keys(projections);
