/** The OpenAPI documents of the gateway: how they are made and what they must obey. */
export { type DocumentName, type GeneratedOpenApi, generateOpenApi, writeOpenApi } from './generate.ts';
export { lintForGptActions } from './lint.ts';
