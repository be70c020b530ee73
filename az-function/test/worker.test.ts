/** The worker double against a small app, in the cases in which the real worker surprises. */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rawRequest } from './support/rawRequest.ts';
import { removeTemporaryFolders, temporaryFolder } from './support/unpackedApp.ts';
import { startWorkerProcess, type WorkerProcess } from './support/workerProcess.ts';

const library = pathToFileURL(createRequire(import.meta.url).resolve('@azure/functions')).href;
const IMPORT = `import library from '${library}'; const { app } = library;`;

const ODD = `${IMPORT}
const answers = {
  nothing: () => undefined,
  text: () => 'text',
  throws: () => { throw new Error('secret detail'); },
  status: () => ({ status: 700 }),
  short: () => ({ body: 'body', headers: { 'content-length': '3' } }),
  long: () => ({ body: 'body', headers: { 'content-length': '5' } }),
  chunked: () => ({ body: 'body', headers: { 'transfer-encoding': 'chunked' } }),
  empty: () => ({ status: 200 }),
  announced: () => ({ headers: { 'content-length': '42' } }),
  cached: () => ({ status: 304, body: 'x', headers: { etag: '"e"', 'content-length': '42' } }),
  cookies: () => ({ headers: [['set-cookie', 'a=1'], ['set-cookie', 'b=2']] }),
  hooked: () => ({ body: 'handler' }),
};
for (const [name, handler] of Object.entries(answers)) app.http(name, { methods: ['GET', 'HEAD'], handler });
app.http('echo', {
  route: 'echo/{*rest}',
  methods: ['GET', 'POST'],
  handler: async (request, context) => {
    context.warn('said', { by: 'handler' });
    const { url, params } = request;
    const headers = Object.fromEntries(request.headers);
    const body = request.body === null ? null : await request.text();
    const { traceParent } = context.traceContext;
    return { jsonBody: { url, params, headers, q: request.query.get('q'), body, traceParent } };
  },
});
app.hook.appStart(() => console.log('appStart hook'));
app.hook.preInvocation((context) => {
  if (context.invocationContext.functionName === 'hooked') context.functionHandler = () => ({ body: 'hook' });
});
app.hook.postInvocation((context) => {
  if (context.invocationContext.functionName === 'hooked') context.result.body += ' and hook';
});
try { app.http('echo', { handler: () => {} }); } catch (error) { console.log(error.message); }
setTimeout(() => { try { app.http('late', { handler: () => {} }); } catch (error) { console.log(error.message); } }, 50);
`;

const running: WorkerProcess[] = [];

async function start(main: string, files: Readonly<Record<string, string>>): Promise<WorkerProcess> {
  const folder = await temporaryFolder();
  for (const [name, code] of Object.entries({
    ...files,
    'package.json': JSON.stringify({ type: 'module', main }),
  })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), code);
  }
  const app = await startWorkerProcess(folder);
  running.push(app);
  return app;
}

afterAll(async () => {
  await Promise.all(running.map((app) => app.close()));
  await removeTemporaryFolders();
});

describe('an answer', () => {
  let app: WorkerProcess;
  beforeAll(async () => {
    app = await start('main.js', { 'main.js': ODD });
  });
  const get = (name: string, method = 'GET') => rawRequest(app.url, `/api/${name}`, { method });

  it('is 204 where the handler returns nothing', async () => {
    expect(await get('nothing')).toMatchObject({ status: 204, body: '' });
  });

  for (const [name, why] of [
    ['text', 'returns a string'],
    ['throws', 'throws'],
    ['status', 'returns a status outside 200 to 599'],
    ['short', 'announces less than it sends'],
  ] as const) {
    it(`is a 500 that says so where the handler ${why}`, async () => {
      const answer = await get(name);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([
        500,
        { error: 'internal_error', message: expect.any(String) },
      ]);
    });
  }

  for (const [name, why] of [
    ['long', 'announces more than it sends'],
    ['chunked', 'names a transfer encoding'],
  ] as const) {
    it(`is cut where the handler ${why}`, async () => {
      await expect(get(name)).rejects.toThrow('socket hang up');
    });
  }

  it('has the length 0 where there is no body', async () => {
    expect(await get('empty')).toMatchObject({ status: 200, headers: { 'content-length': '0' } });
  });

  it('keeps the announced length for HEAD and for 304, without a body', async () => {
    const headers = { 'content-length': '42' };
    expect(await get('announced', 'HEAD')).toMatchObject({ status: 200, body: '', headers });
    expect(await get('cached')).toMatchObject({
      status: 304,
      body: '',
      headers: { ...headers, etag: '"e"' },
    });
  });

  it('keeps only the last of two cookies', async () => {
    expect((await get('cookies')).headers['set-cookie']).toEqual(['b=2']);
  });

  it('may be changed by hooks', async () => {
    expect((await get('hooked')).body).toBe('hook and hook');
    expect(app.output()).toContain('appStart hook');
  });

  it('is 405 for a method that is not listed, and names those that are', async () => {
    const { status, headers, body } = await get('empty', 'DELETE');
    expect([status, headers['allow'], JSON.parse(body).error]).toEqual([
      405,
      'GET, HEAD',
      'method_not_allowed',
    ]);
  });
});

