import type { RpcHttp, RpcHttpAnswer } from './functionsCore.ts';

/** An HTTP function of the app. */
export interface HttpFunction {
  readonly name: string;
  readonly route: string;
  readonly methods: readonly string[];
  /** Resolves with nothing where the handler returned nothing; rejects where the real host would answer a blank 500. */
  invoke(http: RpcHttp): Promise<RpcHttpAnswer | undefined>;
}
