/** Variables whose values an owner keeps in a vault, as the platform hands them over. */
import { type Environment, isUnresolvedReference, type SettingProblem } from '@discogs-agent/core';

const NOT_RESOLVED =
  'is a Key Vault reference that is not resolved: check that the secret exists and that the app may read it, then restart the app';

/**
 * The variables without references that the platform could not resolve, and a problem for each. A reference is no value:
 * as a secret it would be a text that others know, and a key that is missing for a while must not make another one seal.
 */
export function withoutUnresolved(
  variables: Environment,
  names: readonly string[],
): { readonly variables: Environment; readonly problems: readonly SettingProblem[] } {
  const unresolved = names.filter((name) => isUnresolvedReference(variables[name]?.trim() ?? ''));
  const blanked = Object.fromEntries(unresolved.map((name) => [name, undefined]));
  return {
    variables: { ...variables, ...blanked },
    problems: unresolved.map((variable) => ({ variable, fix: NOT_RESOLVED })),
  };
}

/** What stands in front of the problems that a reader has found: a variable has one problem, and the first is the cause. */
export function problemsOf(
  first: readonly SettingProblem[],
  found: readonly SettingProblem[],
): readonly SettingProblem[] {
  const known = new Set(first.map(({ variable }) => variable));
  return [...first, ...found.filter(({ variable }) => !known.has(variable))];
}
