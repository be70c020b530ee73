/** The error answers of the document: shapes, statuses and examples come from the gateway's own renderer. */
import type { Operation } from '../catalog/operation.ts';
import type { Failure } from '../proxy/failure.ts';
import { renderFailure } from '../proxy/response/renderFailure.ts';
import { type DocumentedFailure, documentedFailures } from './openapiFailures.ts';
import { AFTER_CHECKS, ALWAYS, cacheHeaderNames, headerReferences, OF_STATUS } from './openapiHeaders.ts';
import { schemaReference } from './openapiSchemas.ts';
import type { JsonSchema, OpenApiResponse } from './openapiTypes.ts';

/** One row of `documentedFailures`, whatever its code. */
interface Shape {
  readonly code: string;
  readonly component: string;
  /** Null: the status of Discogs, whatever that is. */
  readonly status: number | null;
  readonly documented: DocumentedFailure;
}

const EXAMPLE_TRACE_ID = '0b6f8a52-6f0d-4b35-9a3e-5f1f2f6f6c11';

const STATUS_TEXTS: Readonly<Record<string, string>> = {
  400: 'Something in the request is wrong.',
  401: 'Not signed in.',
  403: 'Not allowed.',
  404: 'Not found.',
  411: 'The length of the body is missing.',
  413: 'The body is too large.',
  415: 'The body is of a kind that the operation does not take.',
  429: 'Too many calls. Wait before the next one.',
  500: 'A fault of the gateway.',
  502: 'Discogs failed, or sent something that is no answer.',
  503: 'The gateway cannot work with its settings or secrets, has too many large answers, or spares a failing Discogs.',
  504: 'Discogs did not answer in time.',
  default: 'Any other status with which Discogs refuses a call; passed on.',
};

const componentName = (code: string): string =>
  `Error_${code}`.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const shapes: readonly Shape[] = Object.entries<DocumentedFailure>(documentedFailures).map(
  ([code, documented]) => ({
    code,
    component: componentName(code),
    status: code === 'unexpected_status' ? null : renderFailure(documented.samples[0], '', false).status,
    documented,
  }),
);

const render = (failure: Failure, debugErrors: boolean) =>
  renderFailure(failure, EXAMPLE_TRACE_ID, debugErrors).body;

/** What a sample's value tells about its member. */
function memberSchema(name: string, value: unknown): JsonSchema {
  if (name === 'error') return { type: 'string', const: value };
  return { type: typeof value === 'number' ? 'integer' : 'string' };
}

function shapeSchema({ documented: { description, samples, members = {} } }: Shape): JsonSchema {
  const bodies = samples.map((sample) => render(sample, false));
  // The longest form of a body, with what only DEBUG_ERRORS shows.
  const all = Object.assign({}, ...samples.map((sample) => render(sample, true)));
  const names = Object.keys(all);
  return {
    type: 'object',
    description,
    properties: Object.fromEntries(
      names.map((name) => [name, members[name] ?? memberSchema(name, all[name])]),
    ),
    required: names.filter((name) => bodies.every((body) => Object.hasOwn(body, name))),
    examples: [bodies[0]],
  };
}

/** The components of all errors, by name. */
export const errorSchemas = (): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(shapes.map((shape) => [shape.component, shapeSchema(shape)]));

/** Statuses of Discogs that the gateway does not pass on but answers with a code of its own. */
const isOwnCode = (status: number): boolean => status === 404 || status === 429 || status >= 500;

function errorResponse(operation: Operation, status: string, candidates: readonly Shape[]): OpenApiResponse {
  const references = candidates.map(({ component }) => schemaReference(component));
  const [only] = references;
  const schema: JsonSchema = references.length === 1 && only ? { ...only } : { anyOf: references };
  const afterBudget = candidates.some(({ documented }) => documented.afterBudget);
  return {
    description: STATUS_TEXTS[status] ?? status,
    headers: headerReferences([
      ...ALWAYS,
      ...(afterBudget ? [...cacheHeaderNames(operation), ...AFTER_CHECKS] : []),
      ...(OF_STATUS[status] ?? []),
    ]),
    content: { 'application/json': { schema } },
  };
}

function canHappen({ appliesTo, alsoHere }: DocumentedFailure, operation: Operation): boolean {
  if (operation.handledBy === 'gateway') return operation.needsKey && alsoHere === true;
  return appliesTo?.(operation) ?? true;
}

/** Every error answer that an operation can have, by status. */
export function errorResponses(operation: Operation): Readonly<Record<string, OpenApiResponse>> {
  const mine = shapes.filter(({ documented }) => canHappen(documented, operation));
  const statuses = [...new Set(mine.flatMap(({ status }) => status ?? []))].sort((a, b) => a - b);
  const passedOn = mine.filter(({ status }) => status === null);
  const responses = statuses.map((status): [string, OpenApiResponse] => {
    const own = mine.filter((shape) => shape.status === status);
    const candidates = isOwnCode(status) ? own : [...own, ...passedOn];
    return [String(status), errorResponse(operation, String(status), candidates)];
  });
  if (passedOn.length > 0) responses.push(['default', errorResponse(operation, 'default', passedOn)]);
  return Object.fromEntries(responses);
}
