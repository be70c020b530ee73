/** The result of a step: a value, or the failure that ends the run. */
import type { Failure } from './failure.ts';

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

/** An outcome in which a missing `az` is explained with the way that needs none. */
export function withoutAz<T>(outcome: Outcome<T>, instead: string): Outcome<T> {
  return !outcome.ok && outcome.failure.kind === 'az_missing'
    ? failed({ ...outcome.failure, instead })
    : outcome;
}

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failed = (failure: Failure): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure,
});
