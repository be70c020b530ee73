/** What one mirrored Discogs operation is, as data. Adding an endpoint means adding one of these. */
import type * as z from 'zod/mini';
import type { Parameter } from './parameters.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * Whom Discogs answers: anybody; anybody, but the owner of the data sees more or alone while it is private; anybody with
 * a credential (a user's or an application's); any signed-in user; the `{username}` of the path; the seller. Without a
 * token the gateway serves the first two only.
 */
export type Audience = 'anyone' | 'anyone_owner_sees_more' | 'authenticated' | 'user' | 'owner' | 'seller';

/** False for what Discogs answers without a credential. */
export const needsToken = ({ audience }: Operation): boolean =>
  audience !== 'anyone' && audience !== 'anyone_owner_sees_more';

/** Audiences to whom Discogs answers the same, whoever asks: only these answers may be shared between client keys. */
const SHARED_AUDIENCES: readonly Audience[] = ['anyone', 'authenticated'];

/** The request body of an operation, forwarded to Discogs byte for byte once it has passed the schema. */
export interface OperationBody {
  /** An empty body counts as `{}` when optional. */
  readonly required: boolean;
  readonly description: string;
  /** Members that must exist; answered together as `missing_fields` before any other complaint. */
  readonly requiredFields: readonly string[];
  /** Loose about members that Discogs may add, strict about those it documents. A function, as in a reply. */
  readonly schema: () => z.ZodMiniObject;
  readonly example: Readonly<Record<string, unknown>>;
}

/** A file that a caller sends as the one part of `multipart/form-data`, forwarded to Discogs byte for byte. */
export interface OperationUpload {
  /** Name of the part. */
  readonly part: string;
  readonly mediaType: 'text/csv';
  readonly description: string;
  /** The content of a file. */
  readonly example: string;
}

/** Of the body of a good answer. */
export type ReplyMediaType = 'application/json' | 'text/csv';

/** Headers of Discogs' good answers that are handed on; addresses of Discogs lead to the gateway. */
export type ReplyHeader = 'Location' | 'Last-Modified' | 'Content-Disposition';

/** What Discogs answers on success. */
export interface OperationReply {
  /** Statuses that Discogs documents or was seen to use for success; the first is the usual one. */
  readonly statuses: readonly number[];
  readonly description: string;
  /** A function, so that a cold start does not build schemas that only documents and tests read. Absent: no JSON. */
  readonly schema?: () => z.ZodMiniType;
  /** Absent: JSON. A file is handed on as it is, its addresses too, and is never kept. */
  readonly mediaType?: ReplyMediaType;
  /** What is kept has none of them. */
  readonly headers?: readonly ReplyHeader[];
}

/** One operation of the gateway. */
export interface Operation {
  /** Unique, camelCase, also the OpenAPI operationId where the original named none. */
  readonly id: string;
  /** The operationId of the original's OpenAPI document, kept for GPTs that already use it. */
  readonly originalOperationId?: string;
  /** The short word that traces and KQL group by. */
  readonly entity: string;
  /** `discogs` is forwarded; `gateway` is answered here and never costs a Discogs call. */
  readonly handledBy: 'discogs' | 'gateway';
  /** False for the few that answer without a key, too. */
  readonly needsKey: boolean;
  /** False for what is made for people: a GPT Action takes only JSON, so the OpenAPI document leaves it out. */
  readonly inOpenApi: boolean;
  readonly method: Method;
  /** As Discogs writes it, parameters in braces, without the `/api` prefix. */
  readonly path: string;
  /** At most 300 characters, the limit of a GPT Action. */
  readonly summary: string;
  /** At most 300 characters. */
  readonly description: string;
  /** The section of the Discogs documentation. Absent for what Discogs does not have. */
  readonly documentation?: string;
  /** Decides about `personal`, so no operation goes without. */
  readonly audience: Audience;
  readonly effect: 'read' | 'write' | 'delete';
  /** Seconds that an answer may be kept and shown; 0 for never. Discogs' terms allow 21,600. */
  readonly cacheSeconds: number;
  /** True when the answer belongs to one Discogs user and must never be shared between callers. Follows from `audience`. */
  readonly personal: boolean;
  /** True where rows say whether the token's own user has or wants them: a write of that user makes the answer old. */
  readonly showsOwnership: boolean;
  readonly pathParameters: Readonly<Record<string, Parameter>>;
  readonly query: Readonly<Record<string, Parameter>>;
  /** At least one of these must be given, else `no_supported_search_params`. */
  readonly requireOneOf?: readonly string[];
  readonly body?: OperationBody;
  /** In place of `body`. */
  readonly upload?: OperationUpload;
  readonly reply: OperationReply;
}

type Defaults =
  | 'handledBy'
  | 'needsKey'
  | 'inOpenApi'
  | 'effect'
  | 'cacheSeconds'
  | 'showsOwnership'
  | 'pathParameters'
  | 'query';
type Given = Omit<Operation, Defaults | 'personal'> & Partial<Pick<Operation, Defaults>>;

/** Fills in what most operations share: a public, forwarded read that needs the key and is not kept. */
export function operation(given: Given): Operation {
  return {
    handledBy: 'discogs',
    needsKey: true,
    inOpenApi: true,
    effect: 'read',
    cacheSeconds: 0,
    showsOwnership: false,
    pathParameters: {},
    query: {},
    ...given,
    personal: !SHARED_AUDIENCES.includes(given.audience),
  };
}

/** True for what sends or gets a file, of which a model sees nothing. */
export const hasFile = ({ upload, reply }: Operation): boolean =>
  upload !== undefined || reply.mediaType !== undefined;

/** A link into the Discogs documentation, for example `documentation('database', 'artist')`. */
export const documentation = (page: string, header: string): string =>
  `https://www.discogs.com/developers#page:${page},header:${page}-${header}`;
