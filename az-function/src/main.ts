/** Entry point of the Function App. Nothing here may throw: the host would report "no functions". */
import { app, type HttpHandler } from '@azure/functions';
import { createHost } from './dependencies.ts';
import { toCall } from './http/toCall.ts';
import { toResponse } from './http/toResponse.ts';
import { callRecorder } from './telemetry/callRecorder.ts';
import { sendAtTheEnd } from './telemetry/endOfProcess.ts';
import { brokerTriggers, PRUNE_TIMER, SIGN_IN_PRUNE_TIMER, signInTriggers, triggers } from './triggers.ts';

const { gateway, doors, broker, signIn, telemetry } = createHost();
if (telemetry) sendAtTheEnd(telemetry);

/** There is no trace id: the request never reached the gateway. */
const ADAPTER_FAILED = {
  error: 'internal_error',
  message: 'The gateway failed before it read this request. Try again; its log has the cause.',
};

/** Catches everything: a handler that throws makes the host answer a blank 500. */
const handler: HttpHandler = async (request, context) => {
  const ended = telemetry?.begin();
  try {
    const record = callRecorder(telemetry, request, context);
    const call = await toCall(request, context, record);
    return await (doors(request, call) ?? gateway.handle(call).then(toResponse));
  } catch (error) {
    context.error(
      `Unexpected error in the host adapter: ${error instanceof Error ? error.message : 'unknown'}`,
    );
    return { status: 500, jsonBody: ADAPTER_FAILED, headers: { 'cache-control': 'no-store' } };
  } finally {
    ended?.();
  }
};

for (const { name, methods, route } of triggers()) {
  app.http(name, { methods, route, authLevel: 'anonymous', handler });
}

if (broker) {
  for (const { name, methods, route } of brokerTriggers()) {
    app.http(name, { methods, route, authLevel: 'anonymous', handler: broker.handle });
  }
  app.timer(PRUNE_TIMER.name, {
    schedule: PRUNE_TIMER.schedule,
    handler: (_, context) => broker.prune(context),
  });
}

if (signIn) {
  for (const { name, methods, route } of signInTriggers()) {
    app.http(name, { methods, route, authLevel: 'anonymous', handler: signIn.handle });
  }
  app.timer(SIGN_IN_PRUNE_TIMER.name, {
    schedule: SIGN_IN_PRUNE_TIMER.schedule,
    handler: (_, context) => signIn.prune(context),
  });
}

/** The first `Request` of a process costs 40 to 100 ms: paid here, while the host still starts. */
setTimeout(() => {
  new Request('http://127.0.0.1/');
  broker?.load().catch(() => {});
}, 0).unref();
