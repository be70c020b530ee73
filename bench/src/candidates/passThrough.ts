/** Process: (d), the least that a forwarding Node process can do. */
import { serveForwarder } from './forwarder.ts';

await serveForwarder((pool) => pool);
