/** Lists the operations of a document. */
import { isObject, type JsonObject, objectAt } from './json.ts';

/** An operation and where it stands. */
export interface Place {
  /** `GET /releases/{release_id}`: how problems name it. */
  readonly name: string;
  readonly path: string;
  readonly method: string;
  readonly operation: JsonObject;
}

/** Everything under every path, whether its key is a method or not. */
export function placesOf(document: JsonObject): readonly Place[] {
  return Object.entries(objectAt(document, 'paths')).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {}).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      method,
      operation: isObject(operation) ? operation : {},
    })),
  );
}
