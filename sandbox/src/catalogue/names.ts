/** Gives every artist or label name one id: the known one, or the next composed one in order of first mention. */
import type { NamedEntity } from './model.ts';

export interface Names {
  named(name: string): NamedEntity;
  all(): readonly NamedEntity[];
}

export function createNames(known: readonly { name: string; id?: number }[], firstComposedId: number): Names {
  const entities = new Map<string, NamedEntity>();
  let nextId = firstComposedId;
  const add = (name: string, id: number): NamedEntity => {
    const entity = { id, name };
    entities.set(name, entity);
    return entity;
  };
  for (const fact of known) add(fact.name, fact.id ?? nextId++);
  return {
    named: (name) => entities.get(name) ?? add(name, nextId++),
    all: () => [...entities.values()],
  };
}
