/** Reply schemas as JSON Schema: one named component for each schema that the catalog exports. */
import type * as z from 'zod/mini';
import { type JsonSchema, jsonSchema } from '../catalog/jsonSchema.ts';
import * as database from '../catalog/replies/database.ts';
import * as gateway from '../catalog/replies/gateway.ts';
import * as marketplace from '../catalog/replies/marketplace.ts';
import * as shared from '../catalog/replies/shared.ts';
import * as user from '../catalog/replies/user.ts';

type SchemaFunction = () => z.ZodMiniType;

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const functions: readonly (readonly [string, SchemaFunction])[] = Object.entries<SchemaFunction>({
  ...shared,
  ...database,
  ...user,
  ...marketplace,
  ...gateway,
}).map(([name, schema]) => [capitalized(name), schema]);

/** `{ $ref }` to a schema component. */
export const schemaReference = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

const isRecord = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Puts a reference where a named schema stands. Each call of a schema function builds a new schema, so parts are
 * recognised by their content.
 */
function withReferences(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, names));
  if (!isRecord(value)) return value;
  const name = names.get(JSON.stringify(value));
  return name === undefined ? membersWithReferences(value, names) : schemaReference(name);
}

const membersWithReferences = (schema: JsonSchema, names: ReadonlyMap<string, string>): JsonSchema =>
  Object.fromEntries(Object.entries(schema).map(([key, member]) => [key, withReferences(member, names)]));

/** The components of all replies, by name. */
export function replySchemas(): Readonly<Record<string, JsonSchema>> {
  const schemas = functions.map(([name, schema]) => [name, jsonSchema(schema())] as const);
  const names = new Map(schemas.map(([name, schema]) => [JSON.stringify(schema), name]));
  return Object.fromEntries(schemas.map(([name, schema]) => [name, membersWithReferences(schema, names)]));
}

const nameOf = new Map(functions.map(([name, schema]) => [schema, name]));

/** The schema of a reply: a reference where the catalog's replies export it, else the schema itself. */
export function replySchema(schema: SchemaFunction): JsonSchema {
  const name = nameOf.get(schema);
  return name === undefined ? jsonSchema(schema()) : { ...schemaReference(name) };
}
