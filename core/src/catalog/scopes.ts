/** The rights that a signed-in user can give to an app, and which one an operation needs. */
import type { Operation } from './operation.ts';

export const SCOPES = ['read', 'collection:write', 'marketplace:write'] as const;
export type Scope = (typeof SCOPES)[number];

const SELLING = /^\/(?:marketplace|inventory)\//;

/** Follows from the operation, so that none can be added without one. */
export const scopeOf = ({ effect, path }: Pick<Operation, 'effect' | 'path'>): Scope => {
  if (effect === 'read') return 'read';
  return SELLING.test(path) ? 'marketplace:write' : 'collection:write';
};
