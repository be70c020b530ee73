/**
 * HTTP in front of one Azure Function, inside its process. Routing and the normalisation of paths are left out: in
 * Azure they belong to the host, another process, and would be counted as the gateway's own.
 */
import { createServer, type Server } from 'node:http';
import type { RpcHttp } from '../../../az-function/local/functionsCore.ts';
import type { HttpFunction } from '../../../az-function/local/httpFunction.ts';

/** The function that mirrors the path of nearly all benchmark calls, under the same name in both apps. */
const FUNCTION = 'getRelease';
/** The function of the entry point for agents, and what its paths begin with. */
const GPT_FUNCTION = 'gpt';
const GPT_PATH = '/api/gpt/';
const NO_BYTES = new Uint8Array(0);

function toRpcHttp(method: string, url: string, rawHeaders: readonly string[], address: string): RpcHttp {
  const headers: Record<string, string> = { 'x-forwarded-for': address };
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers[(rawHeaders[index] ?? '').toLowerCase()] = rawHeaders[index + 1] ?? '';
  }
  return {
    method,
    url: `http://${headers['host']}${url}`,
    headers,
    query: {},
    params: url.startsWith(GPT_PATH)
      ? { path: url.slice(GPT_PATH.length) }
      : { release_id: url.slice(url.lastIndexOf('/') + 1) },
  };
}

/** A server that hands every request to the app's release function, or to `gpt`. `answered` is told after each answer. */
export function createFront(functions: readonly HttpFunction[], answered: () => void = () => {}): Server {
  const find = (wanted: string) => functions.find(({ name }) => name === wanted);
  const [release, gpt] = [find(FUNCTION), find(GPT_FUNCTION)];
  if (!release) throw new Error(`the app has no function ${FUNCTION}`);
  return createServer(async ({ method = '', url = '', rawHeaders, socket }, response) => {
    try {
      const target = url.startsWith(GPT_PATH) && gpt ? gpt : release;
      const answer = await target.invoke(toRpcHttp(method, url, rawHeaders, `${socket.remoteAddress}:1`));
      const body = answer?.body?.bytes ?? NO_BYTES;
      response.writeHead(Number(answer?.statusCode ?? 204), {
        ...answer?.headers,
        'content-length': body.length,
      });
      response.end(body, answered);
    } catch (error) {
      console.error(error);
      response.destroy();
    }
  });
}
