/** Calls of Azure Resource Manager for which the CLI has no command of its own. */
import type { z } from 'zod';
import { asciiJson } from '../asciiJson.ts';
import type { DeployContext } from '../deployContext.ts';
import type { Outcome } from '../outcome.ts';
import { az } from './az.ts';

/** `path` begins with `/subscriptions/` and has its `api-version`. */
export const getResource = <T>(context: DeployContext, doing: string, path: string, schema: z.ZodType<T>) =>
  az(context, { doing, args: ['rest', '--method', 'get', '--url', path] }, schema);

/** The body is standard input: quotes do not survive every shell. */
export const postResource = <T>(
  context: DeployContext,
  doing: string,
  path: string,
  body: unknown,
  schema: z.ZodType<T>,
): Promise<Outcome<T>> =>
  az(
    context,
    { doing, args: ['rest', '--method', 'post', '--url', path, '--body', '@-'], input: asciiJson(body) },
    schema,
  );
