/** The part of Cloudflare D1 that the stores use, and how much of it a request may use. */

/** A statement of D1. @see https://developers.cloudflare.com/d1/worker-api/prepared-statements/ */
export interface D1Statement {
  bind(...values: readonly (string | number | null)[]): D1Statement;
  all(): Promise<D1Outcome>;
}

/** What came of a statement. */
export interface D1Outcome {
  readonly results: readonly unknown[];
  readonly meta: { readonly changes?: number };
}

/** A database, or a session of one. @see https://developers.cloudflare.com/d1/worker-api/d1-database/ */
export interface D1 {
  prepare(sql: string): D1Statement;
  batch(statements: D1Statement[]): Promise<readonly D1Outcome[]>;
}

/** SQL with its values. */
export type Query = readonly [sql: string, ...values: (string | number | null)[]];

/** A database that stops before its platform does. */
export interface CountedD1 {
  /** For looking: refused while there is still enough left to finish what was begun. */
  look(...query: Query): Promise<readonly unknown[]>;
  /** The number of rows that were changed. */
  change(...query: Query): Promise<number>;
  /** All or none. */
  changeAll(queries: readonly Query[]): Promise<void>;
  /** Statements so far; each one of a batch counts. */
  readonly used: number;
}

/** A request has asked more of the database than it may. */
export class QueriesSpent extends Error {
  override readonly name = 'QueriesSpent';
}

/**
 * Counts what one request asks; looking ends `keptBack` queries before the rest. `open` gives a session whose first query sees the newest write (`first-primary`); each
 * query has one of its own, since a later query of a session may be answered by a replica.
 * @see https://developers.cloudflare.com/d1/platform/limits/ (50 queries per invocation on the Free plan)
 */
export function countedD1(open: () => D1, limit: number, keptBack = 0): CountedD1 {
  let used = 0;

  function spend(queries: number, most: number): void {
    if (used + queries > most) throw new QueriesSpent();
    used += queries;
  }

  const run = ([sql, ...values]: Query): Promise<D1Outcome> =>
    open()
      .prepare(sql)
      .bind(...values)
      .all();

  return {
    get used() {
      return used;
    },
    async look(...query) {
      spend(1, limit - keptBack);
      return (await run(query)).results;
    },
    async change(...query) {
      spend(1, limit);
      return (await run(query)).meta.changes ?? 0;
    },
    async changeAll(queries) {
      spend(queries.length, limit);
      const database = open();
      await database.batch(queries.map(([sql, ...values]) => database.prepare(sql).bind(...values)));
    },
  };
}
