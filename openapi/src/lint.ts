/** What a GPT Action would refuse, drop or ask about again and again, found before anybody imports the document. */
import { documentRules } from './lint/documentRules.ts';
import { isObject } from './lint/json.ts';
import { operationRules } from './lint/operationRules.ts';
import { placesOf } from './lint/operations.ts';
import { parameterRules } from './lint/parameterRules.ts';

/**
 * The problems of an OpenAPI document, one sentence each; none means that it can be imported.
 *
 * @example
 * lintForGptActions(JSON.parse(await readFile('proxy.json', 'utf8'))); // []
 * @see https://developers.openai.com/api/docs/actions/production.md
 */
export function lintForGptActions(document: unknown): string[] {
  if (!isObject(document)) return ['the document is not an object'];
  const rules = [...operationRules, parameterRules];
  return [
    ...documentRules.flatMap((rule) => rule(document)),
    ...placesOf(document).flatMap((place) =>
      rules.flatMap((rule) => rule(place)).map((problem) => `${place.name}: ${problem}`),
    ),
  ];
}
