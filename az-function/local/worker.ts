/** Loads an app and invokes its functions the way the Azure Functions Node worker does. */
import { randomBytes, randomUUID } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type FunctionsCore,
  installFunctionsCore,
  type LogLine,
  type RegisteredFunction,
  type RpcHttp,
  type RpcHttpAnswer,
} from './functionsCore.ts';
import type { HttpFunction } from './httpFunction.ts';
import { byName } from './routing.ts';

/** A function of the app that a timer starts. */
export interface TimerFunction {
  readonly name: string;
  /** Six fields, seconds first. */
  readonly schedule: string;
  /** Rejects where the real host would note a failed run. */
  invoke(): Promise<void>;
}

/** How to load an app. */
export interface WorkerOptions {
  /** The folder with package.json and host.json. */
  readonly directory: string;
  /** Replaces `process.env` as a whole, as the worker does when an instance is assigned to an app. */
  readonly environment: NodeJS.ProcessEnv;
  readonly log: LogLine;
  /** Told how to run what the app wants done before the worker ends. */
  readonly ending?: (terminate: () => Promise<void>) => void;
  /** Told of the functions that a timer starts. Nothing here starts them by itself. */
  readonly timers?: (timers: readonly TimerFunction[]) => void;
}

/** What a trigger hands over. */
interface Input {
  readonly name: string;
  readonly data: { readonly http: RpcHttp } | { readonly json: string };
}

const TRACE_PARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;

/** Each invocation is a span of its own: in the caller's trace, or in a new one. */
function traceParent(incoming: string | undefined): string {
  const [, traceId = randomBytes(16).toString('hex'), flags = '00'] = TRACE_PARENT.exec(incoming ?? '') ?? [];
  return `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`;
}

async function loadEntryPoint(directory: string): Promise<void> {
  const { main }: { main?: unknown } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  if (typeof main !== 'string') throw new Error('package.json names no "main"');
  const files: string[] = [];
  for await (const file of glob(main, { cwd: directory })) files.push(file);
  if (files.length === 0) throw new Error(`no file matches the "main" of package.json, ${main}`);
  for (const file of files.sort()) await import(pathToFileURL(join(directory, file)).href);
}

/** `state` tells the library whether a log line comes too late; the worker goes through the same four. */
async function invoke(
  core: FunctionsCore,
  { metadata, handler }: RegisteredFunction,
  log: LogLine,
  input: Input,
): Promise<RpcHttpAnswer | undefined> {
  const parent = 'http' in input.data ? input.data.http.headers['traceparent'] : undefined;
  const coreContext = {
    invocationId: randomUUID(),
    metadata,
    request: {
      inputData: [input],
      traceContext: { traceParent: traceParent(parent) },
      triggerMetadata: {},
    },
    log,
    state: 'preInvocationHooks' as string | undefined,
  };
  const invocation = core.model().getInvocationModel(coreContext);
  const { context, inputs } = await invocation.getArguments();
  const shared = { hookData: {}, appHookData: {}, invocationContext: context };
  const before = { ...shared, functionCallback: handler, inputs };
  await core.runHooks('preInvocation', before);
  const after: { result: unknown; error: unknown } = { result: null, error: null };
  coreContext.state = 'invocation';
  try {
    after.result = await invocation.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error;
  }
  coreContext.state = 'postInvocationHooks';
  const afterHooks = { ...shared, inputs: before.inputs, ...after };
  await core.runHooks('postInvocation', afterHooks);
  coreContext.state = undefined;
  if (afterHooks.error !== null) throw afterHooks.error;
  const { returnValue } = await invocation.getResponse(context, afterHooks.result);
  return returnValue?.http;
}

/** The function as the host starts it; undefined for a trigger of another type. */
function triggerOf({ metadata }: RegisteredFunction, type: string) {
  const [binding, trigger] =
    Object.entries(metadata.bindings).find(([, { type: own }]) => own === type) ?? [];
  return binding && trigger ? { binding, trigger } : undefined;
}

/**
 * What the host puts before each route: `api`, unless host.json says otherwise.
 * @see https://learn.microsoft.com/azure/azure-functions/functions-host-json#http
 */
async function routePrefixOf(directory: string): Promise<string> {
  const text = await readFile(join(directory, 'host.json'), 'utf8').catch(() => '{}');
  const { extensions }: { extensions?: { http?: { routePrefix?: unknown } } } = JSON.parse(text);
  const prefix = extensions?.http?.routePrefix;
  return typeof prefix === 'string' ? prefix : 'api';
}

function toHttpFunction(
  core: FunctionsCore,
  registered: RegisteredFunction,
  log: LogLine,
  prefix: string,
): HttpFunction[] {
  const { name } = registered.metadata;
  const found = triggerOf(registered, 'httpTrigger');
  if (!found) return [];
  const { binding, trigger } = found;
  return [
    {
      name,
      route: [prefix, trigger.route ?? name].filter((part) => part !== '').join('/'),
      methods: trigger.methods ?? [],
      invoke: (http) => invoke(core, registered, log, { name: binding, data: { http } }),
    },
  ];
}

function toTimerFunction(core: FunctionsCore, registered: RegisteredFunction, log: LogLine): TimerFunction[] {
  const found = triggerOf(registered, 'timerTrigger');
  if (!found) return [];
  const { binding, trigger } = found;
  return [
    {
      name: registered.metadata.name,
      schedule: trigger.schedule ?? '',
      async invoke() {
        const json = JSON.stringify({ schedule: { adjustForDST: true }, isPastDue: false });
        await invoke(core, registered, log, { name: binding, data: { json } });
      },
    },
  ];
}

/**
 * Loads the app's entry point and returns its HTTP functions, in the order in which the host tries them.
 *
 * An entry point that throws after it has registered a function fails the load. One that throws before has, to the
 * host, no functions at all: that is an empty list, and the error is only on stderr.
 */
export async function loadApp(options: WorkerOptions): Promise<readonly HttpFunction[]> {
  const { directory, environment, log, ending } = options;
  const core = installFunctionsCore(log);
  process.env = { ...environment };
  process.chdir(directory);
  try {
    await loadEntryPoint(directory);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const message = `Worker was unable to load the entry point: ${detail}`;
    console.error(error instanceof Error ? error.stack : error);
    log('error', 'system', message);
    if (core.functions.size > 0) throw new Error(message, { cause: error });
  }
  await core.runHooks('appStart', { functionAppDirectory: directory, hookData: {}, appHookData: {} });
  core.endStartup();
  ending?.(() => core.runHooks('appTerminate', { hookData: {}, appHookData: {} }));
  if (core.functions.size === 0) return [];
  await core.model().getCapabilities({});
  const registered = [...core.functions.values()];
  options.timers?.(registered.flatMap((one) => toTimerFunction(core, one, log)));
  const prefix = await routePrefixOf(directory);
  return registered.flatMap((one) => toHttpFunction(core, one, log, prefix)).sort(byName);
}
