/** Chooses between Discogs and the catalogue for each call, as setting, door and caller want it. */

import type { Operation } from '../catalog/operation.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { isInCatalogue } from '../catalogue/catalogueOperations.ts';
import { isWorseThanStale } from '../discogs/responseOutcome.ts';
import type { UpstreamFailure } from '../discogs/upstreamFailure.ts';
import type { Call } from '../lib/call.ts';
import { lazy } from '../lib/lazy.ts';
import type { Authorized } from './auth/authorize.ts';
import type { CatalogueFailure, Refusal } from './failure.ts';
import { createForward, type ForwardDependencies, type Forwarded } from './forward.ts';
import type { CatalogueResult, FromCatalogue } from './fromCatalogue.ts';
import {
  type Asking,
  CATALOGUE_DATE_HEADER,
  planOf,
  SOURCE_HEADER,
  type Source,
  VARY_BY_SOURCE,
} from './source.ts';
import type { CallContext } from './toUpstreamRequest.ts';

/** Dependencies. */
export interface ChooseSourceDependencies extends ForwardDependencies {
  /** Absent: there is none, or `CATALOGUE` is `off`. */
  readonly catalogue?: Catalogue | undefined;
}

/** Answers an authorized call. `source` is what its caller insists on. */
export type ChooseSource = (
  call: Call,
  operation: Operation,
  authorized: Authorized,
  context: CallContext,
  source: Source | undefined,
  asking: Asking | undefined,
) => Promise<Forwarded>;

/** A new month comes once in a month; whoever asks again has the ETag. */
const CATALOGUE_SECONDS = 86_400;
/** In place of Discogs' answer, which will be there again soon. */
const FALLBACK_SECONDS = 60;

/** Whether its answer is one record, not a list. */
const isRecord = ({ query }: Operation): boolean => query['page'] === undefined;

/** A start does not wait for what only a catalogue needs. */
function createLazily(dependencies: ForwardDependencies, catalogue: Catalogue): FromCatalogue {
  const part = lazy(async () => {
    const { createFromCatalogue } = await import('./fromCatalogue.ts');
    return createFromCatalogue(dependencies, catalogue);
  });
  return async (...asked) => (await part.get())(...asked);
}

/** Something to show: that the catalogue has nothing is no answer in place of a failure. */
const isSomething = (result: CatalogueResult): result is Extract<CatalogueResult, { kind: 'answered' }> =>
  result.kind === 'answered' && result.forwarded.outcome.code === 'answer' && !result.isEmptySearch;

const TOKEN_MISSING: Refusal = { code: 'unauthorized', reason: 'discogs_token_missing' };

/** Makes it for one gateway. */
export function createChooseSource(dependencies: ChooseSourceDependencies): ChooseSource {
  const { settings, cachingClient, catalogue } = dependencies;
  const forward = createForward(dependencies);
  const fromCatalogue = catalogue && createLazily(dependencies, catalogue);

  const failed = (outcome: CatalogueFailure | Refusal, headers: Forwarded['headers'] = {}): Forwarded => ({
    outcome,
    upstreamStatus: undefined,
    fetched: { attempts: 0, waitedMs: 0, cache: undefined },
    headers,
    window: cachingClient.window(),
  });

  /** Says that the answer came through the API, on good answers and failures alike. */
  function live(forwarded: Forwarded<UpstreamFailure>): Forwarded<UpstreamFailure> {
    const { outcome, headers } = forwarded;
    const said = { [SOURCE_HEADER]: 'live' };
    if (outcome.code !== 'answer') return { ...forwarded, headers: { ...headers, ...said } };
    const { answer } = outcome;
    const all = { ...answer.headers, ...said, vary: VARY_BY_SOURCE };
    return { ...forwarded, outcome: { code: 'answer', answer: { ...answer, headers: all } } };
  }

  async function only(...asked: Parameters<FromCatalogue>): Promise<Forwarded> {
    if (!fromCatalogue) return failed({ code: 'not_in_catalogue', date: undefined });
    const found = await fromCatalogue(...asked);
    if (found.kind === 'answered') return found.forwarded;
    if (found.kind === 'unavailable') return failed({ code: 'catalogue_unavailable' });
    return failed({ code: 'not_in_catalogue', date: found.date }, { [CATALOGUE_DATE_HEADER]: found.date });
  }

  return async (call, operation, authorized, context, source, asking) => {
    const plan = planOf(settings.catalogue, source, asking);
    if (plan === 'only') return only(call, operation, authorized, context, CATALOGUE_SECONDS);
    if (!fromCatalogue) return forward(call, operation, authorized, context);
    const ask = (seconds: number) => fromCatalogue(call, operation, authorized, context, seconds);
    if (authorized.lacksToken) {
      const found = plan === 'live' ? undefined : await ask(CATALOGUE_SECONDS);
      return found?.kind === 'answered' ? found.forwarded : failed(TOKEN_MISSING);
    }
    const canAsk = isInCatalogue(operation);
    const first = plan === 'first' && canAsk ? await ask(CATALOGUE_SECONDS) : undefined;
    if (first?.kind === 'answered' && (!first.isEmptySearch || asking?.hint === 'accept_empty')) {
      return first.forwarded;
    }
    const found = live(await forward(call, operation, authorized, context));
    const { outcome, fetched, upstreamStatus } = found;
    if (outcome.code === 'answer' || !canAsk || first?.kind === 'none') return found;
    if (outcome.code === 'not_found' && isRecord(operation)) {
      // Discogs' answer counts; that the dump has the record says what became of it.
      const kept = await ask(FALLBACK_SECONDS);
      return isSomething(kept) ? { ...found, outcome: { ...outcome, inCatalogue: kept.date } } : found;
    }
    if (plan === 'live' || first?.kind === 'unavailable' || !isWorseThanStale(outcome)) return found;
    const second = await ask(FALLBACK_SECONDS);
    return isSomething(second)
      ? {
          ...second.forwarded,
          fetched: { ...fetched, cache: undefined },
          upstreamStatus,
          insteadOf: outcome.code,
        }
      : found;
  };
}
