/** Members of a body as Discogs documents them, where clients write them as text. */
import * as z from 'zod/mini';
import { sameWord } from '../../catalog/parameters.ts';

/** More digits than JSON's numbers keep are left as they are, and refused by the schema. */
const NUMBER = /^-?[0-9]{1,15}(\.[0-9]{1,10})?$/;

function readValue(schema: z.core.$ZodType, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (schema instanceof z.ZodMiniOptional) return readValue(schema.def.innerType, value);
  if (schema instanceof z.ZodMiniNumber) return NUMBER.test(value) ? Number(value) : value;
  if (schema instanceof z.ZodMiniBoolean) return sameWord(['true', 'false'], value)?.startsWith('t') ?? value;
  if (schema instanceof z.ZodMiniEnum) return sameWord(schema.options.map(String), value) ?? value;
  return value;
}

/** `json` with numbers, booleans and listed words as the schema wants them; undefined where nothing changes. */
export function readBodyValues(schema: z.ZodMiniObject, json: object): object | undefined {
  const changed = Object.entries(json).flatMap(([name, value]) => {
    const member = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
    const read = member === undefined ? value : readValue(member, value);
    return read === value ? [] : [[name, read] as const];
  });
  return changed.length === 0 ? undefined : { ...json, ...Object.fromEntries(changed) };
}
