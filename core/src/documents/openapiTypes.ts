/** The parts of OpenAPI 3.1 that the document uses. */

import type { JsonSchema } from '../catalog/jsonSchema.ts';
import type { ReplyMediaType } from '../catalog/operation.ts';

export type { JsonSchema } from '../catalog/jsonSchema.ts';

/** A pointer into `components`. */
export interface OpenApiReference {
  readonly $ref: string;
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#parameter-object */
export interface OpenApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

/** Bodies by media type. */
export type OpenApiContent = Readonly<
  Partial<
    Record<
      ReplyMediaType | 'multipart/form-data',
      { readonly schema: JsonSchema; readonly example?: unknown; readonly encoding?: JsonSchema }
    >
  >
>;

/** @see https://spec.openapis.org/oas/v3.1.1.html#response-object */
export interface OpenApiResponse {
  readonly description: string;
  readonly headers: Readonly<Record<string, OpenApiReference>>;
  readonly content?: OpenApiContent;
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#request-body-object */
export interface OpenApiRequestBody {
  readonly required: boolean;
  readonly description: string;
  readonly content: OpenApiContent;
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#operation-object */
export interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly externalDocs?: { readonly url: string };
  /** Whether ChatGPT always asks its user before the call. */
  readonly 'x-openai-isConsequential': boolean;
  readonly security?: readonly [];
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: OpenApiRequestBody;
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#header-object */
export interface OpenApiHeader {
  readonly description: string;
  readonly schema: JsonSchema;
  readonly required?: true;
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#openapi-object */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly contact: { readonly name: string };
    readonly license: { readonly name: string; readonly identifier: string };
  };
  readonly externalDocs: { readonly description: string; readonly url: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly servers: readonly [{ readonly url: string }];
  readonly security: readonly Readonly<Record<string, readonly []>>[];
  /** Operations by path and lower-case method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>;
    readonly headers: Readonly<Record<string, OpenApiHeader>>;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
  };
}
