/**
 * An answer of the catalogue, made ours: links, ETag and headers as those of Discogs' own answers. Loaded when the catalogue
 * is first asked.
 */

import type { Operation } from '../catalog/operation.ts';
import type { Catalogue, CatalogueAnswer } from '../catalogue/catalogue.ts';
import { linkOrigins, rewriteLinkHeader } from '../discogs/links.ts';
import type { Call } from '../lib/call.ts';
import { createReadAnswer } from '../upstream/cache/readAnswer.ts';
import type { Authorized } from './auth/authorize.ts';
import type { ForwardDependencies, Forwarded } from './forward.ts';
import { createRecentAnswers, type RecentAnswer } from './recentAnswers.ts';
import { windowHeaders } from './response/responseHeaders.ts';
import { createShape } from './response/shape.ts';
import { CATALOGUE_DATE_HEADER, SOURCE_HEADER, VARY_BY_SOURCE } from './source.ts';
import { type CallContext, conversationOf } from './toUpstreamRequest.ts';

/** What the catalogue came to. */
export type CatalogueResult =
  | {
      readonly kind: 'answered';
      readonly forwarded: Forwarded;
      readonly isEmptySearch: boolean;
      readonly date: string;
    }
  | { readonly kind: 'none'; readonly date: string }
  | { readonly kind: 'unavailable' };

/** Asks the catalogue. `maxAgeSeconds` is how long the caller may keep the answer. */
export type FromCatalogue = (
  call: Call,
  operation: Operation,
  authorized: Authorized,
  context: CallContext,
  maxAgeSeconds: number,
) => Promise<CatalogueResult>;

/** A call that waited for Discogs until its deadline is still answered: callers wait longer than the deadline says. */
const LEAST_MS = 2000;

/** What a store says, with a good answer ready to be shown. */
type Found =
  | ({ readonly kind: 'ready' } & RecentAnswer)
  | Exclude<CatalogueAnswer, { readonly kind: 'found' | 'unavailable' }>
  | { readonly kind: 'unavailable' };

/** Makes it for one gateway. */
export function createFromCatalogue(
  { settings, digest, cachingClient, now }: ForwardDependencies,
  catalogue: Catalogue,
): FromCatalogue {
  const origins = linkOrigins(settings);
  const readAnswer = createReadAnswer(origins, digest);
  const shape = createShape(origins, digest);
  const recent = createRecentAnswers(now);

  /** An answer that is ready to be shown: a recent one, else what the store has. */
  async function find(operation: Operation, authorized: Authorized, context: CallContext): Promise<Found> {
    const { input } = authorized;
    const leftMs = Math.max(LEAST_MS, context.deadline.leftMs());
    const known = recent.get(operation, input, await catalogue.date(leftMs));
    if (known) return { kind: 'ready', ...known };
    const found = await catalogue.answer(operation, input, leftMs);
    if (found.kind !== 'found') return found;
    const { body, link, date, isEmptySearch } = found;
    const header = (name: string) => (name === 'content-type' ? 'application/json' : undefined);
    const ready = await readAnswer({ kind: 'answer', status: 200, header, body }, operation);
    // A record that is no JSON is damaged, and Discogs has the right one.
    if (ready.code !== 'ok') return { kind: 'unavailable' };
    const answer = { ready, link, date, isEmptySearch };
    recent.put(operation, input, answer);
    return { kind: 'ready', ...answer };
  }

  return async (call, operation, authorized, context, maxAgeSeconds) => {
    const found = await find(operation, authorized, context);
    if (found.kind === 'unavailable') return { kind: 'unavailable' };
    const { date } = found;
    if (found.kind === 'absent' || found.kind === 'unanswerable') return { kind: 'none', date };
    const turn = {
      priority: 'caller',
      key: authorized.caller.label,
      conversation: conversationOf(call, context, authorized),
    } as const;
    const window = cachingClient.window();
    const baseUrl = settings.publicBaseUrl ?? call.baseUrl;
    const headers = {
      ...windowHeaders(window, cachingClient.allowance(turn, false)),
      [SOURCE_HEADER]: 'catalogue',
      [CATALOGUE_DATE_HEADER]: date,
    };
    const told = {
      upstreamStatus: undefined,
      fetched: { attempts: 0, waitedMs: 0, cache: undefined },
      headers,
      window,
      source: 'catalogue',
    } as const;
    if (found.kind === 'beyond') {
      const outcome = {
        code: 'not_found',
        message: `Page ${found.page} is outside of valid range.`,
      } as const;
      return { kind: 'answered', forwarded: { ...told, outcome }, isEmptySearch: false, date };
    }
    const link = found.link === undefined ? {} : { link: rewriteLinkHeader(found.link, origins, baseUrl) };
    const answer = await shape(found.ready, {
      call,
      operation,
      baseUrl,
      headers: {
        ...headers,
        ...link,
        'cache-control': `private, max-age=${maxAgeSeconds}`,
        vary: VARY_BY_SOURCE,
      },
      isShared: true,
    });
    const forwarded = { ...told, outcome: { code: 'answer', answer } } as const;
    return { kind: 'answered', forwarded, isEmptySearch: found.isEmptySearch, date };
  };
}
