/**
 * A stand-in for `@azure/functions-core`, the module that only the real worker can supply. It takes what the library
 * registers and calls it back through the library's own conversions, as the worker does.
 */
import Module from 'node:module';

/** The HTTP part of the worker's messages. Repeated headers and query names arrive joined. */
export interface RpcHttp {
  method: string;
  url: string;
  headers: Record<string, string>;
  query: Record<string, string>;
  params: Record<string, string>;
  body?: { bytes: Uint8Array };
}

/** What the library makes of a handler's answer. */
export interface RpcHttpAnswer {
  statusCode?: string;
  headers?: Record<string, string>;
  body?: { bytes?: Uint8Array } | null;
}

/** Takes a line of the app (`user`) or of library and worker (`system`). */
export type LogLine = (level: string, category: string, message: string) => void;

/** What runs for an invocation: the app's own function. */
export type Handler = (...inputs: unknown[]) => unknown;

interface Binding {
  readonly type: string;
  readonly direction: string;
  readonly name?: string;
  readonly route?: string;
  readonly methods?: readonly string[];
  readonly schedule?: string;
}

interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], handler: Handler): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<{ returnValue?: { http?: RpcHttpAnswer } | null }>;
}

interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: unknown): InvocationModel;
  getCapabilities(capabilities: object): Promise<object>;
}

/** A function as the app registered it. */
export interface RegisteredFunction {
  readonly metadata: { readonly name: string; readonly bindings: Readonly<Record<string, Binding>> };
  readonly handler: Handler;
}

const HOOKS = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;
type HookName = (typeof HOOKS)[number];
type Hook = (context: object) => unknown;

/** What an app left behind by being loaded. */
export interface FunctionsCore {
  readonly functions: ReadonlyMap<string, RegisteredFunction>;
  /** Runs the app's hooks one after the other. Nothing here runs those of `log`. */
  runHooks(
    name: 'appStart' | 'appTerminate' | 'preInvocation' | 'postInvocation',
    context: object,
  ): Promise<void>;
  /** From here on nothing can be registered. */
  endStartup(): void;
  model(): ProgrammingModel;
}

class Disposable {
  readonly dispose: () => void;
  constructor(dispose: () => void) {
    this.dispose = dispose;
  }
}

const isHookName = (name: string): name is HookName => HOOKS.some((known) => known === name);

/**
 * Puts the stand-in where `require('@azure/functions-core')` finds it, for the rest of the process: the real worker
 * overrides the same method.
 */
export function installFunctionsCore(systemLog: LogLine): FunctionsCore {
  const functions = new Map<string, RegisteredFunction>();
  const hooks = new Map<HookName, Set<Hook>>(HOOKS.map((name) => [name, new Set()]));
  let model: ProgrammingModel | undefined;
  let starting = true;
  const coreApi = {
    version: '3.9.1',
    hostVersion: '4.834.0.0',
    log: systemLog,
    getProgrammingModel: () => model,
    setProgrammingModel: (given: ProgrammingModel) => {
      model = given;
    },
    registerFunction: (metadata: RegisteredFunction['metadata'], handler: Handler) => {
      const { name } = metadata;
      if (!starting) throw new Error('A function can only be registered during app startup.');
      if (functions.has(name)) throw new Error(`A function with id "${name}" has already been registered.`);
      functions.set(name, { metadata, handler });
      return new Disposable(() => functions.delete(name));
    },
    registerHook: (name: string, hook: Hook) => {
      if (!isHookName(name)) throw new RangeError(`Unrecognized hook "${name}"`);
      hooks.get(name)?.add(hook);
      return new Disposable(() => hooks.get(name)?.delete(hook));
    },
    Disposable,
  };
  const original = Module.prototype.require;
  Module.prototype.require = Object.assign(function (this: Module, id: string): unknown {
    return id === '@azure/functions-core' ? coreApi : original.call(this, id);
  }, original);
  return {
    functions,
    runHooks: async (name, context) => {
      for (const hook of hooks.get(name) ?? []) await hook(context);
    },
    endStartup: () => {
      starting = false;
    },
    model: () => {
      if (!model) throw new Error('the app has no programming model: it never called @azure/functions');
      return model;
    },
  };
}
