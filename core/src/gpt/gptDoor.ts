/** The door for agents: the paths of Discogs, strict questions and lean answers that fit. */
import { type Match, match } from '../catalog/match.ts';
import { hasFile, type Operation } from '../catalog/operation.ts';
import type { Answer, Call } from '../lib/call.ts';
import { compact, type Members, number } from '../lib/looseJson.ts';
import type { Gateway } from '../proxy/gateway.ts';
import { type ComposedMatch, composeAnswer, matchComposed, readComposedRequest } from './compose/index.ts';
import { LATEST_START_MS } from './compose/reader.ts';
import { createCurrency } from './currency.ts';
import { explainEmpty, explainEmptyList } from './emptySearch.ts';
import { fitRecord } from './fit.ts';
import { impossible } from './impossible.ts';
import { type AskInner, createInner, type Inner, inTime, toInner } from './inner.ts';
import { listAnswer, PAGE_ROWS, pageSummary, paging, projectRows } from './listAnswer.ts';
import { nextStep, retryInSeconds } from './nextStep.ts';
import { originOf } from './origin.ts';
import { type GptRefusal, type GptRequest, MAX_CHARS, readRequest } from './parameters.ts';
import { projectionOf } from './projections/index.ts';
import type { ListProjection, ProjectionOptions } from './projections/projection.ts';
import { recordAnswer } from './recordAnswer.ts';
import { readVersions } from './versions.ts';

/** Answers calls below `/gpt`. Never rejects. */
export interface GptDoor {
  handle(call: Call): Promise<Answer>;
}

/** The beginning of its paths. */
export const GPT_PREFIX = '/gpt';

const encoder = new TextEncoder();
/** What belongs to Discogs' bytes, which are not those of this answer. */
const NOT_OURS = new Set(['etag', 'link', 'content-length', 'content-type', 'last-modified']);
/** Lists in which a summary of the page helps. */
const SUMMED_UP = new Set(['listCollectionItemsByFolder', 'getWantlist']);
const LONG_LIST = 50;

const isRefusal = (value: Members | GptRefusal): value is GptRefusal => value['kind'] === 'refusal';

/** `body` fits already; what does not, an error with long names for example, is cut here. */
function answerOf(inner: Answer, status: number, body: Members, maxChars: number = MAX_CHARS.least): Answer {
  const headers = Object.fromEntries(Object.entries(inner.headers).filter(([name]) => !NOT_OURS.has(name)));
  const bytes = encoder.encode(JSON.stringify(fitRecord(body, maxChars).value));
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json', 'content-length': String(bytes.length) },
    body: bytes,
  };
}

function errorAnswer({ answer, body }: Inner): Answer {
  const seconds = retryInSeconds(body, answer.headers['retry-after']);
  const more = compact({ next_step: nextStep(body), retry_in_seconds: seconds });
  return answerOf(answer, answer.status, { ...body, ...more });
}

function refusalAnswer(inner: Answer, { field, message, nextStep: step }: GptRefusal): Answer {
  const body = { error: 'invalid_request', reason: 'invalid_parameter', field, message, next_step: step };
  return answerOf({ ...inner, headers: { ...inner.headers, 'cache-control': 'no-store' } }, 400, body);
}

