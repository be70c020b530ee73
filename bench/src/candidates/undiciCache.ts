/** Process: (d) with undici's own cache, and its merging of identical concurrent calls behind it. */
import { interceptors } from 'undici';
import { serveForwarder } from './forwarder.ts';

/** As long as this gateway keeps a release. In milliseconds, which the documentation does not say. */
const KEEP_MS = 21_600_000;

await serveForwarder((pool) =>
  // The last one is the outermost: what the cache does not know is merged.
  pool.compose(interceptors.deduplicate(), interceptors.cache({ cacheByDefault: KEEP_MS })),
);
