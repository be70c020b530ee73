/** @see https://developers.cloudflare.com/workers/runtime-apis/context/#waituntil */
declare module 'cloudflare:workers' {
  /** Keeps the event that is being handled alive until `work` has ended. */
  export function waitUntil(work: Promise<unknown>): void;
}
