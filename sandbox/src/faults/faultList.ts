/** The rules in force; the oldest that matches a request strikes it. */
import type { Fault, FaultRule } from './rule.ts';

const DEFAULT_TIMES = 1;

export interface FaultList {
  add(rule: FaultRule): void;
  /** The fault for this request, one use of its rule spent. */
  take(method: string, path: string, query: string): Fault | undefined;
  clear(): void;
  /** Rules with the uses they have left; 0 means until cleared. */
  all(): readonly (FaultRule & { remaining: number })[];
}

export function createFaultList(): FaultList {
  let active: (FaultRule & { remaining: number })[] = [];
  return {
    add(rule) {
      active.push({ ...rule, remaining: rule.times ?? DEFAULT_TIMES });
    },
    take(method, path, query) {
      const struck = active.find(
        (rule) =>
          (rule.method ?? method) === method &&
          path.startsWith(rule.path ?? '') &&
          query.includes(rule.query ?? ''),
      );
      if (struck === undefined) return undefined;
      if (struck.remaining === 1) active = active.filter((rule) => rule !== struck);
      else if (struck.remaining > 1) struck.remaining--;
      return struck.fault;
    },
    clear() {
      active = [];
    },
    all: () => active,
  };
}
