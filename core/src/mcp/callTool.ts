/** Calls a tool through the door for agents, so that key, limits, cache and traces are those of every other call. */

import { GPT_PREFIX, type GptDoor } from '../gpt/gptDoor.ts';
import { encodeQuery } from '../gpt/inner.ts';
import type { Answer, Call } from '../lib/call.ts';
import { type Members, object, text } from '../lib/looseJson.ts';
import { type ConnectorTool, connectorTools } from './connectorTools.ts';
import { operationTools } from './operationTools.ts';
import type { Arguments, Tool } from './tool.ts';

/** As the protocol wants it. Clients of older SDKs throw on structured content beside an error. */
export type ToolResult =
  | {
      readonly isError?: never;
      readonly content: readonly TextContent[];
      readonly structuredContent: Members;
    }
  | {
      readonly isError: true;
      readonly content: readonly TextContent[];
      /** ChatGPT offers a sign-in where a result has it. @see https://developers.openai.com/apps-sdk/build/auth */
      readonly _meta?: { readonly 'mcp/www_authenticate': readonly string[] };
    };

/** A refusal that a sign-in would end: its status, and `WWW-Authenticate` with what lets a page read it. */
export interface Challenge {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

interface TextContent {
  readonly type: 'text';
  readonly text: string;
}

const LONE_SURROGATE = /\p{Surrogate}/gu;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const textOf = (value: Members): readonly TextContent[] => [{ type: 'text', text: JSON.stringify(value) }];

/** All tools of a listing, with `search` and `fetch` first. */
export const toolsOf = (all: boolean): readonly (Tool | ConnectorTool)[] => [
  ...connectorTools,
  ...operationTools(all),
];

/** Half of a surrogate pair, which JSON can have, may stand in no address. */
const wellFormed = (given: Arguments): Arguments =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(LONE_SURROGATE, '\ufffd') : value,
    ]),
  );

const CHALLENGE_HEADERS = ['www-authenticate', 'access-control-expose-headers', 'vary'];

/** Undefined for every other answer. */
const challengeOf = ({ status, headers }: Answer): Challenge | undefined => {
  if (headers['www-authenticate'] === undefined || (status !== 401 && status !== 403)) return undefined;
  const passedOn = Object.entries(headers).filter(([name]) => CHALLENGE_HEADERS.includes(name));
  return { status, headers: Object.fromEntries(passedOn) };
};

/**
 * Answers a call of `tool`. Never rejects for what a caller sends. `onChallenge` is told of a refusal that a sign-in
 * would end: the protocol wants its status and header on the answer as a whole.
 */
export async function callTool(
  door: GptDoor,
  call: Call,
  tool: Tool | ConnectorTool,
  given: Arguments,
  onChallenge: (challenge: Challenge) => void,
): Promise<ToolResult> {
  const request = tool.request(wellFormed(given));
  if ('kind' in request) {
    const next_step = 'Correct the arguments as the message says and call the tool again.';
    return {
      isError: true,
      content: textOf({ error: 'invalid_request', message: request.message, next_step }),
    };
  }
  const { method, path, query, body } = request;
  const answer = await door.handle({
    ...call,
    method,
    path: GPT_PREFIX + path,
    query: encodeQuery(query),
    header: (name) => (name === 'content-type' ? 'application/json' : call.header(name)),
    body: body === undefined ? undefined : encoder.encode(JSON.stringify(body)),
  });
  const parsed = object(JSON.parse(decoder.decode(answer.body) || '{}'));
  if (answer.status >= 400) {
    const challenge = challengeOf(answer);
    if (!challenge) return { isError: true, content: textOf(parsed) };
    onChallenge(challenge);
    return {
      isError: true,
      content: textOf(parsed),
      _meta: { 'mcp/www_authenticate': [challenge.headers['www-authenticate'] ?? ''] },
    };
  }
  const shown = 'shape' in tool ? tool.shape(given, parsed) : parsed;
  return { content: textOf(shown), structuredContent: shown };
}

/** What a model is told once about this server. */
export const INSTRUCTIONS = text(`
Records, artists, labels, prices, and the collection and wantlist of the connected account at Discogs. Search first when you have no id.
Never invent an id, a price or a link. Next to data write "Data provided by Discogs." with the record's uri. Where an
answer has next, call the same tool again with those members. After an error do what next_step says.
An answer with as_of is of Discogs' monthly dump: source live asks Discogs now, and fields such as prices are live anyway.
Before you add, change or delete anything, say what you will do and wait for a yes.`).replaceAll('\n', ' ');