/** Makes it over the proxy's pipeline. */
export function createGptDoor(gateway: Gateway, now: () => number): GptDoor {
  const currency = createCurrency(now);

  async function list(
    ask: AskInner,
    operation: Operation,
    projection: ListProjection,
    path: string,
    request: GptRequest,
    options: ProjectionOptions,
  ): Promise<Answer> {
    const isPaged = operation.query['per_page'] !== undefined;
    const query = isPaged ? { ...request.query, per_page: String(PAGE_ROWS) } : request.query;
    const isVersions = operation.id === 'getMasterVersions';
    const found = isVersions ? await readVersions(ask, path, request) : undefined;
    const inner = found?.inner ?? (await ask(path, query));
    if (inner.kind === 'error') return errorAnswer(inner);
    const body = found?.kind === 'found' ? found.body : inner.body;
    const rows = projectRows(body, projection, request, options);
    const pages = paging(body, rows.length);
    const ofVersions = found?.kind === 'found' ? found.beside : {};
    const isEmpty = pages.items === 0 && Object.keys(ofVersions).length === 0;
    const isSearch = operation.id === 'searchDatabase';
    const isLong = SUMMED_UP.has(operation.id) && pages.items > LONG_LIST;
    const beside = {
      ...projection.summary?.(body, options),
      ...(isLong ? { on_this_page: pageSummary(rows) } : {}),
      ...(isEmpty && isSearch ? await explainEmpty(ask, path, request.query) : {}),
      ...(isEmpty && !isSearch ? explainEmptyList(request.query) : {}),
      ...ofVersions,
      ...originOf([inner.answer]),
    };
    return answerOf(
      inner.answer,
      inner.answer.status,
      listAnswer({ rows, ...pages, beside }, request),
      request.maxChars,
    );
  }

  /** The key comes first: who has none is told that, and nothing about the request. */
  async function refuse(call: Call, refusal: GptRefusal): Promise<Answer> {
    const checked = toInner(await gateway.checkKey(call));
    return checked.kind === 'error' ? errorAnswer(checked) : refusalAnswer(checked.answer, refusal);
  }

  async function compose(call: Call, found: ComposedMatch): Promise<Answer> {
    const request = readComposedRequest(call.query, found.operation);
    if (request.kind === 'refusal') return refuse(call, request);
    const ask = createInner(gateway, call, request.source);
    const made = await composeAnswer(ask, now, found, request);
    if (made.kind === 'failed') return errorAnswer(made.inner);
    const { answer: inner, body, maxChars } = made;
    return isRefusal(body) ? refusalAnswer(inner, body) : answerOf(inner, 200, body, maxChars);
  }

  async function read(
    call: Call,
    { operation, path: pathValues }: Extract<Match, { kind: 'operation' }>,
    path: string,
  ): Promise<Answer> {
    const projection = projectionOf(operation);
    const request = readRequest(call.query, operation, projection);
    if (request.kind === 'refusal') return refuse(call, request);
    const inner = inTime(createInner(gateway, call, request.source), now, LATEST_START_MS);
    const ask: AskInner = (where, query, hint = request.wantsLive ? 'prefer_live' : undefined) =>
      inner(where, query, hint);
    const options = { fields: request.fields, path: pathValues, currency: '' };
    if (projection.kind === 'list') return list(ask, operation, projection, path, request, options);
    const found = await ask(path, request.query);
    if (found.kind === 'error') return errorAnswer(found);
    if (operation.effect !== 'read' && Object.keys(found.body).length === 0) {
      return answerOf(found.answer, 200, compact({ done: true, location: found.answer.headers['location'] }));
    }
    const hasBarePrice = number(found.body['lowest_price']) !== undefined;
    // An access token stands for its user. Whoever got this far has shown a good one.
    const unit = hasBarePrice ? await currency(ask, call.header('authorization') ?? '') : '';
    const record = projection.project(found.body, { ...options, currency: unit });
    const answer = recordAnswer({ ...record, ...originOf([found.answer]) }, request);
    return isRefusal(answer)
      ? refusalAnswer(found.answer, answer)
      : answerOf(found.answer, found.answer.status, answer, request.maxChars);
  }

  async function fileAnswer(call: Call, path: string): Promise<Answer> {
    const checked = toInner(await gateway.checkKey(call));
    if (checked.kind === 'error') return errorAnswer(checked);
    return answerOf(checked.answer, 404, {
      error: 'not_found',
      reason: 'file',
      message: `Files are sent and received at /api${path}, not here.`,
      next_step: 'Tell the user to send or open the file at that address, with the key.',
    });
  }

  async function answer(call: Call): Promise<Answer> {
    const path = call.path.slice(GPT_PREFIX.length) || '/';
    const composed = matchComposed(call.method, path);
    if (composed) return compose(call, composed);
    const found = match(call.method, path);
    if (found.kind === 'operation' && hasFile(found.operation)) return fileAnswer(call, path);
    if (found.kind === 'operation' && found.operation.inOpenApi) return read(call, found, path);
    // What is not for agents is not below this prefix, and the pipeline says so.
    const asked = found.kind === 'operation' ? call.path : path;
    const inner = await createInner(gateway, call)(asked, {});
    const reason = impossible(path);
    if (found.kind !== 'nothing' || !reason) return errorAnswer(inner);
    return answerOf(inner.answer, 404, {
      error: 'not_found',
      reason: 'not_at_discogs',
      message: reason.message,
      next_step: reason.nextStep,
    });
  }

  return {
    async handle(call) {
      const made = await answer(call);
      return call.method === 'HEAD' ? { ...made, body: new Uint8Array(0) } : made;
    },
  };
}
