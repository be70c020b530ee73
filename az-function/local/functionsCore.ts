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
  body?: { bytes?: Uint8Array; string?: string } | null;
}

type LogLine = (level: string, category: string, message: string) => void;
type Handler = (...inputs: unknown[]) => unknown;

interface Binding {
  readonly type: string;
  readonly direction: string;
  readonly name?: string;
  readonly route?: string;
  readonly methods?: readonly string[];
}

interface Metadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Binding>>;
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
  readonly metadata: Metadata;
  readonly handler: Handler;
}

/** What an app left behind by being loaded. */
export interface FunctionsCore {
  readonly functions: RegisteredFunction[];
  model(): ProgrammingModel;
}

/**
 * Puts the stand-in where `require('@azure/functions-core')` finds it, for the rest of the process: the real worker
 * overrides the same method.
 */
export function installFunctionsCore(systemLog: LogLine): FunctionsCore {
  const functions: RegisteredFunction[] = [];
  let model: ProgrammingModel | undefined;
  const coreApi = {
    version: '3.9.1',
    hostVersion: '4.834.0.0',
    log: systemLog,
    setProgrammingModel: (given: ProgrammingModel) => {
      model = given;
    },
    registerFunction: (metadata: Metadata, handler: Handler) => {
      functions.push({ metadata, handler });
      return { dispose: () => {} };
    },
    registerHook: () => ({ dispose: () => {} }),
    Disposable: class {
      dispose(): void {}
    },
  };
  const original = Module.prototype.require;
  Module.prototype.require = Object.assign(function (this: Module, id: string): unknown {
    return id === '@azure/functions-core' ? coreApi : original.call(this, id);
  }, original);
  return {
    functions,
    model: () => {
      if (!model) throw new Error('the app registered no function: its entry point did not reach app.http');
      return model;
    },
  };
}
