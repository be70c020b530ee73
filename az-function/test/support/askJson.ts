/** Requests as a table writes them: `METHOD /path`, with a JSON body where there is one. */
import type { Reply } from './send.ts';
import type { TestGateway } from './testGateway.ts';

/** Asks with the key. `gateway` is looked up at each request: a test opens it after its tables are made. */
export const askJson =
  (gateway: () => TestGateway) =>
  (request: string, body?: unknown): Promise<Reply> => {
    const [method = '', path = ''] = request.split(' ');
    if (body === undefined) return gateway().ask(path, { method });
    const headers = { 'content-type': 'application/json' };
    return gateway().ask(path, { method, headers, body: JSON.stringify(body) });
  };
