/** Strict reading of a JSON object: every field is asked for by name, leftovers are an error. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isRecord } from '../isRecord.ts';

/** A fault rule that cannot be used; the message names the field. */
export class InvalidRule extends Error {
  override readonly name = 'InvalidRule';
}

export interface FieldReader {
  has(field: string): boolean;
  text(field: string): string;
  integer(field: string, min: number, max: number): number;
  choice<T extends string>(field: string, choices: readonly T[]): T;
  headers(field: string): Record<string, string>;
  object(field: string): FieldReader;
  /** Throws when a field was sent that nobody asked for. */
  end(): void;
}

function checkHeader(where: string, name: string, value: unknown): string {
  if (typeof value !== 'string') throw new InvalidRule(`${where}.${name}: expected a string`);
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    throw new InvalidRule(`${where}.${name}: not a valid HTTP header`);
  }
  return value;
}

/** `where` is the path to the object, empty for the outermost one. */
export function readFields(value: unknown, where: string): FieldReader {
  if (!isRecord(value)) throw new InvalidRule(`${where || 'rule'}: expected an object`);
  const asked = new Set<string>();
  const nameOf = (field: string): string => (where === '' ? field : `${where}.${field}`);
  const take = (field: string): unknown => {
    asked.add(field);
    return value[field];
  };
  const fail = (field: string, expected: string): never => {
    throw new InvalidRule(`${nameOf(field)}: expected ${expected}`);
  };
  return {
    has: (field) => value[field] !== undefined,
    text(field) {
      const text = take(field);
      return typeof text === 'string' ? text : fail(field, 'a string');
    },
    integer(field, min, max) {
      const number = take(field);
      return typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max
        ? number
        : fail(field, `an integer from ${min} to ${max}`);
    },
    choice(field, choices) {
      const text = take(field);
      return choices.find((choice) => choice === text) ?? fail(field, `one of ${choices.join(', ')}`);
    },
    headers(field) {
      const headers = take(field);
      if (!isRecord(headers)) return fail(field, 'an object of header names and values');
      const checked = Object.entries(headers).map(([name, text]) => [
        name,
        checkHeader(nameOf(field), name, text),
      ]);
      return Object.fromEntries(checked);
    },
    object: (field) => readFields(take(field), nameOf(field)),
    end() {
      const unknown = Object.keys(value).find((field) => !asked.has(field));
      if (unknown !== undefined) throw new InvalidRule(`${nameOf(unknown)}: unknown field`);
    },
  };
}
