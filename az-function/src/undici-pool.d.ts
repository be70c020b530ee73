/** undici publishes no types for these paths; loading only them saves a third of the client's load time. */
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';
  export default Pool;
}

declare module 'undici/lib/api/api-request.js' {
  import type { Dispatcher, Pool } from 'undici';
  export default function request(
    this: Pool,
    options: Dispatcher.RequestOptions,
  ): Promise<Dispatcher.ResponseData>;
}
