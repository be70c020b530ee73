/** @see https://developers.cloudflare.com/workers/runtime-apis/ */
declare module 'cloudflare:workers' {
  /** Keeps the event that is being handled alive until `work` has ended. */
  export function waitUntil(work: Promise<unknown>): void;

  /** An object that exists once, whichever isolate asks. */
  export class DurableObject {
    constructor(state: unknown, bindings: unknown);
  }

  /** An object whose methods can be called from another isolate. */
  export class RpcTarget {}
}
