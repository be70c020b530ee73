/** Parts of an app that are loaded when they are first used, so that a cold start does not wait for them. */

/** A part, loaded or not. */
export interface Lazy<T> {
  /** Loads it once for all; a load that failed is repeated by the next call. */
  get(): Promise<T>;
  /** Undefined before it is loaded. */
  loaded(): T | undefined;
}

/** Loads nothing yet. */
export function lazy<T>(load: () => Promise<T>): Lazy<T> {
  let loading: Promise<T> | undefined;
  let loaded: T | undefined;
  return {
    loaded: () => loaded,
    async get() {
      loading ??= load();
      try {
        loaded = await loading;
        return loaded;
      } catch (error) {
        loading = undefined;
        throw error;
      }
    },
  };
}
