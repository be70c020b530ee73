/** What a reader of the document learns about each failure: which operations have it, and what its body holds. */
import type { Operation } from '../catalog/operation.ts';
import { isInteger } from '../catalog/parameters.ts';
import { isInCatalogue } from '../catalogue/catalogueOperations.ts';
import type { Failure, UserRefusal } from '../proxy/failure.ts';
import type { JsonSchema } from './openapiTypes.ts';

/** Failures of an operation: without those of paths and methods that no operation has, and of signed-in users. */
type DocumentedCode = Exclude<Failure['code'], 'no_such_route' | 'method_not_allowed' | UserRefusal['code']>;

/** One body shape. */
export interface DocumentedFailure<Sample extends Failure = Failure> {
  readonly description: string;
  /** Rendered by the gateway itself: their members are the members of the body, and what all have is required. */
  readonly samples: readonly [Sample, ...Sample[]];
  /** What the type of a sample's value does not tell. */
  readonly members?: Readonly<Record<string, JsonSchema>>;
  /** Absent: every operation that is forwarded. */
  readonly appliesTo?: (operation: Operation) => boolean;
  /** What the gateway answers by itself can end like this, too, where it needs the key. */
  readonly alsoHere?: true;
  /** It comes after cache and budget, and carries their headers. */
  readonly afterBudget?: true;
}

const writes = ({ method }: Operation): boolean => method !== 'GET';
const words = (...values: readonly string[]): JsonSchema => ({ type: 'string', enum: values });

