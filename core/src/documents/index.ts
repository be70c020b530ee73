/** Documents made from the catalog. A separate entry, so that no host loads them to answer a call. */
export { endpointsPage } from './endpoints.ts';
export { type ExampleBody, exampleBody } from './exampleBody.ts';
export { gptDocument, gptOperations } from './gptDocument.ts';
export {
  HOST_PLACEHOLDER,
  type OpenApiDocumentOptions,
  openApiDocument,
  programOperations,
  proxyOperations,
  SERVER_URL,
} from './openapi.ts';
export { operationIdOf } from './openapiOperation.ts';
export type {
  JsonSchema,
  OpenApiContent,
  OpenApiDocument,
  OpenApiOperation,
  OpenApiParameter,
  OpenApiResponse,
} from './openapiTypes.ts';
export { requestsFile } from './requests.ts';
export { servedDocument } from './served.ts';
export { shortDocument } from './shortDocument.ts';
