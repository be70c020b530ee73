/** The OpenAPI document of the gateway: how it is made and what it must obey. */
export { type GeneratedOpenApi, generateGptAction, generateOpenApi, writeOpenApi } from './generate.ts';
export { lintForGptActions } from './lint.ts';
