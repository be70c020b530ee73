/** Loads an app and invokes its functions the way the Azure Functions Node worker does. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installFunctionsCore, type RpcHttp, type RpcHttpAnswer } from './functionsCore.ts';

/** An HTTP function of the app. */
export interface HttpFunction {
  readonly name: string;
  readonly route: string;
  readonly methods: readonly string[];
  /** Rejects where the real host would answer a blank 500. */
  invoke(http: RpcHttp): Promise<RpcHttpAnswer | undefined>;
}

/** How to load an app. */
export interface WorkerOptions {
  /** The folder with package.json and host.json. */
  readonly directory: string;
  /** Replaces `process.env` as a whole, as the worker does when an instance is assigned to an app. */
  readonly environment: NodeJS.ProcessEnv;
  readonly log: (level: string, category: string, message: string) => void;
}

async function entryPoint(directory: string): Promise<string> {
  const { main }: { main?: unknown } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  if (typeof main !== 'string') throw new Error(`${join(directory, 'package.json')} names no "main"`);
  return pathToFileURL(join(directory, main)).href;
}

/** Loads the app's entry point and returns its HTTP functions, in the order in which the host tries them. */
export async function loadApp({
  directory,
  environment,
  log,
}: WorkerOptions): Promise<readonly HttpFunction[]> {
  const core = installFunctionsCore(log);
  process.env = { ...environment };
  process.chdir(directory);
  await import(await entryPoint(directory));
  const model = core.model();
  await model.getCapabilities({});
  const loaded = core.functions.map(({ metadata, handler }): HttpFunction => {
    const [bindingName, trigger] =
      Object.entries(metadata.bindings).find(([, { type }]) => type === 'httpTrigger') ?? [];
    if (!bindingName || !trigger) throw new Error(`${metadata.name} has no HTTP trigger`);
    return {
      name: metadata.name,
      route: trigger.route ?? metadata.name,
      methods: trigger.methods ?? [],
      invoke: async (http) => {
        const traceParent = http.headers['traceparent'];
        const invocation = model.getInvocationModel({
          invocationId: randomUUID(),
          metadata,
          request: {
            inputData: [{ name: bindingName, data: { http } }],
            ...(traceParent === undefined ? {} : { traceContext: { traceParent } }),
            triggerMetadata: {},
          },
          log,
        });
        const { context, inputs } = await invocation.getArguments();
        const result = await invocation.invokeFunction(context, inputs, handler);
        const { returnValue } = await invocation.getResponse(context, result);
        return returnValue?.http;
      },
    };
  });
  return loaded.sort((a, b) => a.name.toLowerCase().localeCompare(b.name.toLowerCase()));
}
