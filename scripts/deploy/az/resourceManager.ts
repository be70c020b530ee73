/** Calls of Azure Resource Manager for which the CLI has no command of its own. */
import type { z } from 'zod';
import { asciiJson } from '../asciiJson.ts';
import type { Outcome } from '../outcome.ts';
import type { World } from '../world.ts';
import { az } from './az.ts';

/** `path` begins with `/subscriptions/` and has its `api-version`. */
export const getResource = <T>(world: World, doing: string, path: string, schema: z.ZodType<T>) =>
  az(world, { doing, args: ['rest', '--method', 'get', '--url', path] }, schema);

/** The body is standard input: quotes do not survive every shell. */
export const postResource = <T>(
  world: World,
  doing: string,
  path: string,
  body: unknown,
  schema: z.ZodType<T>,
): Promise<Outcome<T>> =>
  az(
    world,
    { doing, args: ['rest', '--method', 'post', '--url', path, '--body', '@-'], input: asciiJson(body) },
    schema,
  );
