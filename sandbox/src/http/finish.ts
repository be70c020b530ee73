/** Last touches that every API answer gets: the form of texts, common headers, JSONP, compression. */
import { gzipSync } from 'node:zlib';
import { withTextFormat } from '../compose/textFormats.ts';
import { json, type Reply, withHeaders } from './reply.ts';

const COMMON = { Server: 'cloudflare', 'CF-RAY': '0000000000000000-KEF', Vary: 'Accept-Encoding' };
/** Releases and masters come without these. */
const CROSS_ORIGIN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Content-Type, authorization, User-Agent, Private-Auth-Secret, Discogs-UID',
  'Access-Control-Allow-Methods': 'HEAD,OPTIONS,GET,OPTIONS',
  'Access-Control-Expose-Headers': 'Location',
  'Content-Language': 'en',
  'X-Content-Type-Options': 'nosniff',
  'X-Discogs-Media-Type': 'discogs.v2',
};
const CALLBACK_NAME = /^[\w$.]{1,128}$/;

/** `cb({"meta": {"status": 200}, "data": {...}})`, as Discogs answers `?callback=cb`. */
function wrapForCallback(reply: Reply, callback: string | null): Reply {
  if (callback === null || !CALLBACK_NAME.test(callback) || reply.json === undefined) return reply;
  const body = `${callback}(${JSON.stringify({ meta: { status: reply.status }, data: reply.json })})`;
  return { ...withHeaders(reply, { 'Content-Type': 'text/javascript' }), body: Buffer.from(body) };
}

const gzipWanted = (acceptEncoding: string | undefined): boolean =>
  /(^|[,\s])(gzip|\*)\s*(;\s*q=(1|0?\.\d*[1-9]))?\s*($|,)/i.test(acceptEncoding ?? '');

function formatted(reply: Reply, accept: string | undefined): Reply {
  const body = reply.status === 200 ? withTextFormat(reply.json, accept) : undefined;
  return body === undefined ? reply : json(200, body, { ...reply.headers });
}

export function finishReply(
  reply: Reply,
  path: string,
  query: URLSearchParams,
  rate: Readonly<Record<string, string>>,
  { accept, acceptEncoding }: { accept: string | undefined; acceptEncoding: string | undefined },
): Reply {
  const fewHeaders = path.startsWith('/releases/') || path.startsWith('/masters/');
  const dressed = withHeaders(wrapForCallback(formatted(reply, accept), query.get('callback')), {
    ...COMMON,
    ...(fewHeaders ? {} : CROSS_ORIGIN),
    ...(reply.status === 200 ? { 'Cache-Control': 'public, must-revalidate' } : {}),
    ...rate,
  });
  if (dressed.body.length === 0 || !gzipWanted(acceptEncoding)) return dressed;
  return { ...withHeaders(dressed, { 'Content-Encoding': 'gzip' }), body: gzipSync(dressed.body) };
}