/** Compiles only while every failure of the gateway is here. */
export const documentedFailures: {
  readonly [Code in DocumentedCode]: DocumentedFailure<Extract<Failure, { readonly code: Code }>>;
} = {
  not_an_integer: {
    description: 'An id in the path has something other than digits.',
    samples: [{ code: 'not_an_integer', field: 'release_id' }],
    members: { error: { type: 'string', pattern: '^[a-z_]+ must be an integer$' } },
    appliesTo: ({ pathParameters }) => Object.values(pathParameters).some(isInteger),
  },
  invalid_request: {
    description: 'A value of the path, the query or the body is not what Discogs documents.',
    samples: [
      {
        code: 'invalid_request',
        reason: 'invalid_parameter',
        field: 'per_page',
        message: 'per_page must be an integer from 1 to 100.',
      },
      { code: 'invalid_request', reason: 'invalid_body', message: 'The body must be a JSON object.' },
    ],
    members: {
      reason: words(
        'invalid_path',
        'invalid_parameter',
        'invalid_encoding',
        'invalid_header',
        'invalid_body',
      ),
    },
  },
  no_supported_search_params: {
    description: 'None of the search parameters was given.',
    samples: [{ code: 'no_supported_search_params' }],
    members: { reason: { type: 'string', const: 'no_supported_search_params' } },
    appliesTo: ({ requireOneOf }) => requireOneOf !== undefined,
  },
  invalid_json: {
    description: 'The body is not JSON.',
    samples: [{ code: 'invalid_json' }],
    appliesTo: ({ body }) => body !== undefined,
  },
  missing_fields: {
    description: 'The body lacks members that it must have; "fields" names them, joined by commas.',
    samples: [{ code: 'missing_fields', fields: ['condition', 'price'] }],
    appliesTo: ({ body, upload }) =>
      upload !== undefined || (body !== undefined && body.requiredFields.length > 0),
  },
  unauthorized: {
    description: 'The key of the gateway is missing or wrong, or the gateway has no Discogs token for this.',
    samples: [{ code: 'unauthorized', reason: 'api_key_mismatch' }],
    members: { reason: words('api_key_mismatch', 'discogs_token_missing') },
    alsoHere: true,
  },
  read_only: {
    description: 'The gateway, or this key, may only read.',
    samples: [{ code: 'read_only', message: 'This gateway may only read; PUT is switched off.' }],
    appliesTo: ({ effect }) => effect !== 'read',
  },
  not_found: {
    description:
      'Discogs does not have it, or does not show it to this user. A message with "outside of valid range" means that ' +
      'only the page is missing: the list ended before it.',
    samples: [
      { code: 'not_found', message: 'The requested resource was not found.' },
      { code: 'not_found', message: 'Page 99 is outside of valid range.' },
      { code: 'not_found', message: 'The requested resource was not found.', inCatalogue: '2026-10-01' },
    ],
    afterBudget: true,
  },
  not_in_catalogue: {
    description: 'The caller asked for the catalogue alone, and it does not have this, or there is none.',
    samples: [
      { code: 'not_in_catalogue', date: '2026-10-01' },
      { code: 'not_in_catalogue', date: undefined },
    ],
    members: { reason: words('not_in_catalogue', 'no_catalogue') },
    appliesTo: isInCatalogue,
  },
  catalogue_unavailable: {
    description: 'The caller asked for the catalogue alone, and it cannot be read at the moment.',
    samples: [{ code: 'catalogue_unavailable' }],
    appliesTo: isInCatalogue,
  },
  length_required: {
    description: 'The body was sent in chunks, without a length.',
    samples: [{ code: 'length_required' }],
    appliesTo: writes,
  },
  payload_too_large: {
    description: 'The body is too large.',
    samples: [{ code: 'payload_too_large', limitBytes: 1_048_576 }],
    appliesTo: writes,
  },
  unsupported_media_type: {
    description: 'The body is not announced as what the operation takes.',
    samples: [{ code: 'unsupported_media_type', contentType: 'text/plain' }],
    appliesTo: writes,
  },
  rate_limited: {
    description:
      'The calls of this minute, or those of this caller, are used up. Wait "reset" seconds: a call is then possible.',
    samples: [
      {
        code: 'rate_limited',
        source: 'proxy',
        limit: '60',
        remaining: '0',
        reset: 21,
        message: 'Rate limit reached. All calls of this minute are used. Retry after 21 seconds.',
      },
      { code: 'rate_limited', source: 'discogs', limit: null, remaining: null, reset: 10 },
    ],
    members: {
      limit: { type: ['string', 'null'] },
      remaining: { type: ['string', 'null'] },
      reset: { type: ['integer', 'null'], minimum: 0 },
      source: words('discogs', 'proxy'),
    },
    afterBudget: true,
  },
  upstream_error: {
    description: 'Discogs answered with an error of its own.',
    samples: [{ code: 'upstream_error', upstreamStatus: 500, message: 'An unexpected error occurred.' }],
    afterBudget: true,
  },
  upstream_invalid: {
    description: 'Discogs answered with something that is no answer; "message" says what to do.',
    samples: [
      { code: 'upstream_invalid', reason: 'html', upstreamStatus: 200 },
      { code: 'upstream_invalid', reason: 'too_large' },
    ],
    members: { reason: words('html', 'json', 'file', 'not_modified', 'too_large', 'encoding', 'blocked') },
    afterBudget: true,
  },
  upstream_unavailable: {
    description: 'Discogs failed several times in a row, so the gateway does not ask it for a moment.',
    samples: [{ code: 'upstream_unavailable', retryAfterSeconds: 8 }],
    afterBudget: true,
  },
  overloaded: {
    description: 'The gateway reads too many large answers at once, and gave this one up.',
    samples: [{ code: 'overloaded', retryAfterSeconds: 5 }],
    afterBudget: true,
  },
  bad_gateway: {
    description: 'Discogs could not be reached. "detail" only where the gateway is set to show it.',
    samples: [{ code: 'bad_gateway', detail: 'ECONNREFUSED: connect ECONNREFUSED' }],
    afterBudget: true,
  },
  timeout: {
    description: 'Discogs did not answer in time. "detail" only where the gateway is set to show it.',
    samples: [{ code: 'timeout', detail: 'TimeoutError: no answer within 10 s' }],
    afterBudget: true,
  },
  internal_error: {
    description: 'A fault of the gateway. "detail" only where the gateway is set to show it.',
    samples: [{ code: 'internal_error', detail: 'TypeError: something is undefined' }],
    alsoHere: true,
  },
  unexpected_status: {
    description: 'Discogs refused the call; the status is that of Discogs, "message" its own words.',
    samples: [
      {
        code: 'unexpected_status',
        upstreamStatus: 403,
        message: "You don't have permission to access this resource.",
      },
    ],
    afterBudget: true,
  },
  server_misconfigured: {
    description: 'A setting of the gateway is missing or unusable; "which" names it.',
    samples: [
      { code: 'server_misconfigured', reason: 'x_api_key_missing' },
      { code: 'server_misconfigured', reason: 'invalid_setting', which: 'CLIENT_KEYS' },
    ],
    members: { reason: words('x_api_key_missing', 'invalid_setting') },
    alsoHere: true,
  },
  secrets_unresolved: {
    description: 'The gateway cannot read one of its secrets at the moment.',
    samples: [{ code: 'secrets_unresolved', which: 'DISCOGS_TOKEN' }],
    members: { which: words('DISCOGS_TOKEN', 'X_API_KEY', 'CLIENT_KEYS') },
    alsoHere: true,
  },
};