describe('a request', () => {
  let app: WorkerProcess;
  beforeAll(async () => {
    app = await start('main.js', { 'main.js': ODD });
  });
  const echo = async (path: string, options: Parameters<typeof rawRequest>[2] = {}) =>
    JSON.parse((await rawRequest(app.url, `/api/echo${path}`, options)).body);

  it('arrives with repeated headers and query names joined, and with its own query in the URL', async () => {
    const seen = await echo('/a%2fb/?q=1&q=2&r=%C3%B6', {
      headers: { 'X-Multi': ['Bar', 'baz'], 'x-empty': '' },
    });
    expect(seen.headers).toMatchObject({ 'x-multi': 'Bar,baz', 'x-empty': '' });
    expect([seen.q, seen.url, seen.params]).toEqual([
      '1,2',
      `${app.url}/api/echo/a%2fb/?q=1&q=2&r=%C3%B6`,
      { rest: 'a%2fb/' },
    ]);
  });

  it('has its body only where the length was announced', async () => {
    expect((await echo('', { method: 'POST', body: 'text' })).body).toBe('text');
    const chunked = await echo('', { method: 'POST', body: ['text'] });
    expect([chunked.body, chunked.headers['transfer-encoding']]).toEqual([null, 'chunked']);
    expect((await echo('', { method: 'POST', body: '' })).body).toBeNull();
  });

  it('loses its body with GET, and the library says so', async () => {
    expect((await echo('', { body: 'text' })).body).toBeNull();
    expect(app.output()).toMatch(/\[system\.warning\] Discarding the body/);
  });

  it('continues the trace of its caller with a span of its own', async () => {
    const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { traceParent } = await echo('', { headers: { traceparent: parent } });
    expect(traceParent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
    expect(traceParent).not.toBe(parent);
    expect((await echo('')).traceParent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  it('has lines of the log with its level, objects as text', async () => {
    await echo('');
    expect(app.output()).toContain("[user.warning] said { by: 'handler' }");
  });
});

describe('an entry point', () => {
  const ONE = `${IMPORT} app.http('one', { handler: () => ({ body: 'one' }) });`;

  it('may be a pattern that fits several files', async () => {
    const files = { 'dist/index.js': ONE, 'dist/functions/two.js': ONE.replaceAll('one', 'two') };
    const app = await start('dist/{index.js,functions/*.js}', files);
    expect(app.functions.map(({ name, methods }) => [name, methods])).toEqual([
      ['one', ['GET', 'POST']],
      ['two', ['GET', 'POST']],
    ]);
  });

  it('that throws before it registers a function leaves an app without functions', async () => {
    const app = await start('main.js', { 'main.js': `throw new Error('too early');\n${ONE}` });
    expect(app.functions).toEqual([]);
    expect(app.output()).toContain('too early');
    expect((await rawRequest(app.url, '/api/one')).status).toBe(404);
  });

  it('that throws after it registered one fails the app', async () => {
    const late = start('main.js', { 'main.js': `${ONE}\nthrow new Error('too late');` });
    await expect(late).rejects.toThrow(/the worker ended with 1: (?:.|\n)*too late/);
  });

  it('cannot register a name twice, nor anything after the start', async () => {
    const app = await start('main.js', { 'main.js': ODD });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(app.output()).toContain('A function with id "echo" has already been registered.');
    expect(app.output()).toContain('A function can only be registered during app startup.');
  });
});
