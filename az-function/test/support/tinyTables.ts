/** As much of the Tables protocol as the stores need, with ETags, and with troubles that Azurite does not have. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connectionStringAt } from '../../../core/test/support/azurite.ts';

/** A running stand-in. */
export interface TinyTables {
  readonly connectionString: string;
  /** By how much its clock is ahead. */
  aheadMs: number;
  /** The next calls are answered with this status instead. */
  fails: { status: number; calls: number };
  operations: number;
  /** Kept answers, in all tables. */
  readonly answers: number;
  leavesOutETags: boolean;
  close(): Promise<void>;
}

type Entity = Readonly<Record<string, string | undefined>>;
type Table = Map<string, { readonly etag: string; readonly body: object }>;

/** Comparisons of text, joined by `and`. Whoever asks for more hears of it. */
function filterOf(filter: string): (entity: Entity) => boolean {
  const comparisons = filter.split(' and ').map((part) => {
    const [, name = '', operator, value = ''] = /^(\w+) (eq|le|lt) '([^']*)'$/.exec(part) ?? [];
    if (!operator) throw new Error(`this stand-in understands no ${part}`);
    return (entity: Entity): boolean => {
      const found = entity[name];
      if (found === undefined) return false;
      return operator === 'eq' ? found === value : operator === 'le' ? found <= value : found < value;
    };
  });
  return (entity) => comparisons.every((holds) => holds(entity));
}

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

/** Starts it. */
export async function startTinyTables(): Promise<TinyTables> {
  const tables = new Map<string, Table>();
  let writes = 0;

  function send(response: ServerResponse, status: number, body?: object, etag?: string): void {
    const date = new Date(Date.now() + state.aheadMs).toUTCString();
    response.writeHead(status, {
      date,
      'content-type': 'application/json;odata=minimalmetadata',
      ...(etag === undefined ? {} : { etag }),
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }
  const fail = (response: ServerResponse, status: number, code: string): void =>
    send(response, status, { 'odata.error': { code, message: { lang: 'en-US', value: code } } });

  /** As many as `$top` says, in the order of their keys, and where the next page begins. */
  function list(table: Table, request: IncomingMessage, response: ServerResponse): void {
    const { searchParams } = new URL(request.url ?? '/', 'http://x');
    const isMeant = filterOf(searchParams.get('$filter') ?? '');
    const from = searchParams.get('NextRowKey') ?? '';
    const found = [...table.values()]
      .map(({ etag, body }) => ({ ...(state.leavesOutETags ? {} : { 'odata.etag': etag }), ...body }))
      .filter((entity: Entity) => isMeant(entity) && (entity['RowKey'] ?? '') >= from)
      .sort((a: Entity, b: Entity) => ((a['RowKey'] ?? '') < (b['RowKey'] ?? '') ? -1 : 1));
    const top = Number(searchParams.get('$top') ?? 1000);
    const next: Entity | undefined = found[top];
    if (next) {
      response.setHeader('x-ms-continuation-NextPartitionKey', next['PartitionKey'] ?? '');
      response.setHeader('x-ms-continuation-NextRowKey', next['RowKey'] ?? '');
    }
    send(response, 200, { value: found.slice(0, top) });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    state.operations += 1;
    if (state.fails.calls > 0) {
      state.fails.calls -= 1;
      return fail(response, state.fails.status, 'ServerBusy');
    }
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname).split('/')[2] ?? '';
    if (path === 'Tables') {
      const { TableName } = JSON.parse(body) as { TableName: string };
      if (tables.has(TableName)) return fail(response, 409, 'TableAlreadyExists');
      tables.set(TableName, new Map());
      return send(response, 201, { TableName });
    }
    const [name = '', row = ''] = path.split(/(?=\()/);
    const table = tables.get(name);
    if (!table) return fail(response, 404, 'TableNotFound');
    const put = (key: string): void => {
      writes += 1;
      const etag = `W/"datetime'${writes}'"`;
      const kept = request.method === 'PATCH' ? table.get(key)?.body : {};
      table.set(key, { etag, body: { ...kept, ...(JSON.parse(body) as object) } });
      send(response, 204, undefined, etag);
    };
    if (request.method === 'GET' && row === '()') return list(table, request, response);
    const expected = request.headers['if-match'];
    if (request.method === 'PUT' && expected === undefined) return put(row);
    if (request.method === 'POST') {
      const { PartitionKey, RowKey } = JSON.parse(body) as Record<string, string>;
      const key = `(PartitionKey='${PartitionKey}',RowKey='${RowKey}')`;
      return table.has(key) ? fail(response, 409, 'EntityAlreadyExists') : put(key);
    }
    const entity = table.get(row);
    if (!entity) return fail(response, 404, 'ResourceNotFound');
    if (request.method === 'GET')
      return send(
        response,
        200,
        state.leavesOutETags ? entity.body : { 'odata.etag': entity.etag, ...entity.body },
      );
    if (expected !== entity.etag && expected !== '*')
      return fail(response, 412, 'UpdateConditionNotSatisfied');
    if (request.method !== 'DELETE') return put(row);
    table.delete(row);
    return send(response, 204);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const state: TinyTables = {
    connectionString: connectionStringAt(typeof address === 'object' && address ? address.port : 0),
    aheadMs: 0,
    fails: { status: 503, calls: 0 },
    operations: 0,
    get answers() {
      const entities = [...tables.values()].flatMap((table) => [...table.values()]);
      return entities.filter(({ body }) => 'piece0' in body && 'putAt' in body).length;
    },
    leavesOutETags: false,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
  return state;
}
